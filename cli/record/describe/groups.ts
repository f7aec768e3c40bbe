import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { everyItem } from '../../../vitals/pages';
import { type Describer, type Describing, eachOf, type Entry, item, missing, type Named, pairs } from './describer';

const policyTypes = ['SimpleScaling', 'StepScaling', 'TargetTrackingScaling', 'PredictiveScaling'];
const launching = 'autoscaling:EC2_INSTANCE_LAUNCHING';

/** Auto Scaling groups; they lead to their members and target groups. */
export const groups: Describer = {
  atOnce: 50,
  describe: async (ids, describing) => {
    const found = await everyItem(
      (token) => describing.aws.autoscaling.describeAutoScalingGroups({ AutoScalingGroupNames: [...ids], ...token }),
      ({ AutoScalingGroups }) => AutoScalingGroups,
    );
    // One that is being deleted has a status.
    const there = found.filter(({ Status }) => Status === undefined);
    const entries = await eachOf(there, (group) => entryOf(group, describing));
    return { entries: [...entries, ...missing(ids, entries)], leads: there.flatMap(leadsOf) };
  },
};

async function entryOf(group: AutoScalingGroup, { aws: { autoscaling }, redaction }: Describing): Promise<Entry> {
  const { AutoScalingGroupName: name = '', Instances = [], VPCZoneIdentifier = '', HealthCheckType = '' } = group;
  const policies = await everyItem(
    (token) => autoscaling.describePolicies({ AutoScalingGroupName: name, ...token }),
    ({ ScalingPolicies }) => ScalingPolicies,
  );
  const { LifecycleHooks = [] } = await autoscaling.describeLifecycleHooks({ AutoScalingGroupName: name });
  const subnets = subnetsOf(VPCZoneIdentifier);
  const otherChecks = HealthCheckType.split(',').filter((one) => one !== '' && one !== 'EC2' && one !== 'ELB');
  return {
    of: name,
    item: item({
      name: redaction.name(name),
      arn: group.AutoScalingGroupARN === undefined ? undefined : redaction.name(group.AutoScalingGroupARN),
      min: group.MinSize,
      max: group.MaxSize,
      desired: group.DesiredCapacity,
      zones: group.AvailabilityZones,
      subnets: subnets.map((id) => redaction.name(id)),
      type: Instances[0]?.InstanceType,
      targetGroups: (group.TargetGroupARNs ?? []).map((arn) => redaction.name(arn)),
      suspended: (group.SuspendedProcesses ?? []).flatMap(({ ProcessName }) => ProcessName ?? []),
      // Whatever else it looks at, a group replaces what EC2 says is ill.
      healthChecks: /ELB/.test(HealthCheckType) ? ['ec2', 'elb'] : ['ec2'],
      gracePeriod: group.HealthCheckGracePeriod,
      policies: policies
        .filter(({ PolicyType }) => policyTypes.includes(PolicyType ?? ''))
        .map(({ PolicyName = '', PolicyType }) => ({ name: redaction.name(PolicyName), type: PolicyType })),
      hooks: LifecycleHooks.map(({ LifecycleHookName = '', LifecycleTransition }) => ({
        name: redaction.name(LifecycleHookName),
        on: LifecycleTransition === launching ? 'launch' : 'terminate',
      })),
      tags: redaction.tags(pairs(group.Tags)),
    }),
    notes: [
      ...otherChecks.map((check) => `its health check ${check}`),
      ...((group.LoadBalancerNames ?? []).length > 0 ? ['its Classic Load Balancers'] : []),
    ],
  };
}

function leadsOf({ Instances = [], TargetGroupARNs = [], VPCZoneIdentifier = '' }: AutoScalingGroup): readonly Named[] {
  return [
    ...Instances.flatMap(({ InstanceId }) => (InstanceId ? [{ kind: 'instances', id: InstanceId } as const] : [])),
    ...TargetGroupARNs.map((id) => ({ kind: 'targetGroups', id }) as const),
    ...subnetsOf(VPCZoneIdentifier).map((id) => ({ kind: 'subnets', id }) as const),
  ];
}

function subnetsOf(identifier: string): readonly string[] {
  return identifier.split(',').filter((id) => id !== '');
}
