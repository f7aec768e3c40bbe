import type * as sdk from '@aws-sdk/client-emr';
import type { Cluster, Group, Step } from './cluster';

/** As DescribeCluster shows it. */
export function clusterAnswer(cluster: Cluster, zone: string | undefined): sdk.Cluster {
  return {
    Id: cluster.id,
    Name: cluster.name,
    ClusterArn: cluster.arn,
    Status: { State: cluster.state },
    InstanceCollectionType: cluster.fleets ? 'INSTANCE_FLEET' : 'INSTANCE_GROUP',
    TerminationProtected: cluster.terminationProtected,
    UnhealthyNodeReplacement: cluster.replacesUnhealthyNodes,
    AutoTerminate: false,
    Ec2InstanceAttributes: {
      ...(cluster.subnet !== undefined && { Ec2SubnetId: cluster.subnet }),
      ...(zone !== undefined && { Ec2AvailabilityZone: zone }),
    },
    Tags: Object.entries(cluster.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

/** As ListInstanceGroups shows it. */
export function groupAnswer({ id, role, state, requested, running, scaled }: Group): sdk.InstanceGroup {
  return {
    Id: id,
    InstanceGroupType: role,
    Market: 'ON_DEMAND',
    InstanceType: 'm7g.xlarge',
    RequestedInstanceCount: requested,
    RunningInstanceCount: running,
    Status: { State: state },
    ...(scaled && { AutoScalingPolicy: { Status: { State: 'ATTACHED' } } }),
  };
}

/** As DescribeStep shows it, and ListSteps, which leaves the role out. */
export function stepAnswer({ id, name, actionOnFailure, config, role, state }: Step): sdk.Step {
  return {
    Id: id,
    Name: name,
    Config: config,
    ActionOnFailure: actionOnFailure as sdk.ActionOnFailure,
    Status: { State: state, ...(state === 'FAILED' && { FailureDetails: { Reason: 'Unknown Error.' } }) },
    ...(role !== undefined && { ExecutionRoleArn: role }),
  };
}
