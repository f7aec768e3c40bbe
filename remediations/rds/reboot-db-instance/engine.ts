import type { Resource } from '../../../signals/signal';
import type { Calls } from '../../../vitals/aws';
import { readDbCluster } from '../../../vitals/rds/db-cluster';
import { readDbInstance, serves, type DbInstance } from '../../../vitals/rds/db-instance';
import type { Group } from '../../remediation';
import { cannotPlan } from '../../unread';

type Reads = Calls<'rds:DescribeDBClusters' | 'rds:DescribeDBInstances'>;

/** The instance whose engine restarts, and who serves meanwhile. */
interface Engine {
  readonly instance: DbInstance;
  readonly group: Group | 'alone';
}

/** The engine of a sick database, or of the writer of a sick cluster; or why there is none to restart. */
export function engineOf(resource: Resource, aws: Reads): Promise<Engine | { readonly reason: string }> {
  return resource.kind === 'db-cluster' ? writerOf(resource, aws) : instanceItself(resource, aws);
}

async function instanceItself({ id }: Resource, aws: Reads): Promise<Engine | { readonly reason: string }> {
  const reading = await readDbInstance(id, aws);
  if (reading.kind !== 'found') return cannotPlan(reading, id);
  const { instance } = reading;
  if (instance.cluster) return { reason: `${id} is a member of the cluster ${instance.cluster}, whose writer counts` };
  // Its standby, if it has one, does not serve while it restarts.
  return { instance, group: 'alone' };
}

async function writerOf(resource: Resource, aws: Reads): Promise<Engine | { readonly reason: string }> {
  const reading = await readDbCluster(resource.id, aws);
  if (reading.kind !== 'found') return cannotPlan(reading, resource.id);
  const { id, engine, members } = reading.cluster;
  if (!engine.startsWith('aurora')) return { reason: `${id} is a Multi-AZ cluster, of which RDS restarts all members` };
  const [writer, ...more] = members.filter((member) => member.writer);
  if (!writer || more.length > 0) return { reason: `RDS does not show exactly one writer in ${id}` };
  const healthyOthers = members.filter((each) => each !== writer && serves(each.status)).length;
  const group = { resource: { ...resource, id }, size: members.length, healthyOthers };
  return { instance: writer, group };
}
