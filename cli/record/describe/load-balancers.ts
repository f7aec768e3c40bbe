import type { LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import { everyItem } from '../../../vitals/pages';
import { isNotFound } from '../../aws-fault';
import { type Describer, type Describing, eachOf, type Entry, item, missing, type Named, pairs } from './describer';

/** Load balancers of the present generation; they lead to their target groups. */
export const loadBalancers: Describer = {
  atOnce: 20,
  describe: async (ids, describing) => {
    const described = (
      await eachOf(ids, async (arn) => {
        const balancer = await find(arn, describing);
        return balancer ? [await describe(arn, balancer, describing)] : [];
      })
    ).flat();
    const entries = described.map(({ entry }) => entry);
    return { entries: [...entries, ...missing(ids, entries)], leads: described.flatMap(({ leads }) => leads) };
  },
};

/** One by one: one that is gone is an error for all. */
async function find(arn: string, { aws }: Describing): Promise<LoadBalancer | undefined> {
  try {
    const { LoadBalancers = [] } = await aws.elasticloadbalancing.describeLoadBalancers({ LoadBalancerArns: [arn] });
    return LoadBalancers[0];
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function describe(
  arn: string,
  { AvailabilityZones = [] }: LoadBalancer,
  { aws: { elasticloadbalancing: elb }, redaction }: Describing,
): Promise<{ readonly entry: Entry; readonly leads: readonly Named[] }> {
  const { Attributes = [] } = await elb.describeLoadBalancerAttributes({ LoadBalancerArn: arn });
  const { TagDescriptions = [] } = await elb.describeTags({ ResourceArns: [arn] });
  const targetGroups = await everyItem(
    async ({ NextToken: Marker }) => {
      const { TargetGroups, NextMarker } = await elb.describeTargetGroups({ LoadBalancerArn: arn, Marker });
      return { TargetGroups, NextToken: NextMarker };
    },
    ({ TargetGroups }) => TargetGroups,
  );
  const isOn = (key: string): boolean | undefined => {
    const value = Attributes.find(({ Key }) => Key === key)?.Value;
    return value === undefined ? undefined : value === 'true';
  };
  return {
    entry: {
      of: arn,
      item: item({
        arn: redaction.name(arn),
        zonalShift: isOn('zonal_shift.config.enabled'),
        crossZone: isOn('load_balancing.cross_zone.enabled'),
        zones: AvailabilityZones.flatMap(({ ZoneName }) => ZoneName ?? []),
        tags: redaction.tags(pairs(TagDescriptions[0]?.Tags)),
      }),
    },
    leads: targetGroups.flatMap(({ TargetGroupArn: id }) => (id ? [{ kind: 'targetGroups', id }] : [])),
  };
}
