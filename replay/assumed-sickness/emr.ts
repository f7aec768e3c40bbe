import { stepOf, workersOf, type Group } from '../../simulator/elasticmapreduce/cluster';
import type { SimulatedAccount } from '../../simulator/world';
import type { RecordedAlarm } from '../recorded-alarm';
import { tags, type AssumedSickness, type Sick } from './sickness';

/** Share of what there is that is in use while a cluster is at ease, and once that is too much. */
const use = { easy: 0.4, hard: 0.95 };

const groups = [
  { id: 'ig-1MASTER', role: 'MASTER' as const, nodes: 1 },
  { id: 'ig-2CORE', role: 'CORE' as const, nodes: 4 },
  { id: 'ig-3TASK', role: 'TASK' as const, nodes: 4 },
];

/** A cluster of uniform groups that nobody scales. What was described as sick already is left so. */
export function ofEmrCluster(
  { services: { elasticmapreduce } }: SimulatedAccount,
  { resource: { id }, condition }: Sick,
  alarm: RecordedAlarm | undefined,
): AssumedSickness {
  const found = () => elasticmapreduce.find(id);
  const nodes = (role: Group['role']): Group | undefined => found()?.groups.find((group) => group.role === role);
  const burden = (share: number): void => {
    const cluster = found();
    if (!cluster) return;
    const core = nodes('CORE')?.running ?? 0;
    if (condition === 'emr-cluster-overloaded') elasticmapreduce.befall({ id, load: share * workersOf(cluster) });
    if (condition === 'emr-storage-low') elasticmapreduce.befall({ id, data: share * core });
  };
  const sickens: Readonly<Record<string, () => void>> = {
    'emr-cluster-overloaded': () => {
      const cluster = found();
      if (cluster && cluster.load < 0.8 * workersOf(cluster)) burden(use.hard);
    },
    'emr-storage-low': () => {
      if ((found()?.data ?? 0) < 0.8 * (nodes('CORE')?.running ?? 0)) burden(use.hard);
    },
    'emr-nodes-lost': () => {
      if (found()?.groups.some(({ unhealthy, running, requested }) => unhealthy > 0 || running < requested)) return;
      const isUnhealthy = alarm?.measures?.metric.name === 'MRUnhealthyNodes';
      const group = nodes(isUnhealthy ? 'CORE' : 'TASK') ?? nodes('CORE');
      if (!group) return;
      const { id: of } = group;
      elasticmapreduce.befall(isUnhealthy ? { id, unhealthy: of, nodes: 1 } : { id, lose: of, nodes: 1 });
    },
    'emr-group-stuck': () => {
      const group = nodes('TASK');
      // Without a word: the event that tells of it was recorded.
      if (group && !found()?.groups.some(({ state }) => state === 'ARRESTED')) group.state = 'ARRESTED';
    },
  };
  return {
    ensure: () => {
      if (found()) return undefined;
      elasticmapreduce.add({ id, groups, load: use.easy * 8, data: use.easy * 4, tags });
      return `cluster ${id} has 4 core nodes and 4 task nodes, that nobody scales, and is protected from termination`;
    },
    sicken: () => sickens[condition]?.(),
    recover: () => {
      burden(use.easy);
      for (const group of found()?.groups ?? []) Object.assign(group, { unhealthy: 0, running: group.requested });
    },
  };
}

/** A step that has failed, of a cluster all of whose steps may run twice. */
export function ofEmrStep(
  { services: { elasticmapreduce } }: SimulatedAccount,
  { resource: { id }, detail }: Sick,
): AssumedSickness {
  const [cluster = '', step = ''] = id.split('/');
  const [, name = step] = /^(.+) of j-/.exec(detail) ?? [];
  return {
    ensure: () => {
      if (elasticmapreduce.find(cluster)) return undefined;
      elasticmapreduce.add({ id: cluster, tags: { ...tags, 'homeostat:idempotent-steps': 'yes' } });
      return `cluster ${cluster} takes work, and all of its steps may run twice`;
    },
    sicken: () => {
      const steps = elasticmapreduce.find(cluster)?.steps;
      const known = steps?.find((one) => one.id === step);
      if (known) known.state = 'FAILED';
      else steps?.push(stepOf(step, { name, jar: 'command-runner.jar', args: [name], role: undefined }));
    },
    recover: () => undefined,
  };
}
