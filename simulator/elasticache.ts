import type * as sdk from '@aws-sdk/client-elasticache';
import { clusterFrom, type Cluster, type CacheClusterDescription } from './elasticache/cluster';
import { ClusterOperations } from './elasticache/cluster-operations';
import { CacheEvents } from './elasticache/events';
import { CacheFailover } from './elasticache/failover';
import { groupFrom, type CacheGroup, type CacheGroupDescription } from './elasticache/group';
import { GroupOperations } from './elasticache/group-operations';
import type { CacheHappening } from './elasticache/happening';
import { CacheInventory } from './elasticache/inventory';
import { allowedTypes } from './elasticache/node-type';
import { describeServerless, serverlessFrom, type ServerlessDescription } from './elasticache/serverless';
import { cacheSicknessSchema, type CacheSicknessDescription } from './elasticache/sickness';
import { CacheSnapshots } from './elasticache/snapshots';
import { Refusal } from './refusal';
import type { SimulatedAccount } from './world';

const minute = 60_000;

/** ElastiCache of one account: replication groups, clusters of their own, and serverless caches. */
export class ElastiCache {
  readonly #inventory: CacheInventory;
  readonly #events: CacheEvents;
  readonly #failover: CacheFailover;
  readonly #groups: GroupOperations;
  readonly #clusters: ClusterOperations;
  readonly #snapshots: CacheSnapshots;

  constructor(private readonly account: SimulatedAccount) {
    const pass = (group: CacheGroup, milliseconds: number, arrive: () => void): void => {
      this.#pass(group, 'modifying', milliseconds, arrive);
    };
    this.#inventory = new CacheInventory(account);
    this.#events = new CacheEvents(account);
    this.#failover = new CacheFailover(account, this.#events, pass);
    this.#groups = new GroupOperations(this.#inventory, this.#failover, pass);
    this.#clusters = new ClusterOperations(account, this.#inventory, this.#events, (...passing) => {
      this.#pass(...passing);
    });
    this.#snapshots = new CacheSnapshots(account, this.#inventory, (...passing) => {
      this.#pass(...passing);
    });
    account.services.cloudwatch.provide('AWS/ElastiCache', (name, dimensions) =>
      this.#inventory.metric(name, dimensions),
    );
  }

  readonly operations = {
    DescribeReplicationGroups: (input: sdk.DescribeReplicationGroupsMessage): sdk.ReplicationGroupMessage =>
      this.#inventory.describeGroups(input),
    DescribeCacheClusters: (input: sdk.DescribeCacheClustersMessage): sdk.CacheClusterMessage =>
      this.#inventory.describeClusters(input),
    DescribeServerlessCaches: (input: sdk.DescribeServerlessCachesRequest): sdk.DescribeServerlessCachesResponse =>
      this.#inventory.describeServerless(input),
    DescribeEvents: (input: sdk.DescribeEventsMessage): sdk.EventsMessage => this.#events.describe(input),
    ListTagsForResource: (input: sdk.ListTagsForResourceMessage): sdk.TagListMessage => ({
      TagList: Object.entries(this.#inventory.tags(input.ResourceName ?? '')).map(([Key, Value]) => ({ Key, Value })),
    }),
    ListAllowedNodeTypeModifications: (
      input: sdk.ListAllowedNodeTypeModificationsMessage,
    ): sdk.AllowedNodeTypeModificationsMessage => {
      const { up, down } = allowedTypes(this.#inventory.group(input.ReplicationGroupId).nodeType);
      return { ScaleUpModifications: up, ScaleDownModifications: down };
    },
    ModifyReplicationGroup: (input: sdk.ModifyReplicationGroupMessage): sdk.ModifyReplicationGroupResult =>
      this.#groups.modify(input),
    ModifyReplicationGroupShardConfiguration: (
      input: sdk.ModifyReplicationGroupShardConfigurationMessage,
    ): sdk.ModifyReplicationGroupShardConfigurationResult => this.#groups.reshard(input),
    IncreaseReplicaCount: (input: sdk.IncreaseReplicaCountMessage): sdk.IncreaseReplicaCountResult =>
      this.#groups.increaseReplicas(input),
    TestFailover: (input: sdk.TestFailoverMessage): sdk.TestFailoverResult => this.#groups.testFailover(input),
    ModifyCacheCluster: (input: sdk.ModifyCacheClusterMessage): sdk.ModifyCacheClusterResult =>
      this.#clusters.modify(input),
    RebootCacheCluster: (input: sdk.RebootCacheClusterMessage): sdk.RebootCacheClusterResult =>
      this.#clusters.reboot(input),
    CreateSnapshot: (input: sdk.CreateSnapshotMessage): sdk.CreateSnapshotResult => this.#snapshots.create(input),
    DescribeSnapshots: (input: sdk.DescribeSnapshotsMessage): sdk.DescribeSnapshotsListMessage =>
      this.#snapshots.describe(input),
    ModifyServerlessCache: (input: sdk.ModifyServerlessCacheRequest): sdk.ModifyServerlessCacheResponse =>
      this.#limitServerless(input),
  };

  /** Adds a replication group, or replaces the one of that id. */
  addGroup(description: CacheGroupDescription): void {
    const group = groupFrom(this.account, description);
    this.#inventory.groups.set(group.id, group);
    this.#changed();
  }

  /** Adds a cluster that is in no replication group, or replaces the one of that id. */
  addCluster(description: CacheClusterDescription): void {
    const cluster = clusterFrom(this.account, description);
    this.#inventory.clusters.set(cluster.id, cluster);
    this.#changed();
  }

  /** Adds a serverless cache, or replaces the one of that name. */
  addServerless(description: ServerlessDescription): void {
    const cache = serverlessFrom(this.account, description);
    this.#inventory.serverless.set(cache.name, cache);
    this.#changed();
  }

  /** Whether there is a cache, or a node of a replication group, of that id. */
  holds(id: string): boolean {
    return this.#inventory.holds(id);
  }

  /** Whether a node of it is sick: of a replication group the first primary is looked at. */
  isSick(id: string): boolean {
    const cluster = this.#inventory.clusters.get(id);
    const nodes = cluster ? cluster.nodes : [this.#sickable(id, '0001')];
    return nodes.some(({ sick }) => sick !== undefined);
  }

  /** Makes a node sick: of a replication group by its id, or by the group's, whose first primary is meant; of a cluster `node`. */
  sicken(id: string, sickness: CacheSicknessDescription = { kind: 'host' }, node = '0001'): void {
    const found = this.#sickable(id, node);
    found.sick = cacheSicknessSchema.parse(sickness);
    this.#changed();
  }

  /** Makes it well again, whatever ailed it. */
  cure(id: string, node = '0001'): void {
    this.#sickable(id, node).sick = undefined;
    this.#changed();
  }

  /** Sets what a cache is asked to do, in the unit of its description. */
  setLoad(id: string, load: number): void {
    const cache = this.#inventory.serverless.get(id);
    if (cache) cache.ecpuPerSecond = load;
    else this.#burdened(id).load = load;
    this.#changed();
  }

  /** Sets what a cache is asked to hold, in the unit of its description. */
  setData(id: string, size: number): void {
    const cache = this.#inventory.serverless.get(id);
    if (cache) cache.dataGB = size;
    else this.#burdened(id).dataGiB = size;
    this.#changed();
  }

  /** ElastiCache is at work on it, for that many minutes: it takes a snapshot, say. */
  putToWork(id: string, status: string, minutes: number): void {
    const { groups, clusters } = this.#inventory;
    const own = this.#inventory.node(id)?.node ?? groups.get(id) ?? clusters.get(id);
    this.#pass(own ?? this.#inventory.cache(id), status, minutes * minute, () => undefined);
  }

  /** ElastiCache fails the first shard over by itself. */
  failOver(id: string): void {
    const group = this.#inventory.group(id);
    const [shard] = group.shards;
    if (shard) this.#failover.byItself(group, shard);
  }

  /** Sends the event by which ElastiCache says that one slot of the keys of a serverless cache is nearly full. */
  fillSlot(name: string, percent: number): void {
    const text = `Slot 10 is using more than ${percent}% of the per-slot limit of 32 GB.`;
    this.#events.send(this.#inventory.cache(name), 'Cache Limit Approaching', 'notification', text);
  }

  /** Lets it come about. */
  befall(happening: CacheHappening): void {
    if ('sicken' in happening) this.sicken(happening.sicken, happening.sick, happening.node);
    else if ('load' in happening) this.setLoad(happening.load, happening.is);
    else if ('data' in happening) this.setData(happening.data, happening.is);
    else this.fillSlot(happening.fillSlot, happening.percent);
  }

  #limitServerless(input: sdk.ModifyServerlessCacheRequest): sdk.ModifyServerlessCacheResponse {
    const cache = this.#inventory.cache(input.ServerlessCacheName);
    if (cache.status !== 'available') {
      throw new Refusal('InvalidServerlessCacheStateFault', `${cache.name} is ${cache.status}.`);
    }
    const { DataStorage, ECPUPerSecond } = input.CacheUsageLimits ?? {};
    this.#pass(cache, 'modifying', minute, () => {
      cache.maxStorageGB = DataStorage?.Maximum ?? cache.maxStorageGB;
      cache.maxEcpuPerSecond = ECPUPerSecond?.Maximum ?? cache.maxEcpuPerSecond;
      const text = `Limits updated for the cache ${cache.name}.`;
      this.#events.send(cache, 'Cache Updated', 'configuration change', text);
    });
    return { ServerlessCache: describeServerless(cache) };
  }

  #pass(changing: { status: string }, status: string, milliseconds: number, arrive: () => void): void {
    changing.status = status;
    this.#changed();
    this.account.clock.after(milliseconds, () => {
      arrive();
      changing.status = 'available';
      this.#changed();
    });
  }

  #sickable(id: string, node: string): { sick: ReturnType<typeof cacheSicknessSchema.parse> | undefined } {
    const primary = this.#inventory.groups.get(id)?.shards[0]?.primary;
    const found = primary ?? this.#inventory.cluster(id);
    if (!('nodes' in found)) return 'node' in found ? found.node : found;
    const own = found.nodes.find((one) => one.id === node);
    if (!own) throw new Error(`${id} has no node ${node}.`);
    return own;
  }

  #burdened(id: string): CacheGroup | Cluster {
    const found = this.#inventory.groups.get(id) ?? this.#inventory.clusters.get(id);
    if (!found) throw new Error(`There is no cache ${id}.`);
    return found;
  }

  #changed(): void {
    this.account.services.cloudwatch.changed('AWS/ElastiCache');
  }
}
