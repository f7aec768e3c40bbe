import { casesOf, refusal } from './case';
import type { Place } from './place';

const missingGroup = ({ account, region }: Place): string =>
  `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/none/0123456789abcdef`;

const crossZone = 'load_balancing.cross_zone.enabled';

const notFound = { refused: 'TargetGroupNotFoundException' };

async function targetsOf({ elasticloadbalancing }: Place, TargetGroupArn: string): Promise<unknown> {
  const { TargetHealthDescriptions = [] } = await elasticloadbalancing.describeTargetHealth({ TargetGroupArn });
  return TargetHealthDescriptions.map(({ TargetHealth, Target }) => ({
    state: TargetHealth?.State,
    port: Target?.Port,
  }));
}

async function balancerCrossZone(place: Place, balancer: 'application' | 'network'): Promise<unknown> {
  const elb = place.elasticloadbalancing;
  const TargetGroupArns = [await place.add.targetGroup({ name: 'web', targets: [], balancer })];
  const { TargetGroups = [] } = await elb.describeTargetGroups({ TargetGroupArns });
  const LoadBalancerArn = TargetGroups[0]?.LoadBalancerArns?.[0];
  const { Attributes = [] } = await elb.describeLoadBalancerAttributes({ LoadBalancerArn });
  return Attributes.find(({ Key }) => Key === crossZone)?.Value;
}

export const elasticloadbalancingCases = casesOf([
  {
    operation: 'elasticloadbalancing:DescribeTargetHealth',
    name: 'a group that does not exist is an error',
    agreed: notFound,
    seen: (place) => refusal(place.elasticloadbalancing.describeTargetHealth({ TargetGroupArn: missingGroup(place) })),
  },
  {
    operation: 'elasticloadbalancing:DescribeTargetHealth',
    name: 'a target that passes its checks is healthy, on the port of the group',
    agreed: [{ state: 'healthy', port: 80 }],
    seen: async (place) => {
      const arn = await place.add.targetGroup({ name: 'web', targets: [await place.add.instance()] });
      await place.settle();
      return targetsOf(place, arn);
    },
  },
  {
    operation: 'elasticloadbalancing:DescribeTargetHealth',
    name: 'a target that is asked for and not registered is told as unused',
    agreed: { state: 'unused', reason: 'Target.NotRegistered' },
    seen: async ({ elasticloadbalancing, add }) => {
      const TargetGroupArn = await add.targetGroup({ name: 'web', targets: [] });
      const Targets = [{ Id: await add.instance(), Port: 80 }];
      const { TargetHealthDescriptions: told = [] } = await elasticloadbalancing.describeTargetHealth({
        TargetGroupArn,
        Targets,
      });
      return { state: told[0]?.TargetHealth?.State, reason: told[0]?.TargetHealth?.Reason };
    },
  },
  {
    operation: 'elasticloadbalancing:DescribeTargetGroups',
    name: 'a group tells its name and its load balancer',
    agreed: { name: 'web', balancers: ['app/web'] },
    seen: async ({ elasticloadbalancing, add }) => {
      const TargetGroupArns = [await add.targetGroup({ name: 'web', targets: [] })];
      const [group] = (await elasticloadbalancing.describeTargetGroups({ TargetGroupArns })).TargetGroups ?? [];
      const balancers = group?.LoadBalancerArns?.map((arn) => arn.split('/').slice(1, 3).join('/'));
      return { name: group?.TargetGroupName, balancers };
    },
  },
  {
    operation: 'elasticloadbalancing:DescribeTargetGroups',
    name: 'a group that does not exist is an error',
    agreed: notFound,
    seen: (place) =>
      refusal(place.elasticloadbalancing.describeTargetGroups({ TargetGroupArns: [missingGroup(place)] })),
  },
  {
    operation: 'elasticloadbalancing:DescribeTargetGroupAttributes',
    name: 'in cross-zone matters a group does as its load balancer, unless told',
    agreed: 'use_load_balancer_configuration',
    seen: async ({ elasticloadbalancing, add }) => {
      const TargetGroupArn = await add.targetGroup({ name: 'web', targets: [] });
      const { Attributes = [] } = await elasticloadbalancing.describeTargetGroupAttributes({ TargetGroupArn });
      return Attributes.find(({ Key }) => Key === crossZone)?.Value;
    },
  },
  {
    operation: 'elasticloadbalancing:DescribeLoadBalancerAttributes',
    name: 'an application load balancer serves across zones',
    agreed: 'true',
    seen: (place) => balancerCrossZone(place, 'application'),
  },
  {
    operation: 'elasticloadbalancing:DescribeLoadBalancerAttributes',
    name: 'a network load balancer keeps to its zones',
    agreed: 'false',
    seen: (place) => balancerCrossZone(place, 'network'),
  },
  {
    operation: 'elasticloadbalancing:DescribeLoadBalancers',
    name: 'a load balancer is found by its ARN',
    agreed: [{ isTheOne: true, name: 'web', type: 'application' }],
    seen: async ({ elasticloadbalancing: elb, add }) => {
      const TargetGroupArns = [await add.targetGroup({ name: 'web', targets: [] })];
      const { TargetGroups = [] } = await elb.describeTargetGroups({ TargetGroupArns });
      const LoadBalancerArns = TargetGroups[0]?.LoadBalancerArns ?? [];
      const { LoadBalancers = [] } = await elb.describeLoadBalancers({ LoadBalancerArns });
      return LoadBalancers.map(({ LoadBalancerArn, LoadBalancerName: name, Type: type }) => ({
        isTheOne: LoadBalancerArn === LoadBalancerArns[0],
        name,
        type,
      }));
    },
  },
  {
    operation: 'elasticloadbalancing:DescribeLoadBalancers',
    name: 'a load balancer that does not exist is an error',
    agreed: { refused: 'LoadBalancerNotFoundException' },
    seen: ({ elasticloadbalancing, account, region }) => {
      const arn = `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/app/none/0123456789abcdef`;
      return refusal(elasticloadbalancing.describeLoadBalancers({ LoadBalancerArns: [arn] }));
    },
  },
  {
    operation: 'elasticloadbalancing:DescribeTags',
    name: 'a group without tags has an empty list',
    agreed: [[]],
    seen: async ({ elasticloadbalancing, add }) => {
      const ResourceArns = [await add.targetGroup({ name: 'web', targets: [] })];
      return (await elasticloadbalancing.describeTags({ ResourceArns })).TagDescriptions?.map(({ Tags = [] }) => Tags);
    },
  },
  {
    operation: 'elasticloadbalancing:DescribeTags',
    name: 'a group that does not exist is an error',
    agreed: notFound,
    seen: (place) => refusal(place.elasticloadbalancing.describeTags({ ResourceArns: [missingGroup(place)] })),
  },
  {
    operation: 'elasticloadbalancing:DeregisterTargets',
    name: 'the target drains, and then it is gone',
    agreed: { at: 'draining', then: [] },
    seen: async (place) => {
      const Id = await place.add.instance();
      const arn = await place.add.targetGroup({ name: 'web', targets: [Id] });
      await place.settle();
      await place.elasticloadbalancing.deregisterTargets({ TargetGroupArn: arn, Targets: [{ Id }] });
      const { TargetHealthDescriptions: told } = await place.elasticloadbalancing.describeTargetHealth({
        TargetGroupArn: arn,
      });
      await place.settle();
      return { at: told?.[0]?.TargetHealth?.State, then: await targetsOf(place, arn) };
    },
  },
  {
    operation: 'elasticloadbalancing:DeregisterTargets',
    name: 'a target that is not registered is no error',
    agreed: 'not refused',
    seen: async ({ elasticloadbalancing, add }) => {
      const TargetGroupArn = await add.targetGroup({ name: 'web', targets: [] });
      return refusal(
        elasticloadbalancing.deregisterTargets({ TargetGroupArn, Targets: [{ Id: await add.instance() }] }),
      );
    },
  },
  {
    operation: 'elasticloadbalancing:DeregisterTargets',
    name: 'a group that does not exist is an error',
    agreed: notFound,
    seen: (place) =>
      refusal(
        place.elasticloadbalancing.deregisterTargets({
          TargetGroupArn: missingGroup(place),
          Targets: [{ Id: 'i-0123456789abcdef0' }],
        }),
      ),
  },
  {
    operation: 'elasticloadbalancing:RegisterTargets',
    name: 'a target that was registered is there',
    agreed: 1,
    seen: async (place) => {
      const TargetGroupArn = await place.add.targetGroup({ name: 'web', targets: [] });
      const Targets = [{ Id: await place.add.instance() }];
      await place.elasticloadbalancing.registerTargets({ TargetGroupArn, Targets });
      const answer = await place.elasticloadbalancing.describeTargetHealth({ TargetGroupArn });
      return answer.TargetHealthDescriptions?.length;
    },
  },
  {
    operation: 'elasticloadbalancing:RegisterTargets',
    name: 'an instance that does not run is refused',
    agreed: { refused: 'InvalidTargetException' },
    seen: async (place) => {
      const TargetGroupArn = await place.add.targetGroup({ name: 'web', targets: [] });
      const Id = await place.add.instance();
      await place.ec2.stopInstances({ InstanceIds: [Id] });
      await place.settle();
      return refusal(place.elasticloadbalancing.registerTargets({ TargetGroupArn, Targets: [{ Id }] }));
    },
  },
]);
