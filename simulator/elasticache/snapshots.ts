import type * as sdk from '@aws-sdk/client-elasticache';
import { recordsOf } from '../page';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';
import type { CacheInventory } from './inventory';

const minute = 60_000;

/** Milliseconds until a snapshot is complete. */
const takes = (dataGiB: number): number => 2 * minute + dataGiB * 10_000;

interface Snapshot {
  readonly name: string;
  readonly of: Pick<sdk.Snapshot, 'ReplicationGroupId' | 'CacheClusterId'>;
  status: 'creating' | 'available';
}

/** What is at work on a snapshot for so long, and then available again. */
type Pass = (source: { status: string }, status: string, milliseconds: number, arrive: () => void) => void;

/** Snapshots of replication groups, and of single nodes that are not in cluster mode. */
export class CacheSnapshots {
  readonly #snapshots = new Map<string, Snapshot>();

  constructor(
    private readonly account: SimulatedAccount,
    private readonly inventory: CacheInventory,
    private readonly pass: Pass,
  ) {}

  create({
    SnapshotName = '',
    ReplicationGroupId,
    CacheClusterId,
  }: sdk.CreateSnapshotMessage): sdk.CreateSnapshotResult {
    const name = SnapshotName.toLowerCase();
    if ((ReplicationGroupId === undefined) === (CacheClusterId === undefined)) {
      const why = 'Exactly one of ReplicationGroupId and CacheClusterId must be provided.';
      throw new Refusal('InvalidParameterCombinationException', why);
    }
    if (this.#snapshots.has(name)) {
      throw new Refusal('SnapshotAlreadyExistsFault', `Snapshot with specified name already exists: ${name}`);
    }
    const { of, sources, dataGiB } =
      ReplicationGroupId === undefined ? this.#cluster(CacheClusterId) : this.#group(ReplicationGroupId);
    const snapshot: Snapshot = { name, of, status: 'creating' };
    this.#snapshots.set(name, snapshot);
    for (const source of sources) {
      this.pass(source, 'snapshotting', takes(dataGiB), () => {
        snapshot.status = 'available';
      });
    }
    return { Snapshot: shown(snapshot) };
  }

  describe({ SnapshotName, ...asked }: sdk.DescribeSnapshotsMessage): sdk.DescribeSnapshotsListMessage {
    const named = [...this.#snapshots.values()].filter(({ name }) => name === SnapshotName?.toLowerCase());
    if (SnapshotName !== undefined && named.length === 0) {
      throw new Refusal('SnapshotNotFoundFault', `${SnapshotName} is either not present or not available.`, 404);
    }
    const { items, next } = recordsOf(
      this.account,
      SnapshotName === undefined ? [...this.#snapshots.values()] : named,
      asked.MaxRecords === undefined ? { Marker: asked.Marker } : asked,
      'InvalidParameterValueException',
    );
    return { Snapshots: items.map(shown), ...next };
  }

  #group(id: string) {
    const group = this.inventory.group(id);
    if (group.status !== 'available') throw notAvailable('InvalidReplicationGroupStateFault', group);
    return { of: { ReplicationGroupId: group.id }, sources: [group], dataGiB: group.dataGiB };
  }

  #cluster(id: string | undefined) {
    const found = this.inventory.cluster(id);
    if ('nodes' in found) {
      if (found.engine === 'memcached') {
        throw new Refusal('SnapshotFeatureNotSupportedFault', 'Snapshots are not supported for memcached clusters.');
      }
      if (found.status !== 'available') throw notAvailable('InvalidCacheClusterStateFault', found);
      return { of: { CacheClusterId: found.id }, sources: [found], dataGiB: found.dataGiB };
    }
    const { group, node } = found;
    if (group.clusterMode) {
      throw new Refusal(
        'InvalidParameterValueException',
        `${node.id} is in cluster mode: snapshot ${group.id} instead.`,
      );
    }
    if (node.status !== 'available') throw notAvailable('InvalidCacheClusterStateFault', node);
    // While one of its nodes is at it the group takes no other change.
    return { of: { CacheClusterId: node.id }, sources: [node, group], dataGiB: group.dataGiB };
  }
}

function notAvailable(fault: string, { id, status }: { readonly id: string; readonly status: string }): Refusal {
  return new Refusal(fault, `${id} is ${status}, and not available.`);
}

function shown({ name, of, status }: Snapshot): sdk.Snapshot {
  return { SnapshotName: name, SnapshotStatus: status, SnapshotSource: 'manual', ...of };
}
