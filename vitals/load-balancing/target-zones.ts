import type { Calls } from '../aws';
import { isInstanceId } from '../ec2/instance';
import { everyItem } from '../pages';
import { targetText, type RegisteredTarget } from './target-group';

/** The action of `readZonesOf`. */
export const targetPlaceReads = ['ec2:DescribeInstances'] as const;

/** The actions of `readCrossZone` and `readZonesOf`. */
export const targetZoneReads = [
  'elasticloadbalancing:DescribeTargetGroupAttributes',
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeLoadBalancerAttributes',
  ...targetPlaceReads,
] as const;
type Reads = Calls<(typeof targetZoneReads)[number]>;

const crossZone = 'load_balancing.cross_zone.enabled';

/** Whether a zone's traffic may go to targets of other zones. Off, a zone without a healthy target serves nobody. */
export async function readCrossZone(arn: string, aws: Reads): Promise<'on' | 'off'> {
  const answer = await aws.elasticloadbalancing.describeTargetGroupAttributes({ TargetGroupArn: arn });
  const own = (answer.Attributes ?? []).find(({ Key }) => Key === crossZone)?.Value;
  return own === undefined || own === 'use_load_balancer_configuration'
    ? crossZoneOfBalancers(arn, aws)
    : said(own, arn);
}

async function crossZoneOfBalancers(arn: string, aws: Reads): Promise<'on' | 'off'> {
  const groups = await aws.elasticloadbalancing.describeTargetGroups({ TargetGroupArns: [arn] });
  const balancers = groups.TargetGroups?.[0]?.LoadBalancerArns ?? [];
  for (const balancer of balancers) {
    // On every Application Load Balancer it is on, and cannot be turned off.
    if (balancer.includes(':loadbalancer/app/')) continue;
    const answer = await aws.elasticloadbalancing.describeLoadBalancerAttributes({ LoadBalancerArn: balancer });
    const value = (answer.Attributes ?? []).find(({ Key }) => Key === crossZone)?.Value;
    if (said(value, balancer) === 'off') return 'off';
  }
  return 'on';
}

function said(value: string | undefined, arn: string): 'on' | 'off' {
  if (value === 'true') return 'on';
  if (value === 'false') return 'off';
  throw new Error(`the load balancer did not answer whether cross-zone load balancing is on for ${arn}`);
}

/** The zone of each target: of an instance its own, of an address the one given at registration. Throws where unknown. */
export async function readZonesOf(
  targets: readonly RegisteredTarget[],
  aws: Calls<(typeof targetPlaceReads)[number]>,
): Promise<(target: RegisteredTarget) => string> {
  const ids = [...new Set(targets.map(({ id }) => id).filter(isInstanceId))];
  const reservations =
    ids.length === 0
      ? []
      : await everyItem(
          (token) => aws.ec2.describeInstances({ InstanceIds: ids, ...token }),
          (page) => page.Reservations,
        );
  const zones = new Map(
    reservations
      .flatMap(({ Instances }) => Instances ?? [])
      .map(({ InstanceId, Placement }) => [InstanceId, Placement?.AvailabilityZone]),
  );
  return (target) => {
    const zone = target.zone ?? zones.get(target.id);
    if (zone === undefined) throw new Error(`the zone of ${targetText(target)} could not be read`);
    return zone;
  };
}
