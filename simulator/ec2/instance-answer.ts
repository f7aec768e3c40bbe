import type {
  Instance as SdkInstance,
  InstanceState,
  InstanceStatus,
  InstanceStatusSummary,
  Tag,
} from '@aws-sdk/client-ec2';
import type { Instance, PowerState } from './instance';
import type { Network } from './network';
import type { Volume } from './volume';

const codes: Record<PowerState, number> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

/** A state with the code that EC2 gives it. */
export function stateOf(power: PowerState): InstanceState {
  return { Code: codes[power], Name: power };
}

function tagsOf(tags: ReadonlyMap<string, string>): Tag[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

/** An instance as DescribeInstances shows it. */
export function describeInstance(
  instance: Instance,
  network: Network,
  volumes: readonly Volume[],
  account: string,
): SdkInstance {
  const attached = new Date(instance.launchedAt);
  const gone = instance.power === 'terminated';
  return {
    InstanceId: instance.id,
    ImageId: 'ami-0a1b2c3d4e5f67890',
    InstanceType: instance.type as SdkInstance['InstanceType'],
    State: stateOf(instance.power),
    StateTransitionReason: instance.transitionReason,
    LaunchTime: attached,
    Placement: {
      AvailabilityZone: instance.zone,
      AvailabilityZoneId: network.zoneId(instance.zone),
      Tenancy: instance.tenancy,
    },
    ...(!gone && { SubnetId: instance.subnet, VpcId: network.vpc, PrivateIpAddress: instance.privateAddress }),
    ...(!gone && instance.publicIp !== undefined && { PublicIpAddress: instance.publicIp }),
    ...(instance.lifecycle === 'spot' && { InstanceLifecycle: 'spot' as const }),
    RootDeviceType: instance.rootDevice,
    RootDeviceName: volumes[0]?.device ?? '/dev/xvda',
    BlockDeviceMappings: volumes.map(({ id, device }) => ({
      DeviceName: device,
      Ebs: { VolumeId: id, Status: 'attached', AttachTime: attached, DeleteOnTermination: true },
    })),
    NetworkInterfaces: gone
      ? []
      : [
          {
            NetworkInterfaceId: `eni-${instance.id.slice(2)}`,
            SubnetId: instance.subnet,
            PrivateIpAddress: instance.privateAddress,
            ...(instance.publicIp !== undefined && {
              Association: {
                PublicIp: instance.publicIp,
                // An elastic address belongs to the account, one that goes with a stop to Amazon.
                IpOwnerId: instance.publicAddress === 'elastic' ? account : 'amazon',
              },
            }),
          },
        ],
    Tags: tagsOf(instance.tags),
  };
}

/** An instance as DescribeInstanceStatus shows it. */
export function describeStatus(instance: Instance, network: Network): InstanceStatus {
  return {
    InstanceId: instance.id,
    AvailabilityZone: instance.zone,
    AvailabilityZoneId: network.zoneId(instance.zone),
    InstanceState: stateOf(instance.power),
    InstanceStatus: checkOf(instance, 'instance'),
    SystemStatus: checkOf(instance, 'system'),
    Events: instance.retirement
      ? [
          {
            InstanceEventId: instance.retirement.eventId,
            Code: 'instance-retirement',
            Description: 'The instance is running on degraded hardware',
            NotBefore: new Date(instance.retirement.notBefore),
          },
        ]
      : [],
  };
}

function checkOf(instance: Instance, kind: 'instance' | 'system'): InstanceStatusSummary {
  if (instance.power !== 'running') return { Status: 'not-applicable' };
  if (instance.checks === 'initializing') {
    return { Status: 'initializing', Details: [{ Name: 'reachability', Status: 'initializing' }] };
  }
  if (instance.failing?.kind !== kind) return { Status: 'ok', Details: [{ Name: 'reachability', Status: 'passed' }] };
  const ImpairedSince = new Date(instance.failing.since);
  return { Status: 'impaired', Details: [{ Name: 'reachability', Status: 'failed', ImpairedSince }] };
}
