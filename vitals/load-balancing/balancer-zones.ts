import type { Calls } from '../aws';
import { everyItem } from '../pages';
import { isDraining, readTargets, targetReads, type RegisteredTarget } from './target-group';
import { readZonesOf, targetPlaceReads } from './target-zones';

/** How one zone of a load balancer fares. */
export interface ZoneStanding {
  /** Name of the zone. */
  readonly zone: string;
  /** Targets in it, of all target groups. */
  readonly targets: number;
  readonly healthy: number;
  /** Part of its requests that targets answered with errors, from 0 to 1; 0 where none are counted, as of a Network Load Balancer. */
  readonly errors: number;
  /** ARNs of the target groups that have a healthy target in it. */
  readonly serving: readonly string[];
}

/** A target, and the ARN of the group that it is in: a request goes to the targets of one group alone. */
interface BalancerTarget extends RegisteredTarget {
  readonly group: string;
}

/** The actions of `readBalancerZones`. */
export const balancerZoneReads = [
  ...targetReads,
  ...targetPlaceReads,
  'elasticloadbalancing:DescribeTargetGroups',
  'cloudwatch:GetMetricData',
] as const;
type Reads = Calls<(typeof balancerZoneReads)[number]>;

/** Errors and requests are counted over so many minutes before the last two, whose values still come in. */
const minutes = { counted: 5, settling: 2 } as const;

/** Every target that gets traffic of the load balancer or should, of all its target groups: none that drains. */
export async function readBalancerTargets(arn: string, aws: Reads): Promise<readonly BalancerTarget[]> {
  const found = await everyItem(
    async ({ NextToken }) => {
      const page = await aws.elasticloadbalancing.describeTargetGroups({
        LoadBalancerArn: arn,
        ...(NextToken !== undefined && { Marker: NextToken }),
      });
      return { groups: page.TargetGroups, NextToken: page.NextMarker };
    },
    ({ groups }) => groups,
  );
  const targets: BalancerTarget[] = [];
  for (const { TargetGroupArn: group = '' } of found) {
    const read = await readTargets(group, aws);
    if (read.kind === 'targets') targets.push(...read.targets.filter(isUsed).map((target) => ({ ...target, group })));
  }
  return targets;
}

function isUsed(target: RegisteredTarget): boolean {
  return !isDraining(target) && target.reason !== 'Target.NotInUse';
}

/** How each zone with targets fares, by the health of these and by the errors that they give. Throws what cannot be read. */
export async function readBalancerZones(
  arn: string,
  targets: readonly BalancerTarget[],
  aws: Reads,
): Promise<readonly ZoneStanding[]> {
  const zoneOf = await readZonesOf(targets, aws);
  const unread = targets.find(({ state }) => state === 'unavailable' || state === 'unknown');
  if (unread) throw new Error(`the load balancer does not say how ${unread.id} is`);
  const zones = [...new Set(targets.map(zoneOf))].sort();
  const errors = await readErrors(arn, zones, aws);
  return zones.map((zone) => {
    const here = targets.filter((target) => zoneOf(target) === zone);
    const healthy = here.filter(({ state }) => state === 'healthy');
    const serving = [...new Set(healthy.map(({ group }) => group))];
    return { zone, targets: here.length, healthy: healthy.length, errors: errors.get(zone) ?? 0, serving };
  });
}

/** Part of the requests of each zone that ended in an error of its targets. */
async function readErrors(arn: string, zones: readonly string[], aws: Reads): Promise<ReadonlyMap<string, number>> {
  // A Network Load Balancer sees no requests, and so no errors.
  if (zones.length === 0 || !arn.includes(':loadbalancer/app/')) return new Map();
  const end = Math.floor(aws.now() / 60_000) * 60_000 - minutes.settling * 60_000;
  const LoadBalancer = arn.slice(arn.indexOf(':loadbalancer/') + ':loadbalancer/'.length);
  const query = (id: string, MetricName: string, zone: string) => ({
    Id: id,
    MetricStat: {
      Metric: {
        Namespace: 'AWS/ApplicationELB',
        MetricName,
        Dimensions: [
          { Name: 'AvailabilityZone', Value: zone },
          { Name: 'LoadBalancer', Value: LoadBalancer },
        ],
      },
      Period: 60,
      Stat: 'Sum',
    },
  });
  const results = await everyItem(
    (token) =>
      aws.cloudwatch.getMetricData({
        StartTime: new Date(end - minutes.counted * 60_000),
        EndTime: new Date(end),
        MetricDataQueries: zones.flatMap((zone, place) => [
          query(`errors${place}`, 'HTTPCode_Target_5XX_Count', zone),
          query(`requests${place}`, 'RequestCount', zone),
        ]),
        ...token,
      }),
    ({ MetricDataResults }) => MetricDataResults,
  );
  const sumOf = (id: string): number =>
    results.filter(({ Id }) => Id === id).reduce((sum, { Values = [] }) => sum + Values.reduce((a, b) => a + b, 0), 0);
  return new Map(
    zones.map((zone, place) => {
      const requests = sumOf(`requests${place}`);
      // Errors are only told where there are any; without requests there is nothing that could fail.
      return [zone, requests === 0 ? 0 : Math.min(1, sumOf(`errors${place}`) / requests)] as const;
    }),
  );
}

/** Part of a zone's work that fails, from 0 to 1: targets that are not healthy, or requests that end in errors. */
export function failingPart({ targets, healthy, errors }: ZoneStanding): number {
  return Math.max(errors, targets === 0 ? 0 : 1 - healthy / targets);
}

/** A zone is no outlier for less than this part of failures, nor unless it fails so many times as much as any other. */
const outlier = { atLeast: 0.05, timesOthers: 3 } as const;

/** The one zone that is much worse than every other; undefined where there is none, or only one zone. */
export function worstZone(zones: readonly ZoneStanding[]): ZoneStanding | undefined {
  const [worst, next] = zones.toSorted((a, b) => failingPart(b) - failingPart(a));
  if (!worst || !next || failingPart(worst) < outlier.atLeast) return undefined;
  return failingPart(worst) >= outlier.timesOthers * failingPart(next) ? worst : undefined;
}

/** `eu-central-1a: 2 of 4 targets healthy, 40 % errors`, for people. */
export function standingText({ zone, targets, healthy, errors }: ZoneStanding): string {
  return `${zone}: ${healthy} of ${targets} targets healthy, ${Math.round(errors * 100)} % errors`;
}
