import { listed, type Disagreement } from '../disagreement';

export const aboutEmr: readonly Disagreement[] = [
  ...listed('moto', 'it does not tell of what the nodes are, nor whether unhealthy ones are replaced', [
    ['elasticmapreduce:DescribeCluster', 'it tells of what its nodes are, and how they are guarded'],
  ]),
  ...listed('moto', 'it has no managed scaling', [
    ['elasticmapreduce:GetManagedScalingPolicy', 'there is none where nobody has put one'],
    ['elasticmapreduce:PutManagedScalingPolicy', 'the limits are as they were put'],
  ]),
  ...listed('moto', 'it replaces no nodes', [
    ['elasticmapreduce:SetUnhealthyNodeReplacement', 'it is on from then on'],
  ]),
  ...listed('moto', 'it answers nothing for a step that it does not know', [
    ['elasticmapreduce:DescribeStep', 'one that does not exist is told in words'],
  ]),
  ...listed('moto', 'it fails without a word about a cluster that it does not know', [
    ['elasticmapreduce:AddJobFlowSteps', 'a cluster that does not exist is refused'],
  ]),
  ...listed('ministack', 'its times cannot be read', [
    ['elasticmapreduce:DescribeCluster', 'it takes work, and has its tags'],
    ['elasticmapreduce:DescribeCluster', 'it tells of what its nodes are, and how they are guarded'],
    ['elasticmapreduce:ListInstanceGroups', 'its groups have a role, a state and a size'],
    ['elasticmapreduce:ModifyInstanceGroups', 'a group gets the nodes that it is told to have'],
    ['elasticmapreduce:AddJobFlowSteps', 'two steps of one name are two steps'],
    ['elasticmapreduce:ListSteps', 'the newest is the first'],
    ['elasticmapreduce:ListSteps', 'it tells what a step runs'],
    ['elasticmapreduce:DescribeStep', 'it tells what a step runs, in the same words'],
  ]),
  ...listed('ministack', 'it has no managed scaling', [
    ['elasticmapreduce:GetManagedScalingPolicy', 'there is none where nobody has put one'],
    ['elasticmapreduce:PutManagedScalingPolicy', 'the limits are as they were put'],
  ]),
  ...listed('ministack', 'it replaces no nodes', [
    ['elasticmapreduce:SetUnhealthyNodeReplacement', 'it is on from then on'],
  ]),
];
