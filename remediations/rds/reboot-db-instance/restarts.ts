import type { EpochMillis } from '../../../signals/signal';
import type { Calls } from '../../../vitals/aws';
import { readDbCluster } from '../../../vitals/rds/db-cluster';
import type { DbInstance } from '../../../vitals/rds/db-instance';
import { readRestarts } from '../../../vitals/rds/db-restarts';
import { readFailovers, restMinutes } from '../../../vitals/rds/failovers';
import type { Plan } from '../reboot-db-instance';

type Reads = Calls<'rds:DescribeDBClusters' | 'rds:DescribeDBInstances' | 'rds:DescribeEvents'>;

/** When it last restarted before the plan, or when it fell sick: the same for each plan that is made of one sickness. */
export async function lastRestart(id: string, since: EpochMillis, aws: Reads): Promise<EpochMillis> {
  return (await readRestarts(id, since - restMinutes * 60_000, aws)).at(-1)?.at ?? since;
}

/** Says so when it restarted lately, and not in a failover: this follows one that did not help. */
export async function restlessness({ id, cluster }: DbInstance, aws: Reads): Promise<string | undefined> {
  const last = (await readRestarts(id, aws.now() - restMinutes * 60_000, aws)).at(-1);
  if (!last) return undefined;
  const failovers = await readFailovers(cluster ?? id, cluster ? 'db-cluster' : 'db-instance', aws);
  if (failovers.messages.length > 0) return undefined;
  return `${id} restarted in the last ${restMinutes} minutes, and did not get well by it: ${last.message}`;
}

/** What has changed since the plan; undefined when nothing has. */
export async function change({ instance, cluster, at }: Plan, aws: Reads): Promise<string | undefined> {
  if ((await readRestarts(instance, at, aws)).length > 0) return `${instance} has restarted since the plan`;
  if (!cluster) return undefined;
  const reading = await readDbCluster(cluster, aws);
  const writes =
    reading.kind === 'found' && reading.cluster.members.some(({ id, writer }) => writer && id === instance);
  return writes ? undefined : `${instance} does not write in ${cluster} any more`;
}
