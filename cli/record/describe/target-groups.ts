import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import { isNotFound } from '../../aws-fault';
import { type Describer, type Describing, eachOf, type Entry, item, missing, type Named, pairs } from './describer';

/** Target groups with their targets, which they lead to. */
export const targetGroups: Describer = {
  atOnce: 20,
  describe: async (ids, describing) => {
    const described = await eachOf(ids, async (arn) => {
      const group = await find(arn, describing);
      return group ? [await describe(arn, group, describing)] : [];
    });
    const entries = described.flat().map(({ entry }) => entry);
    return { entries: [...entries, ...missing(ids, entries)], leads: described.flat().flatMap(({ leads }) => leads) };
  },
};

/** One by one: one that is gone is an error for all. */
async function find(arn: string, { aws }: Describing): Promise<TargetGroup | undefined> {
  try {
    const { TargetGroups = [] } = await aws.elasticloadbalancing.describeTargetGroups({ TargetGroupArns: [arn] });
    return TargetGroups[0];
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function describe(
  arn: string,
  group: TargetGroup,
  { aws: { elasticloadbalancing: elb }, redaction }: Describing,
): Promise<{ readonly entry: Entry; readonly leads: readonly Named[] }> {
  const { TargetHealthDescriptions = [] } = await elb.describeTargetHealth({ TargetGroupArn: arn });
  const { Attributes = [] } = await elb.describeTargetGroupAttributes({ TargetGroupArn: arn });
  const { TagDescriptions = [] } = await elb.describeTags({ ResourceArns: [arn] });
  const attribute = (key: string): string | undefined => Attributes.find(({ Key }) => Key === key)?.Value;
  const delay = attribute('deregistration_delay.timeout_seconds');
  const targets = TargetHealthDescriptions.flatMap(({ Target, TargetHealth }) =>
    Target?.Id === undefined || TargetHealth?.State === 'draining' ? [] : [{ id: Target.Id, port: Target.Port }],
  );
  const [balancer, ...others] = group.LoadBalancerArns ?? [];
  const port = group.Port || undefined;
  return {
    entry: {
      of: arn,
      item: item({
        name: redaction.name(group.TargetGroupName ?? ''),
        arn: redaction.name(arn),
        loadBalancer: balancer === undefined ? 'none' : redaction.name(endOf(balancer)),
        deregistrationDelay: delay === undefined ? undefined : Number(delay),
        crossZone: crossZoneOf(attribute('load_balancing.cross_zone.enabled')),
        port,
        healthCheck: item({
          every: group.HealthCheckIntervalSeconds,
          healthyAfter: group.HealthyThresholdCount,
          unhealthyAfter: group.UnhealthyThresholdCount,
        }),
        targets: targets.map((target) =>
          item({ id: redaction.name(target.id), port: target.port === port ? undefined : target.port }),
        ),
        tags: redaction.tags(pairs(TagDescriptions[0]?.Tags)),
      }),
      notes: others.length > 0 ? [`${others.length} more load balancers that use it`] : [],
    },
    leads: [
      ...targets.filter(({ id }) => id.startsWith('i-')).map(({ id }) => ({ kind: 'instances', id }) as const),
      ...(balancer === undefined ? [] : [{ kind: 'loadBalancers', id: balancer } as const]),
    ],
  };
}

/** Undefined where it is as its load balancer says. */
function crossZoneOf(text: string | undefined): boolean | undefined {
  return text === 'true' || text === 'false' ? text === 'true' : undefined;
}

/** `app/web/50dc6c495c0c9188`, as metrics name a load balancer. */
function endOf(arn: string): string {
  return arn.slice(arn.indexOf(':loadbalancer/') + ':loadbalancer/'.length);
}
