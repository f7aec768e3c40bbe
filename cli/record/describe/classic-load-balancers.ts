import type { LoadBalancerDescription } from '@aws-sdk/client-elastic-load-balancing';
import { isNotFound } from '../../aws-fault';
import { type Describer, type Describing, eachOf, type Entry, item, missing, type Named, pairs } from './describer';

/** Classic load balancers; they lead to their instances. */
export const classicLoadBalancers: Describer = {
  atOnce: 20,
  describe: async (ids, describing) => {
    const found = (
      await eachOf(ids, async (name) => {
        const balancer = await find(name, describing);
        return balancer ? [{ name, balancer }] : [];
      })
    ).flat();
    const entries = await eachOf(found, ({ name, balancer }) => entryOf(name, balancer, describing));
    const leads = found.flatMap(({ balancer }) => idsOf(balancer).map((id): Named => ({ kind: 'instances', id })));
    return { entries: [...entries, ...missing(ids, entries)], leads };
  },
};

/** One by one: one that is gone is an error for all. */
async function find(name: string, { aws }: Describing): Promise<LoadBalancerDescription | undefined> {
  try {
    const answer = await aws.elasticloadbalancing.describeLoadBalancers({ LoadBalancerNames: [name] });
    return answer.LoadBalancerDescriptions?.[0];
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function entryOf(
  name: string,
  balancer: LoadBalancerDescription,
  { aws: { elasticloadbalancing: elb }, redaction }: Describing,
): Promise<Entry> {
  const { TagDescriptions = [] } = await elb.describeTags({ LoadBalancerNames: [name] });
  const { HealthCheck: check } = balancer;
  return {
    of: name,
    item: item({
      name: redaction.name(name),
      healthCheck: item({
        every: check?.Interval,
        healthyAfter: check?.HealthyThreshold,
        unhealthyAfter: check?.UnhealthyThreshold,
      }),
      instances: idsOf(balancer).map((id) => ({ id: redaction.name(id) })),
      tags: redaction.tags(pairs(TagDescriptions[0]?.Tags)),
    }),
    // Its attributes are not asked for; the simulated account has no such call.
    notes: ['how long it lets requests finish'],
  };
}

function idsOf({ Instances = [] }: LoadBalancerDescription): readonly string[] {
  return Instances.flatMap(({ InstanceId }) => InstanceId ?? []);
}
