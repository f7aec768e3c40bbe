import type {
  ModifyCacheClusterMessage,
  ModifyCacheClusterResult,
  RebootCacheClusterMessage,
  RebootCacheClusterResult,
} from '@aws-sdk/client-elasticache';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';
import { addNodes, describeCluster } from './cluster';
import type { CacheEvents } from './events';
import { describeNode } from './group';
import type { CacheInventory } from './inventory';
import type { CacheSickness } from './sickness';

const minute = 60_000;
/** Nodes that a Memcached cluster may have. */
const mostNodes = 60;

interface Changing {
  status: string;
}

interface Restarting extends Changing {
  sick: CacheSickness | undefined;
}

/** The operations that change a cluster, or a node of a replication group, which is one to ElastiCache. */
export class ClusterOperations {
  constructor(
    private readonly account: SimulatedAccount,
    private readonly inventory: CacheInventory,
    private readonly events: CacheEvents,
    /** Goes through a passing status to whatever `arrive` makes of it. */
    private readonly pass: (changing: Changing, status: string, milliseconds: number, arrive: () => void) => void,
  ) {}

  modify({ CacheClusterId, NumCacheNodes = 0 }: ModifyCacheClusterMessage): ModifyCacheClusterResult {
    const cluster = this.inventory.cluster(CacheClusterId);
    if ('node' in cluster || cluster.engine !== 'memcached') {
      throw new Refusal('InvalidParameterValueException', 'Only a Memcached cluster has more than one node.');
    }
    refuseUnlessAvailable(cluster);
    if (NumCacheNodes <= cluster.nodes.length || NumCacheNodes > mostNodes) {
      throw new Refusal('InvalidParameterValueException', `NumCacheNodes cannot be ${NumCacheNodes}.`);
    }
    cluster.wanted = NumCacheNodes;
    this.pass(cluster, 'modifying', 5 * minute, () => {
      addNodes(cluster, NumCacheNodes);
      cluster.wanted = undefined;
    });
    return { CacheCluster: describeCluster(cluster) };
  }

  reboot({ CacheClusterId, CacheNodeIdsToReboot = [] }: RebootCacheClusterMessage): RebootCacheClusterResult {
    const found = this.inventory.cluster(CacheClusterId);
    if ('node' in found) {
      if (found.group.clusterMode) {
        throw new Refusal('InvalidCacheClusterStateFault', 'Rebooting is not supported with cluster mode enabled.');
      }
      refuseUnlessAvailable(found.node);
      refuseUnlessThere(CacheNodeIdsToReboot, ['0001']);
      this.#restart(found.node.id, '0001', found.node);
      this.pass(found.node, 'rebooting cluster nodes', 2 * minute, () => undefined);
      return { CacheCluster: describeNode(this.account, found.group, found.node) };
    }
    refuseUnlessAvailable(found);
    const ids = found.nodes.map(({ id }) => id);
    refuseUnlessThere(CacheNodeIdsToReboot, ids);
    for (const node of found.nodes.filter(({ id }) => CacheNodeIdsToReboot.includes(id))) {
      this.#restart(found.id, node.id, node);
      this.pass(node, 'rebooting', 2 * minute, () => undefined);
    }
    this.pass(found, 'rebooting cluster nodes', 2 * minute, () => undefined);
    return { CacheCluster: describeCluster(found) };
  }

  #restart(cluster: string, node: string, restarting: Restarting): void {
    this.events.tell('cache-cluster', cluster, `Cache node ${node} shutdown`);
    this.account.clock.after(2 * minute, () => {
      if (restarting.sick?.curedBy.includes('reboot')) restarting.sick = undefined;
      this.events.tell('cache-cluster', cluster, `Cache node ${node} restarted`);
    });
  }
}

function refuseUnlessAvailable({ id, status }: { readonly id: string; readonly status: string }): void {
  if (status === 'available') return;
  throw new Refusal('InvalidCacheClusterStateFault', `Cluster ${id} must be available, and is ${status}.`);
}

function refuseUnlessThere(asked: readonly string[], there: readonly string[]): void {
  if (asked.length > 0 && asked.every((id) => there.includes(id))) return;
  throw new Refusal('InvalidParameterValueException', `There are no such nodes: ${asked.join(', ')}.`);
}
