import { listed, type Disagreement } from '../disagreement';

/** Auto Scaling groups. */
export const aboutAutoScaling: readonly Disagreement[] = [
  ...listed(['moto', 'ministack'], 'what does not exist has an empty answer', [
    ['autoscaling:DescribeScalingActivities', 'a group that does not exist is an error'],
  ]),
  ...listed(
    ['moto', 'ministack'],
    'the operation writes the health as the group does; the API reference has it in capitals',
    [['autoscaling:DescribeAutoScalingInstances', 'a member tells its group; its health is in capitals here']],
  ),
  ...listed(['moto', 'ministack'], 'the operation is not known to it', [
    ['autoscaling:RollbackInstanceRefresh', 'without a refresh under way there is nothing to roll back'],
  ]),
  ...listed(['moto', 'ministack'], 'it does not look at the bounds of the group', [
    ['autoscaling:SetDesiredCapacity', 'more than the maximum is refused'],
    ['autoscaling:SetDesiredCapacity', 'fewer than the minimum is refused'],
  ]),
  ...listed('moto', 'the operation is not known to it', [
    ['autoscaling:CancelInstanceRefresh', 'without a refresh under way there is nothing to cancel'],
    ['autoscaling:DescribeInstanceRefreshes', 'a group has none unless one was started'],
  ]),
  ...listed('moto', 'it ends no member for its health', [
    ['autoscaling:SetInstanceHealth', 'a member that is set unhealthy is replaced'],
  ]),
  ...listed('moto', 'it does not look whether the instance exists', [
    ['autoscaling:EnterStandby', 'an instance that is no member is refused'],
  ]),
  ...listed('moto', 'it does not look at the bounds of the group', [
    ['autoscaling:TerminateInstanceInAutoScalingGroup', 'a decrement below the minimum is refused'],
  ]),
  ...listed('moto', 'it answers with an error of its own (500)', [
    ['autoscaling:SetDesiredCapacity', 'a group that does not exist is an error'],
    ['autoscaling:SetInstanceHealth', 'an instance of no group is refused'],
    ['autoscaling:TerminateInstanceInAutoScalingGroup', 'an instance of no group is refused'],
  ]),
  ...listed('ministack', 'the operation is not known to it', [
    ['autoscaling:ResumeProcesses', 'only those that are named are resumed'],
    ['autoscaling:EnterStandby', 'the member stays, out of service, and another is launched in its place'],
    ['autoscaling:EnterStandby', 'an instance that is no member is refused'],
    ['autoscaling:ExitStandby', 'the member is in service again, and the group is to have one more'],
    ['autoscaling:SetInstanceHealth', 'a member that is set unhealthy is replaced'],
    ['autoscaling:SetInstanceHealth', 'an instance of no group is refused'],
    ['autoscaling:TerminateInstanceInAutoScalingGroup', 'without a decrement a successor is launched'],
    ['autoscaling:TerminateInstanceInAutoScalingGroup', 'with a decrement the group is smaller'],
    ['autoscaling:TerminateInstanceInAutoScalingGroup', 'a decrement below the minimum is refused'],
    ['autoscaling:TerminateInstanceInAutoScalingGroup', 'an instance of no group is refused'],
  ]),
];
