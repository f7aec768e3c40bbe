import type { Activity } from '@aws-sdk/client-auto-scaling';
import type { ScalingGroup } from './scaling-group';
import type { SimulatedAccount } from '../world';

/** A launch, a termination or a move that a group undertook. Times in milliseconds since the epoch. */
export interface ScalingActivity {
  readonly id: string;
  readonly group: string;
  readonly groupArn: string;
  readonly kind: 'launch' | 'terminate' | 'standby';
  readonly description: string;
  readonly cause: string;
  readonly startedAt: number;
  readonly zone: string;
  readonly subnet: string;
  status: 'InProgress' | 'Successful' | 'Failed' | 'Cancelled';
  message: string | undefined;
  endedAt: number | undefined;
}

/** Notes a new activity of the group. */
export function beginActivity(
  account: SimulatedAccount,
  group: ScalingGroup,
  what: Pick<ScalingActivity, 'kind' | 'description' | 'cause' | 'zone' | 'subnet'>,
): ScalingActivity {
  const digits = account.newId('', 12);
  const startedAt = account.clock.now();
  const activity: ScalingActivity = {
    ...what,
    id: `5e1f0000-0000-4000-8000-${digits}`,
    cause: `At ${isoSecond(startedAt)} ${what.cause}`,
    group: group.name,
    groupArn: group.arn,
    startedAt,
    status: 'InProgress',
    message: undefined,
    endedAt: undefined,
  };
  group.activities.push(activity);
  return activity;
}

/** Ends an activity and, for a launch or a termination, tells the bus as Auto Scaling does. */
export function endActivity(
  account: SimulatedAccount,
  activity: ScalingActivity,
  instanceId: string,
  failure?: string,
): void {
  const now = account.clock.now();
  activity.status = failure === undefined ? 'Successful' : 'Failed';
  activity.message = failure;
  activity.endedAt = now;
  if (activity.kind === 'standby') return;
  const what = activity.kind === 'launch' ? 'Launch' : 'Terminate';
  const [origin, destination] = activity.kind === 'launch' ? ['EC2', 'AutoScalingGroup'] : ['AutoScalingGroup', 'EC2'];
  const detail = {
    // AWS says InProgress in the events of success, too.
    StatusCode: failure === undefined ? 'InProgress' : 'Failed',
    Description: activity.description,
    AutoScalingGroupName: activity.group,
    ActivityId: activity.id,
    Details: { 'Availability Zone': activity.zone, 'Subnet ID': activity.subnet },
    RequestId: activity.id,
    StatusMessage: failure ?? '',
    EndTime: new Date(now).toISOString(),
    EC2InstanceId: instanceId,
    StartTime: new Date(activity.startedAt).toISOString(),
    Cause: activity.cause,
    Origin: origin,
    Destination: destination,
  };
  const resources = [activity.groupArn, ...(instanceId ? [account.arn('ec2', `instance/${instanceId}`)] : [])];
  const outcome = failure === undefined ? 'Successful' : 'Unsuccessful';
  account.bus.emit('aws.autoscaling', `EC2 Instance ${what} ${outcome}`, resources, detail);
}

/** Ends an activity that another one has overtaken; nobody is told. */
export function cancelActivity(account: SimulatedAccount, activity: ScalingActivity): void {
  activity.status = 'Cancelled';
  activity.endedAt = account.clock.now();
}

/** An activity as the API shows it. */
export function describeActivity(activity: ScalingActivity): Activity {
  return {
    ActivityId: activity.id,
    AutoScalingGroupName: activity.group,
    AutoScalingGroupARN: activity.groupArn,
    Description: activity.description,
    Cause: activity.cause,
    StartTime: new Date(activity.startedAt),
    ...(activity.endedAt !== undefined && { EndTime: new Date(activity.endedAt) }),
    StatusCode: activity.status,
    ...(activity.message !== undefined && { StatusMessage: activity.message }),
    Progress: activity.status === 'InProgress' ? 50 : 100,
    Details: JSON.stringify({ 'Subnet ID': activity.subnet, 'Availability Zone': activity.zone }),
  };
}

function isoSecond(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}
