import type {
  AutoScalingGroup,
  AutoScalingInstanceDetails,
  Instance,
  TagDescription,
} from '@aws-sdk/client-auto-scaling';
import type { Member, ScalingGroup } from './scaling-group';

/** A group as DescribeAutoScalingGroups shows it. */
export function describeGroup(group: ScalingGroup): AutoScalingGroup {
  return {
    AutoScalingGroupName: group.name,
    AutoScalingGroupARN: group.arn,
    MinSize: group.min,
    MaxSize: group.max,
    DesiredCapacity: group.desired,
    DefaultCooldown: 300,
    AvailabilityZones: [...group.zones],
    LoadBalancerNames: [],
    TargetGroupARNs: [...group.targetGroups],
    HealthCheckType: group.healthChecks.has('elb') ? 'ELB' : 'EC2',
    HealthCheckGracePeriod: group.gracePeriod,
    Instances: [...group.members.values()].map((member) => describeMember(group, member)),
    CreatedTime: new Date(group.createdAt),
    SuspendedProcesses: [...group.suspended].map(([ProcessName, SuspensionReason]) => ({
      ProcessName,
      SuspensionReason,
    })),
    VPCZoneIdentifier: group.subnets.join(','),
    LaunchTemplate: {
      LaunchTemplateId: 'lt-0a1b2c3d4e5f67890',
      LaunchTemplateName: group.name,
      Version: group.version,
    },
    Tags: describeTags(group),
    TerminationPolicies: ['Default'],
    NewInstancesProtectedFromScaleIn: false,
  };
}

/** A member as DescribeAutoScalingInstances shows it. */
export function describeInstance(group: ScalingGroup, member: Member): AutoScalingInstanceDetails {
  // This operation alone shouts the health.
  const HealthStatus = member.health.toUpperCase();
  return { ...describeMember(group, member), AutoScalingGroupName: group.name, HealthStatus };
}

/** The tags of a group as DescribeTags shows them. */
export function describeTags({ name, tags }: ScalingGroup): TagDescription[] {
  return Object.entries(tags).map(([Key, Value]) => ({
    ResourceId: name,
    ResourceType: 'auto-scaling-group',
    Key,
    Value,
    PropagateAtLaunch: true,
  }));
}

function describeMember(group: ScalingGroup, member: Member): Instance {
  return {
    InstanceId: member.id,
    InstanceType: group.type,
    AvailabilityZone: member.zone,
    LifecycleState: member.lifecycle,
    HealthStatus: member.health,
    ProtectedFromScaleIn: member.isProtected,
  };
}
