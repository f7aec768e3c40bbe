import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';
import type { CacheEvents } from './events';
import type { CacheGroup, GroupNode, Shard } from './group';
import type { Pass } from './group-operations';

const second = 1_000;
const minute = 60 * second;
/** Until ElastiCache has replaced the node that a failover left behind. */
const replacement = 10 * minute;
const day = 24 * 60 * minute;
/** Shards that may be failed over by TestFailover in any 24 hours. */
const testsPerDay = 15;

/** Moves the role of primary within the shards of one account's replication groups. */
export class CacheFailover {
  readonly #tests: number[] = [];

  constructor(
    private readonly account: SimulatedAccount,
    private readonly events: CacheEvents,
    private readonly pass: Pass,
  ) {}

  /** What ModifyReplicationGroup does with PrimaryClusterId. */
  promote(group: CacheGroup, target: string): void {
    const [shard, ...more] = group.shards;
    const node = shard?.nodes.find(({ id }) => id === target.toLowerCase());
    if (!shard || more.length > 0) {
      throw new Refusal('InvalidParameterCombinationException', `${group.id} has more than one primary.`);
    }
    if (!node) throw new Refusal('CacheClusterNotFoundFault', `CacheCluster not found: ${target}`, 404);
    if (group.automaticFailover) {
      throw new Refusal(
        'InvalidReplicationGroupStateFault',
        'Cannot manually promote a new master cache cluster while autofailover is enabled',
      );
    }
    this.pass(group, 50 * second, () => {
      this.#move(group, shard, node);
    });
  }

  /** What TestFailover does: ElastiCache picks the replica, and then makes the node anew that it left. */
  test(group: CacheGroup, shardId: string): void {
    const shard = group.shards.find(({ id }) => id === shardId);
    if (!shard) throw new Refusal('NodeGroupNotFoundFault', `NodeGroup ${shardId} not found.`, 404);
    const now = this.account.clock.now();
    if (this.#tests.filter((at) => at > now - day).length >= testsPerDay) {
      throw new Refusal('APICallRateForCustomerExceededFault', 'TestFailover was called for too many shards.');
    }
    const target = this.#nextInLine(shard);
    if (!group.automaticFailover || !target) {
      throw new Refusal('TestFailoverNotAvailableFault', 'TestFailover needs automatic failover and a replica.');
    }
    this.#tests.push(now);
    this.events.tell('replication-group', group.id, `Test Failover API called for node group ${shardId}`);
    this.#failOver(group, shard, target);
  }

  /** ElastiCache fails the shard over by itself. */
  byItself(group: CacheGroup, shard: Shard): void {
    const target = this.#nextInLine(shard);
    if (target) this.#failOver(group, shard, target);
  }

  #failOver(group: CacheGroup, shard: Shard, target: GroupNode): void {
    const left = shard.primary;
    this.account.clock.after(minute, () => {
      this.#move(group, shard, target);
    });
    this.account.clock.after(2 * minute, () => {
      this.events.tell('cache-cluster', left.id, 'Recovering cache nodes 0001');
    });
    this.pass(group, replacement, () => {
      left.sick = undefined;
      this.events.tell('cache-cluster', left.id, 'Finished recovery for cache nodes 0001');
    });
  }

  #nextInLine(shard: Shard): GroupNode | undefined {
    return shard.nodes
      .filter((node) => node !== shard.primary && node.status === 'available')
      .sort((a, b) => a.lagSeconds - b.lagSeconds)[0];
  }

  #move(group: CacheGroup, shard: Shard, target: GroupNode): void {
    const left = shard.primary;
    shard.primary = target;
    const message = `Failover from primary node ${left.id} to replica node ${target.id} completed`;
    this.events.tell('cache-cluster', left.id, message);
    this.events.tell('replication-group', group.id, message);
    this.account.services.cloudwatch.changed('AWS/ElastiCache', { CacheClusterId: target.id });
    this.account.services.cloudwatch.changed('AWS/ElastiCache', { CacheClusterId: left.id });
    const { sick } = left;
    if (!sick) return;
    if (sick.curedBy.includes('failover')) {
      this.account.clock.after(replacement, () => {
        if (left.sick === sick) left.sick = undefined;
      });
      return;
    }
    // What no failover cures follows the role.
    target.sick = sick;
    left.sick = undefined;
  }
}
