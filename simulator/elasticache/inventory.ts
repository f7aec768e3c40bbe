import type {
  CacheClusterMessage,
  DescribeCacheClustersMessage,
  DescribeReplicationGroupsMessage,
  DescribeServerlessCachesRequest,
  DescribeServerlessCachesResponse,
  ReplicationGroupMessage,
} from '@aws-sdk/client-elasticache';
import type { Dimensions } from '../cloudwatch/metric';
import { page, recordsOf } from '../page';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';
import { type Cluster, clusterValue, describeCluster } from './cluster';
import { type CacheGroup, describeGroup, describeNode, type GroupNode, nodeValue, type Shard } from './group';
import { describeServerless, type Serverless, serverlessValue } from './serverless';

/** A node of a replication group, with where it stands. */
export interface PlacedNode {
  readonly group: CacheGroup;
  readonly shard: Shard;
  readonly node: GroupNode;
}

/** What ElastiCache holds in one account, and what its Describe operations and its metrics show of that. */
export class CacheInventory {
  readonly groups = new Map<string, CacheGroup>();
  readonly clusters = new Map<string, Cluster>();
  readonly serverless = new Map<string, Serverless>();

  constructor(private readonly account: SimulatedAccount) {}

  group(id: string | undefined): CacheGroup {
    const found = this.groups.get((id ?? '').toLowerCase());
    if (!found) throw new Refusal('ReplicationGroupNotFoundFault', `ReplicationGroup ${id ?? ''} not found.`, 404);
    return found;
  }

  /** A cluster of its own, or a node of a replication group. */
  cluster(id: string | undefined): Cluster | PlacedNode {
    const wanted = (id ?? '').toLowerCase();
    const found = this.clusters.get(wanted) ?? this.node(wanted);
    if (!found) throw new Refusal('CacheClusterNotFoundFault', `CacheCluster not found: ${id ?? ''}`, 404);
    return found;
  }

  cache(name: string | undefined): Serverless {
    const found = this.serverless.get((name ?? '').toLowerCase());
    if (!found) throw new Refusal('ServerlessCacheNotFoundFault', `ServerlessCache ${name ?? ''} not found.`, 404);
    return found;
  }

  /** The node of a replication group of that id. */
  node(id: string): PlacedNode | undefined {
    for (const group of this.groups.values()) {
      for (const shard of group.shards) {
        const node = shard.nodes.find((one) => one.id === id);
        if (node) return { group, shard, node };
      }
    }
    return undefined;
  }

  holds(id: string): boolean {
    return this.groups.has(id) || this.clusters.has(id) || this.serverless.has(id) || this.node(id) !== undefined;
  }

  describeGroups(input: DescribeReplicationGroupsMessage): ReplicationGroupMessage {
    const asked = input.ReplicationGroupId;
    const found = asked === undefined ? [...this.groups.values()] : [this.group(asked)];
    const { items, next } = recordsOf(this.account, found, input, 'InvalidParameterValueException');
    return { ReplicationGroups: items.map(describeGroup), ...next };
  }

  describeClusters(input: DescribeCacheClustersMessage): CacheClusterMessage {
    const asked = input.CacheClusterId;
    const nodes = [...this.groups.values()].flatMap((group) =>
      group.shards.flatMap((shard) => shard.nodes.map((node) => ({ group, shard, node }))),
    );
    const found = asked === undefined ? [...nodes, ...this.clusters.values()] : [this.cluster(asked)];
    const { items, next } = recordsOf(this.account, found, input, 'InvalidParameterValueException');
    const shown = items.map((item) =>
      'node' in item ? describeNode(this.account, item.group, item.node) : describeCluster(item),
    );
    const withNodes = input.ShowCacheNodeInfo === true;
    return { CacheClusters: shown.map((one) => (withNodes ? one : { ...one, CacheNodes: undefined })), ...next };
  }

  describeServerless(input: DescribeServerlessCachesRequest): DescribeServerlessCachesResponse {
    const asked = input.ServerlessCacheName;
    const found = asked === undefined ? [...this.serverless.values()] : [this.cache(asked)];
    const limit = Math.min(input.MaxResults ?? 50, this.account.pageSize);
    const { items, next } = page(found, limit, input.NextToken, 'InvalidParameterValueException');
    return { ServerlessCaches: items.map(describeServerless), ...(next !== undefined && { NextToken: next }) };
  }

  /** Tags by ARN. A node of a replication group has those of its group. */
  tags(arn: string): Readonly<Record<string, string>> {
    const [, , , , , type, id = ''] = arn.split(':');
    if (type === 'replicationgroup') return this.group(id).tags;
    if (type === 'serverlesscache') return this.cache(id).tags;
    if (type !== 'cluster') throw new Refusal('InvalidARNFault', `${arn} is not the ARN of a cache.`);
    const found = this.cluster(id);
    return 'node' in found ? found.group.tags : found.tags;
  }

  /** A metric of AWS/ElastiCache now; undefined when it has no data. Serverless caches have a dimension of their own. */
  metric(name: string, { CacheClusterId, CacheNodeId, clusterId }: Dimensions): number | undefined {
    if (clusterId !== undefined) {
      const cache = this.serverless.get(clusterId);
      return cache && serverlessValue(cache, name);
    }
    const cluster = this.clusters.get(CacheClusterId ?? '');
    if (cluster) return clusterValue(cluster, name, CacheNodeId);
    const placed = this.node(CacheClusterId ?? '');
    const isItsNode = CacheNodeId === undefined || CacheNodeId === '0001';
    return placed && isItsNode ? nodeValue(placed.group, placed.shard, placed.node, name) : undefined;
  }
}
