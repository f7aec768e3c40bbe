import { arn, texts, type Arns } from './resource';

const cluster: Arns = ({ ClusterId, JobFlowId, JobFlowIds }) =>
  [...texts(ClusterId), ...texts(JobFlowId), ...texts(JobFlowIds)].map((id) =>
    arn('elasticmapreduce', `cluster/${id}`),
  );

/** What AWS asks IAM about for each of its operations: a cluster, also where it is about a group or a step of it. */
export const resources: Readonly<Record<string, Arns>> = {
  'elasticmapreduce:AddJobFlowSteps': cluster,
  'elasticmapreduce:DescribeCluster': cluster,
  'elasticmapreduce:DescribeStep': cluster,
  'elasticmapreduce:GetManagedScalingPolicy': cluster,
  'elasticmapreduce:ListInstanceGroups': cluster,
  'elasticmapreduce:ListSteps': cluster,
  'elasticmapreduce:ModifyInstanceGroups': cluster,
  'elasticmapreduce:PutManagedScalingPolicy': cluster,
  'elasticmapreduce:SetUnhealthyNodeReplacement': cluster,
};
