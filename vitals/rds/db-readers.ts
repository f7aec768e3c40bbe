import type { Calls } from '../aws';
import type { DbCluster } from './db-cluster';

/** Bounds within which Application Auto Scaling keeps the number of readers of an Aurora cluster. */
export interface ReaderScaling {
  readonly min: number;
  readonly max: number;
}

/** Whether auto scaling owns the readers of a cluster, and within which bounds; undefined when it does not. */
export async function readReaderScaling(
  cluster: string,
  aws: Calls<'application-autoscaling:DescribeScalableTargets'>,
): Promise<ReaderScaling | undefined> {
  const { ScalableTargets = [] } = await aws['application-autoscaling'].describeScalableTargets({
    ServiceNamespace: 'rds',
    ResourceIds: [`cluster:${cluster}`],
    ScalableDimension: 'rds:cluster:ReadReplicaCount',
  });
  const [target] = ScalableTargets;
  return target && { min: target.MinCapacity ?? 0, max: target.MaxCapacity ?? 0 };
}

/** The zone with the fewest members, the first by name of these. */
export function emptiestZone({ zones, members }: DbCluster, avoid: readonly string[]): string | undefined {
  const held = (zone: string): number => members.filter((member) => member.zone === zone).length;
  const [emptiest] = zones
    .filter((zone) => !avoid.includes(zone))
    .toSorted((a, b) => held(a) - held(b) || (a < b ? -1 : 1));
  return emptiest;
}
