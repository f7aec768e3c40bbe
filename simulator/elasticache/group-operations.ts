import type {
  IncreaseReplicaCountMessage,
  IncreaseReplicaCountResult,
  ModifyReplicationGroupMessage,
  ModifyReplicationGroupResult,
  ModifyReplicationGroupShardConfigurationMessage,
  ModifyReplicationGroupShardConfigurationResult,
  TestFailoverMessage,
  TestFailoverResult,
} from '@aws-sdk/client-elasticache';
import { Refusal } from '../refusal';
import type { CacheFailover } from './failover';
import { addReplicas, addShards, type CacheGroup, describeGroup } from './group';
import type { CacheInventory } from './inventory';
import { allowedTypes } from './node-type';

const second = 1_000;
const minute = 60 * second;
/** Replicas that a shard may have. */
const mostReplicas = 5;

const known = [
  'ReplicationGroupId',
  'ApplyImmediately',
  'AutomaticFailoverEnabled',
  'MultiAZEnabled',
  'PrimaryClusterId',
  'CacheNodeType',
];

/** Goes through `modifying` to whatever `arrive` makes of it. */
export type Pass = (group: CacheGroup, milliseconds: number, arrive: () => void) => void;

/** The operations that change a replication group. */
export class GroupOperations {
  constructor(
    private readonly inventory: CacheInventory,
    private readonly failover: CacheFailover,
    private readonly pass: Pass,
  ) {}

  modify(input: ModifyReplicationGroupMessage): ModifyReplicationGroupResult {
    const unknown = Object.keys(input).filter((key) => !known.includes(key));
    if (unknown.length > 0 || input.ApplyImmediately !== true) {
      const what = unknown.length > 0 ? unknown.join(', ') : 'changes that wait for the maintenance window';
      throw new Refusal('NotSimulated', `The simulated ModifyReplicationGroup does not know ${what}.`, 501);
    }
    const group = this.#available(input.ReplicationGroupId);
    const { PrimaryClusterId: target, CacheNodeType: type } = input;
    if (target !== undefined) this.failover.promote(group, target);
    else if (type !== undefined) this.#changeType(group, type);
    else this.#guard(group, input);
    return { ReplicationGroup: describeGroup(group) };
  }

  testFailover(input: TestFailoverMessage): TestFailoverResult {
    const group = this.#available(input.ReplicationGroupId);
    this.failover.test(group, input.NodeGroupId ?? '');
    return { ReplicationGroup: describeGroup(group) };
  }

  increaseReplicas(input: IncreaseReplicaCountMessage): IncreaseReplicaCountResult {
    const group = this.#available(input.ReplicationGroupId);
    const wanted = input.NewReplicaCount ?? 0;
    const replicas = Math.max(...group.shards.map(({ nodes }) => nodes.length - 1));
    if (wanted === replicas) throw new Refusal('NoOperationFault', `${group.id} has ${wanted} replicas already.`);
    if (wanted < replicas || wanted > mostReplicas)
      refuse(`NewReplicaCount must be between ${replicas} and ${mostReplicas}`);
    this.pass(group, 8 * minute, () => {
      for (const shard of group.shards) addReplicas(group, shard, wanted);
    });
    return { ReplicationGroup: describeGroup(group) };
  }

  reshard(input: ModifyReplicationGroupShardConfigurationMessage): ModifyReplicationGroupShardConfigurationResult {
    const group = this.#available(input.ReplicationGroupId);
    const wanted = input.NodeGroupCount ?? 0;
    if (!group.clusterMode) {
      throw new Refusal('InvalidParameterCombinationException', `Cluster mode of ${group.id} is disabled.`);
    }
    if (wanted <= group.shards.length) refuse(`NodeGroupCount must be more than ${group.shards.length}`);
    const replicas = (group.shards[0]?.nodes.length ?? 1) - 1;
    this.pass(group, 15 * minute, () => {
      addShards(group, wanted, replicas);
    });
    return { ReplicationGroup: describeGroup(group) };
  }

  #guard(group: CacheGroup, input: ModifyReplicationGroupMessage): void {
    const automaticFailover = input.AutomaticFailoverEnabled ?? group.automaticFailover;
    const multiAz = input.MultiAZEnabled ?? group.multiAz;
    if (multiAz && !automaticFailover) {
      throw new Refusal('InvalidParameterCombinationException', 'Multi-AZ needs automatic failover to be enabled.');
    }
    if (automaticFailover && group.shards.some(({ nodes }) => nodes.length < 2)) {
      throw new Refusal('InvalidParameterCombinationException', 'Automatic failover needs at least one replica.');
    }
    this.pass(group, 50 * second, () => {
      group.automaticFailover = automaticFailover;
      group.multiAz = multiAz;
    });
  }

  #changeType(group: CacheGroup, type: string): void {
    const { up, down } = allowedTypes(group.nodeType);
    if (![...up, ...down].includes(type)) refuse(`${group.nodeType} cannot be changed to ${type}`);
    this.pass(group, 12 * minute, () => {
      group.nodeType = type;
    });
  }

  #available(id: string | undefined): CacheGroup {
    const group = this.inventory.group(id);
    if (group.status === 'available') return group;
    throw new Refusal(
      'InvalidReplicationGroupStateFault',
      `Replication group ${group.id} must be available, and is ${group.status}.`,
    );
  }
}

function refuse(reason: string): never {
  throw new Refusal('InvalidParameterValueException', `${reason}.`);
}
