import type { Calls } from '../../../vitals/aws';
import { readDbCluster, type DbCluster } from '../../../vitals/rds/db-cluster';
import { workOnDatabase } from '../../../vitals/rds/db-instance';
import { readGlobalDatabase, type GlobalDatabase } from '../../../vitals/rds/global-database';
import { cannotPlan } from '../../unread';

type Reads = Calls<'rds:DescribeDBClusters' | 'rds:DescribeDBInstances' | 'rds:DescribeGlobalClusters'>;

/** A cluster of a global database that another one writes for. */
export interface Secondary {
  readonly cluster: DbCluster;
  readonly global: GlobalDatabase;
  /** ARN of the cluster that writes. */
  readonly from: string;
}

type Found =
  | ({ readonly kind: 'found' } & Secondary)
  | { readonly kind: 'busy' | 'refused' | 'notNeeded'; readonly reason: string };

/** The secondary that is to take over; or why none can. */
export async function secondaryOf(id: string, aws: Reads): Promise<Found> {
  const reading = await readDbCluster(id, aws);
  if (reading.kind !== 'found') return cannotPlan(reading, id);
  const { cluster } = reading;
  if (!cluster.globalCluster) return { kind: 'refused', reason: `${id} is part of no global database` };
  const global = await readGlobalDatabase(cluster.globalCluster, aws);
  const { primary: from } = global;
  if (from === cluster.arn) return { kind: 'notNeeded', reason: `${id} is the primary of ${global.name} already` };
  const work = global.movement ?? workOnDatabase({ id: global.name, status: global.status }) ?? workOnDatabase(cluster);
  if (work) return { kind: 'busy', reason: work };
  const objection = objectionTo(cluster, global);
  if (objection || !from) return { kind: 'refused', reason: objection ?? `RDS shows no primary of ${global.name}` };
  return { kind: 'found', cluster, global, from };
}

function objectionTo({ id, status, members }: DbCluster, global: GlobalDatabase): string | undefined {
  if (global.status !== 'available') return `the global database ${global.name} is ${global.status}`;
  if (status !== 'available') return `${id} is ${status}, not available`;
  return members.some((member) => member.status === 'available')
    ? undefined
    : `${id} has no member that is available and could write: add one first`;
}
