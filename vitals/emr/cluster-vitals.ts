import type { Calls } from '../aws';
import { defineVitals, type Health } from '../vitals';
import { emrClusterReads, hasEnded, readEmrCluster, takesWork, type EmrCluster } from './cluster';
import { groupName, isShort, isStuck, nodeGroupReads, readNodeGroups, workOnEmrCluster } from './node-group';

const reads = [...emrClusterReads, ...nodeGroupReads] as const;

async function healthOf(cluster: EmrCluster, condition: string, aws: Calls<(typeof reads)[number]>): Promise<Health> {
  const { id, state } = cluster;
  if (hasEnded(cluster)) return { kind: 'gone', detail: `the cluster ${id} is ${state}` };
  if (!takesWork(cluster)) return { kind: 'unknown', detail: `the cluster ${id} is ${state}` };
  const groups = await readNodeGroups(cluster, aws);
  const isSick = condition === 'emr-group-stuck' ? isStuck : condition === 'emr-nodes-lost' ? isShort : () => false;
  const sick = groups.find((group) => isSick(group));
  if (!sick) return { kind: 'healthy', detail: `the cluster ${id} is ${state}` };
  const nodes = `${sick.running} of ${sick.requested} nodes`;
  return { kind: 'unhealthy', detail: `${groupName(sick)} of ${id} is ${sick.state} with ${nodes}` };
}

/** An EMR cluster is well when it takes work and its groups have their nodes. What YARN and HDFS think, only metrics tell. */
export const emrClusterVitals = defineVitals({
  kind: 'emr-cluster',
  reads,
  sees: ['emr-group-stuck'],
  async health({ id }, condition, aws) {
    const found = await readEmrCluster(id, aws);
    if (found.kind === 'absent') return { kind: 'gone', detail: `the cluster ${id} no longer exists` };
    return healthOf(found, condition, aws);
  },
  async tags({ id }, aws) {
    const found = await readEmrCluster(id, aws);
    return found.kind === 'absent' ? {} : found.tags;
  },
  async place({ id }, aws) {
    const found = await readEmrCluster(id, aws);
    return found.kind === 'absent' || found.zone === undefined ? { groups: [] } : { zone: found.zone, groups: [] };
  },
  async busy({ id }, aws) {
    const found = await readEmrCluster(id, aws);
    return found.kind === 'absent' ? undefined : workOnEmrCluster(found, await readNodeGroups(found, aws));
  },
});
