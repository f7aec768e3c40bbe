import { AutoScaling } from '@aws-sdk/client-auto-scaling';
import { EC2 } from '@aws-sdk/client-ec2';
import { optInTag } from '../../../statemachines/guards/consent';
import type { clientSettings } from '../endpoints';
import type { Wire } from '../wire';

/** What is sick in an account of an emulator, and how its alarm tells of it. */
export interface Patient {
  /** The call that heals it. None of these takes an idempotency token. */
  readonly write: string;
  readonly metric: { readonly namespace: string; readonly name: string };
  readonly dimension: { readonly name: string; readonly value: string };
  /** Lets the wire answer what the emulator cannot: that somebody is sick, until he is well. */
  readonly ail?: (wire: Wire, isWell: () => boolean) => void;
}

const optIn = { Key: optInTag.key, Value: optInTag.value };

export type Admit = (settings: ReturnType<typeof clientSettings>) => Promise<Patient>;

/** Two members of a group that have more work than they can carry. A second write finds the group grown, and is refused by the plan. */
export const overloadedGroup: Admit = async (settings) => {
  const autoscaling = new AutoScaling(settings);
  const { Subnets: [subnet] = [] } = await new EC2(settings).describeSubnets({});
  const name = 'web';
  const launch = { LaunchConfigurationName: name, ImageId: 'ami-12345678', InstanceType: 't3.micro' } as const;
  await autoscaling.createLaunchConfiguration(launch);
  await autoscaling.createAutoScalingGroup({
    AutoScalingGroupName: name,
    LaunchConfigurationName: name,
    MinSize: 1,
    MaxSize: 9,
    DesiredCapacity: 2,
    VPCZoneIdentifier: subnet?.SubnetId ?? '',
    Tags: [{ ...optIn, PropagateAtLaunch: true }],
  });
  return {
    write: 'SetDesiredCapacity',
    metric: { namespace: 'AWS/EC2', name: 'CPUUtilization' },
    dimension: { name: 'AutoScalingGroupName', value: name },
  };
};

/**
 * An instance that hangs, and still looks so for a while after it was told to reboot: nothing that can be read keeps a second
 * worker from rebooting it again.
 */
export const impairedInstance: Admit = async (settings) => {
  const ec2 = new EC2(settings);
  const { Instances: [instance] = [] } = await ec2.runInstances({
    ImageId: 'ami-12345678',
    MinCount: 1,
    MaxCount: 1,
    TagSpecifications: [{ ResourceType: 'instance', Tags: [optIn] }],
  });
  const id = instance?.InstanceId ?? '';
  return {
    write: 'RebootInstances',
    metric: { namespace: 'AWS/EC2', name: 'StatusCheckFailed_Instance' },
    dimension: { name: 'InstanceId', value: id },
    ail: (wire, isWell) => {
      const answer = {
        status: 200,
        headers: { 'content-type': 'text/xml' },
        get body() {
          return statusOf(id, isWell());
        },
      };
      wire.interrupt({ operation: 'DescribeInstanceStatus', nth: 'every' }, { kind: 'answer', answer });
    },
  };
};

const since = '2026-01-01T00:00:00.000Z';

function statusOf(id: string, isWell: boolean): string {
  const check = (name: string, passes: boolean): string =>
    `<${name}><status>${passes ? 'ok' : 'impaired'}</status><details><item><name>reachability</name>` +
    `<status>${passes ? 'passed' : 'failed'}</status>${passes ? '' : `<impairedSince>${since}</impairedSince>`}</item></details></${name}>`;
  return (
    '<DescribeInstanceStatusResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>1</requestId><instanceStatusSet><item>' +
    `<instanceId>${id}</instanceId><instanceState><code>16</code><name>running</name></instanceState>` +
    `${check('systemStatus', true)}${check('instanceStatus', isWell)}` +
    '</item></instanceStatusSet></DescribeInstanceStatusResponse>'
  );
}
