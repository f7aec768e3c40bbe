import type { ContractCase } from './contract/case';

/** A contract case in which an emulator does not do what AWS does. */
export interface Disagreement {
  readonly operation: ContractCase['operation'];
  readonly emulator: 'moto' | 'ministack';
  readonly case: string;
  readonly reason: string;
}

function listed(
  emulator: Disagreement['emulator'],
  reason: string,
  cases: readonly (readonly [operation: Disagreement['operation'], name: string])[],
): readonly Disagreement[] {
  return cases.map(([operation, name]) => ({ operation, emulator, case: name, reason }));
}

/**
 * What is known. The simulated account sides with AWS in each: by the API reference, or by what AWS is seen to do. A row that no
 * longer holds fails `npm run test:emulators`.
 */
export const disagreements: readonly Disagreement[] = [
  ...listed('ministack', 'it answers everything at once, whatever page is asked for', [
    ['ec2:DescribeInstances', 'a token leads to the rest'],
    ['rds:DescribeDBInstances', 'a marker leads to the rest'],
  ]),
  ...listed('ministack', 'it does not check the message', [
    ['sns:Publish', 'a subject of more than a hundred characters is refused'],
    ['sns:Publish', 'a subject of two lines is refused'],
    ['sns:Publish', 'an empty message is refused'],
  ]),
  ...listed('ministack', 'it does not know protection from a stop', [
    ['ec2:DescribeInstanceAttribute', 'protection from a stop is told'],
    ['ec2:StopInstances', 'one that is protected is refused'],
  ]),
  ...listed('ministack', 'it does not look at the bounds of the group', [
    ['autoscaling:SetDesiredCapacity', 'more than the maximum is refused'],
    ['autoscaling:SetDesiredCapacity', 'fewer than the minimum is refused'],
  ]),
  ...listed('ministack', 'it does not look at the state of the instance', [
    ['ec2:RebootInstances', 'one that is stopped is refused'],
    ['ec2:StopInstances', 'one that was terminated is refused'],
    ['ec2:StartInstances', 'one that was terminated is refused'],
    ['elasticloadbalancing:RegisterTargets', 'an instance that does not run is refused'],
  ]),
  ...listed('ministack', 'it does not look for a standby', [
    ['rds:RebootDBInstance', 'a failover of one without a standby is refused'],
  ]),
  ...listed('ministack', 'it has no such attribute', [
    [
      'elasticloadbalancing:DescribeTargetGroupAttributes',
      'in cross-zone matters a group does as its load balancer, unless told',
    ],
    ['elasticloadbalancing:DescribeLoadBalancerAttributes', 'an application load balancer serves across zones'],
    ['elasticloadbalancing:DescribeLoadBalancerAttributes', 'a network load balancer keeps to its zones'],
  ]),
  ...listed('ministack', 'it has parameters of Systems Manager only: no documents, no automation', [
    ['ssm:DescribeDocument', 'a document that does not exist is an error'],
    ['ssm:DescribeDocument', 'a runbook tells its type and its parameters'],
    ['ssm:StartAutomationExecution', 'a document that does not exist is an error'],
    ['ssm:StartAutomationExecution', 'a run has an id'],
    ['ssm:StartAutomationExecution', 'a token that was taken before is refused'],
    ['ssm:GetAutomationExecution', 'a run that does not exist is an error'],
    ['ssm:GetAutomationExecution', 'a run ends in success'],
    ['ssm:DescribeAutomationExecutions', 'the runs of a runbook are found by its name'],
    ['ssm:GetCalendarState', 'a calendar that does not exist is an error'],
  ]),
  ...listed('ministack', 'it has no OpsItems', [
    ['ssm:CreateOpsItem', 'an OpsItem has an id'],
    ['ssm:CreateOpsItem', 'one more under the same string for deduplication is refused, and the error names the first'],
    ['ssm:CreateOpsItem', 'one more is created once the first is resolved'],
    ['ssm:UpdateOpsItem', 'an OpsItem that does not exist is an error'],
    ['ssm:DescribeOpsItems', 'an OpsItem is found by its status and its own operational data'],
  ]),
  ...listed('ministack', 'it has no zonal shifts', [
    ['arc-zonal-shift:ListAutoshifts', 'where AWS shifts nothing the list is empty'],
    ['arc-zonal-shift:ListAutoshifts', 'a status that there is not is refused'],
  ]),
  ...listed('ministack', 'it has no mute rules', [
    ['cloudwatch:ListAlarmMuteRules', 'an alarm that nobody mutes has no rules'],
  ]),
  ...listed('ministack', 'it leaves out what is not registered', [
    ['elasticloadbalancing:DescribeTargetHealth', 'a target that is asked for and not registered is told as unused'],
  ]),
  ...listed('ministack', 'it makes up types that it does not know, without disks', [
    ['ec2:DescribeInstanceTypes', 'it is told whether a type has disks of its host'],
  ]),
  ...listed('ministack', 'its answer says rebooting, and the instance stays available', [
    ['rds:RebootDBInstance', 'a second one while it reboots is refused'],
  ]),
  ...listed('ministack', 'its checks are ok in every state', [
    ['ec2:DescribeInstanceStatus', 'one that is stopped is told only when all are asked for, and has no checks'],
  ]),
  ...listed('ministack', 'states change at once: what lies between is never seen', [
    ['ec2:StopInstances', 'it goes through stopping and is stopped'],
    ['ec2:StartInstances', 'it goes through pending and runs'],
    ['elasticloadbalancing:DeregisterTargets', 'the target drains, and then it is gone'],
  ]),
  ...listed('ministack', 'the operation is not known to it', [
    ['autoscaling:SetInstanceHealth', 'a member that is set unhealthy is replaced'],
    ['autoscaling:SetInstanceHealth', 'an instance of no group is refused'],
    ['autoscaling:TerminateInstanceInAutoScalingGroup', 'without a decrement a successor is launched'],
    ['autoscaling:TerminateInstanceInAutoScalingGroup', 'with a decrement the group is smaller'],
    ['autoscaling:TerminateInstanceInAutoScalingGroup', 'a decrement below the minimum is refused'],
    ['autoscaling:TerminateInstanceInAutoScalingGroup', 'an instance of no group is refused'],
  ]),
  ...listed('ministack', 'the operation writes the health as the group does; the API reference has it in capitals', [
    ['autoscaling:DescribeAutoScalingInstances', 'a member tells its group; its health is in capitals here'],
  ]),
  ...listed('ministack', 'what does not exist has an empty answer', [
    ['ec2:DescribeInstanceStatus', 'one that does not exist is an error'],
    ['autoscaling:DescribeScalingActivities', 'a group that does not exist is an error'],
  ]),
  ...listed('moto', 'it answers everything at once, whatever page is asked for', [
    ['cloudwatch:DescribeAlarms', 'a token leads to the rest'],
  ]),
  ...listed('moto', 'it answers with an error of its own (500)', [
    ['autoscaling:SetDesiredCapacity', 'a group that does not exist is an error'],
    ['autoscaling:SetInstanceHealth', 'an instance of no group is refused'],
    ['autoscaling:TerminateInstanceInAutoScalingGroup', 'an instance of no group is refused'],
  ]),
  ...listed('moto', 'it cannot make composite alarms', [
    ['cloudwatch:DescribeAlarms', 'a composite alarm is told when it is asked for'],
    ['cloudwatch:DescribeAlarms', 'a composite alarm is left out when no type is asked for'],
  ]),
  ...listed('moto', 'it does not check the message', [
    ['sns:Publish', 'a subject of two lines is refused'],
    ['sns:Publish', 'an empty message is refused'],
  ]),
  ...listed('moto', 'it does not look at the bounds of the group', [
    ['autoscaling:SetDesiredCapacity', 'more than the maximum is refused'],
    ['autoscaling:SetDesiredCapacity', 'fewer than the minimum is refused'],
    ['autoscaling:TerminateInstanceInAutoScalingGroup', 'a decrement below the minimum is refused'],
  ]),
  ...listed('moto', 'it does not look at the form of an id', [
    ['ec2:DescribeInstances', 'an id that is none is malformed'],
  ]),
  ...listed('moto', 'it does not look at the state of the instance', [
    ['ec2:RebootInstances', 'one that is stopped is refused'],
    ['ec2:StopInstances', 'one that was terminated is refused'],
    ['ec2:StartInstances', 'one that was terminated is refused'],
  ]),
  ...listed('moto', 'it does not look for a standby', [
    ['rds:RebootDBInstance', 'a failover of one without a standby is refused'],
  ]),
  ...listed('moto', 'it ends no member for its health', [
    ['autoscaling:SetInstanceHealth', 'a member that is set unhealthy is replaced'],
  ]),
  ...listed('moto', 'it gives every load balancer the default of a Network Load Balancer', [
    ['elasticloadbalancing:DescribeLoadBalancerAttributes', 'an application load balancer serves across zones'],
  ]),
  ...listed('moto', 'it has no mute rules', [
    ['cloudwatch:ListAlarmMuteRules', 'an alarm that nobody mutes has no rules'],
  ]),
  ...listed('moto', 'it has no OpsItems', [
    ['ssm:CreateOpsItem', 'an OpsItem has an id'],
    ['ssm:CreateOpsItem', 'one more under the same string for deduplication is refused, and the error names the first'],
    ['ssm:CreateOpsItem', 'one more is created once the first is resolved'],
    ['ssm:UpdateOpsItem', 'an OpsItem that does not exist is an error'],
    ['ssm:DescribeOpsItems', 'an OpsItem is found by its status and its own operational data'],
  ]),
  ...listed('moto', 'it has no zonal shifts', [
    ['arc-zonal-shift:ListAutoshifts', 'where AWS shifts nothing the list is empty'],
    ['arc-zonal-shift:ListAutoshifts', 'a status that there is not is refused'],
  ]),
  ...listed('moto', 'it keeps documents, and runs no automation', [
    ['ssm:StartAutomationExecution', 'a document that does not exist is an error'],
    ['ssm:StartAutomationExecution', 'a run has an id'],
    ['ssm:StartAutomationExecution', 'a token that was taken before is refused'],
    ['ssm:GetAutomationExecution', 'a run that does not exist is an error'],
    ['ssm:GetAutomationExecution', 'a run ends in success'],
    ['ssm:DescribeAutomationExecutions', 'the runs of a runbook are found by its name'],
    ['ssm:GetCalendarState', 'a calendar that does not exist is an error'],
  ]),
  ...listed('moto', 'it refuses; the API reference says that it is no error', [
    ['elasticloadbalancing:DeregisterTargets', 'a target that is not registered is no error'],
  ]),
  ...listed('moto', 'its answer says stopping whatever the state is', [
    ['ec2:StopInstances', 'one that is stopped may be stopped again'],
  ]),
  ...listed('moto', 'states change at once: what lies between is never seen', [
    ['elasticloadbalancing:DeregisterTargets', 'the target drains, and then it is gone'],
    ['rds:RebootDBInstance', 'it reboots, and is available again'],
    ['rds:RebootDBInstance', 'a second one while it reboots is refused'],
  ]),
  ...listed('moto', 'the operation is not known to it', [
    ['autoscaling:DescribeInstanceRefreshes', 'a group has none unless one was started'],
  ]),
  ...listed('moto', 'the operation writes the health as the group does; the API reference has it in capitals', [
    ['autoscaling:DescribeAutoScalingInstances', 'a member tells its group; its health is in capitals here'],
  ]),
  ...listed('moto', 'what does not exist has an empty answer', [
    ['autoscaling:DescribeScalingActivities', 'a group that does not exist is an error'],
    ['elasticloadbalancing:DescribeTags', 'a group that does not exist is an error'],
  ]),
];
