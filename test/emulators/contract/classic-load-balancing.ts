import { casesOf, refusal } from './case';
import type { Place } from './place';

const missing = 'i-0123456789abcdef0';
const notFound = { refused: 'AccessPointNotFoundException' };

/** A load balancer in front of one instance; answers what names the two. */
async function shop({ add }: Place): Promise<{ LoadBalancerName: string; Instances: { InstanceId: string }[] }> {
  const InstanceId = await add.instance();
  await add.classic({ name: 'shop', instances: [InstanceId] });
  return { LoadBalancerName: 'shop', Instances: [{ InstanceId }] };
}

async function backendsOf({ elasticloadbalancing }: Place): Promise<unknown> {
  const { InstanceStates = [] } = await elasticloadbalancing.describeInstanceHealth({ LoadBalancerName: 'shop' });
  return InstanceStates.map(({ State }) => State);
}

/** Classic Load Balancers: another generation behind the same prefix of actions. */
export const classicCases = casesOf([
  {
    operation: 'elasticloadbalancing:DescribeInstanceHealth',
    name: 'an instance that passes its checks is in service, and nobody is at fault',
    agreed: [{ isTheOne: true, State: 'InService', ReasonCode: 'N/A', Description: 'N/A' }],
    seen: async (place) => {
      const { LoadBalancerName, Instances } = await shop(place);
      await place.settle();
      const { InstanceStates = [] } = await place.elasticloadbalancing.describeInstanceHealth({ LoadBalancerName });
      return InstanceStates.map(({ InstanceId, ...told }) => ({
        isTheOne: InstanceId === Instances[0]?.InstanceId,
        ...told,
      }));
    },
  },
  {
    operation: 'elasticloadbalancing:DescribeInstanceHealth',
    name: 'a load balancer that does not exist is an error',
    agreed: notFound,
    seen: ({ elasticloadbalancing }) =>
      refusal(elasticloadbalancing.describeInstanceHealth({ LoadBalancerName: 'none' })),
  },
  {
    operation: 'elasticloadbalancing:DescribeTags',
    name: 'a classic load balancer is asked for by its name, and has an empty list without tags',
    agreed: [{ LoadBalancerName: 'shop', tags: [] }],
    seen: async (place) => {
      const { LoadBalancerName } = await shop(place);
      const { TagDescriptions = [] } = await place.elasticloadbalancing.describeTags({
        LoadBalancerNames: [LoadBalancerName],
      });
      return TagDescriptions.map(({ LoadBalancerName: name, Tags = [] }) => ({ LoadBalancerName: name, tags: Tags }));
    },
  },
  {
    operation: 'elasticloadbalancing:DescribeTags',
    name: 'a classic load balancer that does not exist is an error',
    agreed: notFound,
    seen: ({ elasticloadbalancing }) => refusal(elasticloadbalancing.describeTags({ LoadBalancerNames: ['none'] })),
  },
  {
    operation: 'elasticloadbalancing:DeregisterInstancesFromLoadBalancer',
    name: 'the instance is gone from the load balancer',
    agreed: { left: [], states: [] },
    seen: async (place) => {
      const { Instances } = await place.elasticloadbalancing.deregisterInstancesFromLoadBalancer(await shop(place));
      await place.settle();
      return { left: Instances ?? [], states: await backendsOf(place) };
    },
  },
  {
    operation: 'elasticloadbalancing:DeregisterInstancesFromLoadBalancer',
    name: 'a load balancer that does not exist is an error',
    agreed: notFound,
    seen: async ({ elasticloadbalancing, add }) =>
      refusal(
        elasticloadbalancing.deregisterInstancesFromLoadBalancer({
          LoadBalancerName: 'none',
          Instances: [{ InstanceId: await add.instance() }],
        }),
      ),
  },
  {
    operation: 'elasticloadbalancing:RegisterInstancesWithLoadBalancer',
    name: 'an instance that was deregistered comes back, and is in service after its checks',
    agreed: ['InService'],
    seen: async (place) => {
      const both = await shop(place);
      await place.elasticloadbalancing.deregisterInstancesFromLoadBalancer(both);
      await place.elasticloadbalancing.registerInstancesWithLoadBalancer(both);
      await place.settle();
      return backendsOf(place);
    },
  },
  {
    operation: 'elasticloadbalancing:RegisterInstancesWithLoadBalancer',
    name: 'an instance that does not exist is refused',
    agreed: { refused: 'InvalidEndPointException' },
    seen: async (place) => {
      const { LoadBalancerName } = await shop(place);
      const Instances = [{ InstanceId: missing }];
      return refusal(place.elasticloadbalancing.registerInstancesWithLoadBalancer({ LoadBalancerName, Instances }));
    },
  },
]);
