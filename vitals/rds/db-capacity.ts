import type { DBCluster } from '@aws-sdk/client-rds';
import type { Calls } from '../aws';
import type { DbCluster } from './db-cluster';
import { latestByInstance } from './db-metric';

/** The range in which Aurora Serverless v2 scales each member that is of it, in Aurora capacity units (ACU). */
export interface DbCapacity {
  readonly least: number;
  readonly most: number;
  /** Seconds without work after which a member pauses; RDS tells them only where `least` is 0. */
  readonly pauseAfter: number | undefined;
}

/** What the record of a cluster says of its range; undefined where it says none. */
export function dbCapacity({ ServerlessV2ScalingConfiguration: range }: DBCluster): DbCapacity | undefined {
  const { MinCapacity: least, MaxCapacity: most, SecondsUntilAutoPause: pauseAfter } = range ?? {};
  return least === undefined || most === undefined ? undefined : { least, most, pauseAfter };
}

/** The most units that one Serverless v2 member has now; undefined when there is none, or CloudWatch knows of none. */
export async function capacityUsed(
  { members }: DbCluster,
  aws: Calls<'cloudwatch:GetMetricData'>,
): Promise<number | undefined> {
  const serverless = members.filter(({ instanceClass }) => instanceClass === 'db.serverless').map(({ id }) => id);
  const used = [...(await latestByInstance('ServerlessDatabaseCapacity', serverless, aws)).values()];
  return used.length > 0 ? Math.max(...used) : undefined;
}
