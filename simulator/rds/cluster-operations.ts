import type {
  FailoverDBClusterMessage,
  FailoverDBClusterResult,
  ModifyDBClusterMessage,
  ModifyDBClusterResult,
} from '@aws-sdk/client-rds';
import { requestedCapacity } from './capacity';
import { describeCluster } from './cluster';
import { promotable } from './failover';
import { invalidState } from './modification';
import type { RdsParts } from './parts';
import { Refusal } from '../refusal';

interface ClusterOperations {
  ModifyDBCluster(input: ModifyDBClusterMessage): ModifyDBClusterResult;
  FailoverDBCluster(input: FailoverDBClusterMessage): FailoverDBClusterResult;
}

/** Operations that change a cluster that there is. */
export function clusterOperations({ account, inventory, failover, changed }: RdsParts): ClusterOperations {
  return {
    ModifyDBCluster: (input) => {
      const cluster = inventory.cluster(input.DBClusterIdentifier);
      refuseUnknown(input);
      if (cluster.status !== 'available') {
        throw new Refusal('InvalidDBClusterStateFault', `DB cluster ${cluster.id} is ${cluster.status}.`);
      }
      const { ServerlessV2ScalingConfiguration: asked } = input;
      if (asked) {
        const before = cluster.capacity ?? { least: 0.5, most: 1 };
        cluster.capacity = requestedCapacity(before, asked);
        // Members grow into a larger range within seconds; what had too little of it gets well.
        if (cluster.capacity.most > before.most && cluster.writer) failover.cureBy(cluster.writer, 'capacity');
        for (const member of cluster.members) changed(member);
      }
      return { DBCluster: describeCluster(cluster, account) };
    },
    FailoverDBCluster: (input) => {
      const cluster = inventory.cluster(input.DBClusterIdentifier);
      const refuse = (why: string): never => {
        throw new Refusal('InvalidDBClusterStateFault', `DB cluster ${cluster.id} can't fail over: ${why}.`);
      };
      if (cluster.status !== 'available') refuse(`its status is ${cluster.status}`);
      if (cluster.globalSecondary) refuse('it is a secondary of a global database');
      const target = input.TargetDBInstanceIdentifier;
      if (target !== undefined && cluster.engine === 'mysql') {
        throw new Refusal(
          'InvalidParameterCombination',
          'A Multi-AZ DB cluster of RDS for MySQL takes no failover target.',
        );
      }
      if (!promotable(cluster)) refuse('it has no reader that is available');
      const member = inventory.failoverTarget(cluster, target);
      if (member === cluster.writer) refuse(`${member.id} is its writer`);
      if (member.status !== 'available') throw invalidState(member, `its status is ${member.status}`);
      failover.failOverCluster(cluster, member);
      return { DBCluster: describeCluster(cluster, account) };
    },
  };
}

/** Settings that the simulated ModifyDBCluster knows: those of Serverless v2. */
const known = ['DBClusterIdentifier', 'ServerlessV2ScalingConfiguration', 'ApplyImmediately'];

function refuseUnknown(input: ModifyDBClusterMessage): void {
  const unknown = Object.keys(input).filter((key) => !known.includes(key));
  if (unknown.length === 0) return;
  throw new Refusal('NotSimulated', `The simulated ModifyDBCluster does not know ${unknown.join(', ')}.`, 501);
}
