import { listed, type Disagreement } from './disagreement';
import { aboutRdsCreation } from './disagreements/rds-creation';
import { aboutVolumesAndCommands } from './disagreements/volumes-and-commands';

/**
 * What is known. The simulated account sides with AWS in each: by the API reference, or by what AWS is seen to do. A row that no
 * longer holds fails `npm run test:emulators`.
 */
export const disagreements: readonly Disagreement[] = [
  ...aboutRdsCreation,
  ...aboutVolumesAndCommands,
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
    ['arc-zonal-shift:GetManagedResource', 'every zone of a load balancer gets traffic while nothing is shifted'],
    ['arc-zonal-shift:GetManagedResource', 'a load balancer that is not managed is an error'],
    ['arc-zonal-shift:StartZonalShift', 'the zone gets no traffic, and the shift is told with its comment'],
    ['arc-zonal-shift:StartZonalShift', 'a second shift of the same load balancer is refused'],
    [
      'arc-zonal-shift:StartZonalShift',
      'more than three days, and a zone that the load balancer is not in, are refused',
    ],
    ['arc-zonal-shift:CancelZonalShift', 'the zone gets traffic again, and there is nothing to cancel any more'],
    ['arc-zonal-shift:CancelZonalShift', 'a shift that there is not is an error'],
  ]),
  ...listed('ministack', 'it has no classic load balancers', [
    [
      'elasticloadbalancing:DescribeInstanceHealth',
      'an instance that passes its checks is in service, and nobody is at fault',
    ],
    ['elasticloadbalancing:DescribeInstanceHealth', 'a load balancer that does not exist is an error'],
    [
      'elasticloadbalancing:DescribeTags',
      'a classic load balancer is asked for by its name, and has an empty list without tags',
    ],
    ['elasticloadbalancing:DescribeTags', 'a classic load balancer that does not exist is an error'],
    ['elasticloadbalancing:DeregisterInstancesFromLoadBalancer', 'the instance is gone from the load balancer'],
    ['elasticloadbalancing:DeregisterInstancesFromLoadBalancer', 'a load balancer that does not exist is an error'],
    [
      'elasticloadbalancing:RegisterInstancesWithLoadBalancer',
      'an instance that was deregistered comes back, and is in service after its checks',
    ],
    ['elasticloadbalancing:RegisterInstancesWithLoadBalancer', 'an instance that does not exist is refused'],
  ]),
  ...listed('moto', 'it knows global databases, and nothing that moves their primary', [
    ['rds:SwitchoverGlobalCluster', 'one that does not exist is an error'],
    ['rds:SwitchoverGlobalCluster', 'a cluster that is no part of it is an error'],
    ['rds:FailoverGlobalCluster', 'one that does not exist is an error'],
  ]),
  ...listed('moto', 'it falls over a cluster that it does not have', [
    ['rds:ModifyDBCluster', 'one that does not exist is an error'],
  ]),
  ...listed('moto', 'it lets storage shrink', [['rds:ModifyDBInstance', 'less storage than there is is refused']]),
  ...listed('ministack', 'it lets storage shrink', [['rds:ModifyDBInstance', 'less storage than there is is refused']]),
  ...listed('ministack', 'it starts what runs', [['rds:StartDBInstance', 'one that runs is refused']]),
  ...listed('ministack', 'an index that is on demand keeps its units; the API reference has nought', [
    ['dynamodb:UpdateTable', 'a table that is switched to on-demand has no units'],
  ]),
  ...listed('ministack', 'a table that does not exist has the error of other operations', [
    ['dynamodb:DescribeContinuousBackups', 'one that does not exist is an error'],
  ]),
  ...listed('ministack', 'it does not look whether a table can be restored, nor keeps where it came from', [
    ['dynamodb:RestoreTableToPointInTime', 'a table that cannot be restored is an error'],
    [
      'dynamodb:RestoreTableToPointInTime',
      'the new table tells where it came from, and a second of its name is an error',
    ],
  ]),
  ...listed('ministack', 'it has no auto scaling of global tables', [
    ['dynamodb:DescribeTableReplicaAutoScaling', 'one that does not exist is an error'],
    ['dynamodb:UpdateTableReplicaAutoScaling', 'one that does not exist is an error'],
  ]),
  ...listed('ministack', 'it has no Application Auto Scaling', [
    ['application-autoscaling:DescribeScalableTargets', 'what nobody scales is left out'],
    [
      'application-autoscaling:RegisterScalableTarget',
      'of one that there is only the maximum is changed, if only that is named',
    ],
    ['application-autoscaling:RegisterScalableTarget', 'a new one without a maximum is refused'],
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
    ['autoscaling:RollbackInstanceRefresh', 'without a refresh under way there is nothing to roll back'],
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
  ...listed('ministack', 'the operation writes the health as the group does; the API reference has it in capitals', [
    ['autoscaling:DescribeAutoScalingInstances', 'a member tells its group; its health is in capitals here'],
  ]),
  ...listed('ministack', 'what does not exist has an empty answer', [
    ['ec2:DescribeInstanceStatus', 'one that does not exist is an error'],
    ['autoscaling:DescribeScalingActivities', 'a group that does not exist is an error'],
  ]),
  ...listed('moto', 'a table that is on demand keeps its units; the API reference has nought', [
    ['dynamodb:UpdateTable', 'a table that is switched to on-demand has no units'],
  ]),
  ...listed('moto', 'it does not compare with the units that the table has', [
    ['dynamodb:UpdateTable', 'the units that it has are refused'],
  ]),
  ...listed('moto', 'it has no ceiling of what is on demand', [
    ['dynamodb:UpdateTable', 'a table on demand gets a ceiling, and a higher one'],
  ]),
  ...listed('moto', 'it does not look whether a table can be restored', [
    ['dynamodb:RestoreTableToPointInTime', 'a table that cannot be restored is an error'],
  ]),
  ...listed('moto', 'it has no auto scaling of global tables, and answers with a page of HTML', [
    ['dynamodb:DescribeTableReplicaAutoScaling', 'one that does not exist is an error'],
    ['dynamodb:UpdateTableReplicaAutoScaling', 'one that does not exist is an error'],
  ]),
  ...listed('moto', 'it registers a new target without its bounds', [
    ['application-autoscaling:RegisterScalableTarget', 'a new one without a maximum is refused'],
  ]),
  ...listed('moto', 'it answers everything at once, whatever page is asked for', [
    ['cloudwatch:DescribeAlarms', 'a token leads to the rest'],
  ]),
  ...listed('moto', 'it answers with an error of its own (500)', [
    ['autoscaling:SetDesiredCapacity', 'a group that does not exist is an error'],
    ['autoscaling:SetInstanceHealth', 'an instance of no group is refused'],
    ['autoscaling:TerminateInstanceInAutoScalingGroup', 'an instance of no group is refused'],
    ['elasticloadbalancing:DeregisterInstancesFromLoadBalancer', 'a load balancer that does not exist is an error'],
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
  ...listed('moto', 'it does not look whether the instance exists', [
    ['autoscaling:EnterStandby', 'an instance that is no member is refused'],
    ['elasticloadbalancing:RegisterInstancesWithLoadBalancer', 'an instance that does not exist is refused'],
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
    ['arc-zonal-shift:GetManagedResource', 'every zone of a load balancer gets traffic while nothing is shifted'],
    ['arc-zonal-shift:GetManagedResource', 'a load balancer that is not managed is an error'],
    ['arc-zonal-shift:StartZonalShift', 'the zone gets no traffic, and the shift is told with its comment'],
    ['arc-zonal-shift:StartZonalShift', 'a second shift of the same load balancer is refused'],
    [
      'arc-zonal-shift:StartZonalShift',
      'more than three days, and a zone that the load balancer is not in, are refused',
    ],
    ['arc-zonal-shift:CancelZonalShift', 'the zone gets traffic again, and there is nothing to cancel any more'],
    ['arc-zonal-shift:CancelZonalShift', 'a shift that there is not is an error'],
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
    ['autoscaling:RollbackInstanceRefresh', 'without a refresh under way there is nothing to roll back'],
    ['autoscaling:CancelInstanceRefresh', 'without a refresh under way there is nothing to cancel'],
    ['autoscaling:DescribeInstanceRefreshes', 'a group has none unless one was started'],
  ]),
  ...listed('moto', 'the operation writes the health as the group does; the API reference has it in capitals', [
    ['autoscaling:DescribeAutoScalingInstances', 'a member tells its group; its health is in capitals here'],
  ]),
  ...listed('moto', 'what does not exist has an empty answer', [
    ['autoscaling:DescribeScalingActivities', 'a group that does not exist is an error'],
    ['elasticloadbalancing:DescribeTags', 'a group that does not exist is an error'],
  ]),
  ...listed('moto', 'it has no such operation', [
    ['elasticache:DescribeServerlessCaches', 'the limit on its storage is there'],
    ['elasticache:DescribeServerlessCaches', 'one that does not exist is an error'],
    ['elasticache:DescribeEvents', 'an id without its type is refused'],
    ['elasticache:ListAllowedNodeTypeModifications', 'larger types are told apart from smaller ones'],
    ['elasticache:ModifyReplicationGroupShardConfiguration', 'a group with cluster mode gets another shard'],
    ['elasticache:IncreaseReplicaCount', 'a replica more is a member more'],
    ['elasticache:TestFailover', 'a shard that does not exist is an error'],
    ['elasticache:RebootCacheCluster', 'a restart of one node is taken'],
    ['elasticache:RebootCacheCluster', 'one that does not exist is an error'],
    ['elasticache:ModifyCacheCluster', 'Memcached gets another node'],
    ['elasticache:ModifyServerlessCache', 'a limit is raised'],
  ]),
  ...listed('moto', 'it shows the primary of a replication group only, and its nodes as no clusters', [
    ['elasticache:DescribeReplicationGroups', 'what we read of one is there'],
    ['elasticache:DescribeCacheClusters', 'each node of a group is one, and names the group'],
    ['elasticache:ListTagsForResource', 'a node of a group has the tags of the group'],
    ['elasticache:ModifyReplicationGroup', 'with automatic failover off a replica comes to be the primary'],
  ]),
  ...listed('moto', 'it does not show the nodes of a cluster', [
    ['elasticache:DescribeCacheClusters', 'the nodes of Memcached are shown to who asks for them'],
  ]),
  ...listed('moto', 'it does not look at automatic failover', [
    ['elasticache:ModifyReplicationGroup', 'a primary is not taken by name while automatic failover is on'],
  ]),
  ...listed('ministack', 'it has no such operation', [
    ['elasticache:ListAllowedNodeTypeModifications', 'larger types are told apart from smaller ones'],
    ['elasticache:ModifyReplicationGroupShardConfiguration', 'a group with cluster mode gets another shard'],
    ['elasticache:TestFailover', 'a shard that does not exist is an error'],
  ]),
  ...listed(
    'ministack',
    'it names the nodes of a group without cluster mode after a shard, and shows them as no clusters',
    [
      ['elasticache:DescribeReplicationGroups', 'what we read of one is there'],
      ['elasticache:DescribeCacheClusters', 'each node of a group is one, and names the group'],
      ['elasticache:ListTagsForResource', 'a node of a group has the tags of the group'],
    ],
  ),
  ...listed('ministack', 'it keeps the primary, and the members, that a group was made with', [
    ['elasticache:ModifyReplicationGroup', 'with automatic failover off a replica comes to be the primary'],
    ['elasticache:IncreaseReplicaCount', 'a replica more is a member more'],
  ]),
  ...listed('ministack', 'it does not look at automatic failover', [
    ['elasticache:ModifyReplicationGroup', 'a primary is not taken by name while automatic failover is on'],
  ]),
  ...listed('ministack', 'it answers with the events of every type', [
    ['elasticache:DescribeEvents', 'an id without its type is refused'],
  ]),
];
