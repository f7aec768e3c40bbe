import type * as sdk from '@aws-sdk/client-rds';
import { tagList } from './database';
import { tagsIn } from './maker';
import { invalidState } from './modification';
import type { RdsParts } from './parts';
import { Refusal } from '../refusal';

const minute = 60_000;

/** Milliseconds until a snapshot is complete. */
const takes = (storageGiB: number): number => 3 * minute + storageGiB * 1_500;

interface Snapshot {
  readonly id: string;
  readonly of: string;
  readonly engine: string;
  readonly storageGiB: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly startedAt: number;
  status: 'creating' | 'available';
}

interface SnapshotOperations {
  CreateDBSnapshot(input: sdk.CreateDBSnapshotMessage): sdk.CreateDBSnapshotResult;
  DescribeDBSnapshots(input: sdk.DescribeDBSnapshotsMessage): sdk.DBSnapshotMessage;
  CreateDBClusterSnapshot(input: sdk.CreateDBClusterSnapshotMessage): sdk.CreateDBClusterSnapshotResult;
  DescribeDBClusterSnapshots(input: sdk.DescribeDBClusterSnapshotsMessage): sdk.DBClusterSnapshotMessage;
}

/** Snapshots that people, or Homeostat, take of databases and clusters. */
export function snapshotOperations({ account, inventory, changed }: RdsParts): SnapshotOperations {
  const { clock } = account;
  const ofInstances = new Map<string, Snapshot>();
  const ofClusters = new Map<string, Snapshot>();

  /** Begins one, while which its source is backing up. */
  const begin = (
    snapshots: Map<string, Snapshot>,
    what: 'DBSnapshot' | 'DBClusterSnapshot',
    given: Pick<Snapshot, 'id' | 'engine' | 'storageGiB' | 'tags'>,
    source: { readonly id: string; status: string },
    moved: () => void,
  ): Snapshot => {
    const id = given.id.toLowerCase();
    if (snapshots.has(id)) {
      throw new Refusal(`${what}AlreadyExistsFault`, `Cannot create the snapshot: ${id} already exists.`);
    }
    const snapshot: Snapshot = { ...given, id, of: source.id, startedAt: clock.now(), status: 'creating' };
    snapshots.set(id, snapshot);
    source.status = 'backing-up';
    moved();
    clock.after(takes(given.storageGiB), () => {
      snapshot.status = 'available';
      if (source.status === 'backing-up') source.status = 'available';
      moved();
    });
    return snapshot;
  };

  return {
    CreateDBSnapshot: ({ DBSnapshotIdentifier: id = '', DBInstanceIdentifier, Tags }) => {
      const database = inventory.database(DBInstanceIdentifier);
      const { engine, storageGiB, membership, status } = database;
      if (membership) throw invalidState(database, 'it is a member of a cluster');
      if (status !== 'available') throw invalidState(database, `its status is ${status}`);
      const given = { id, engine, storageGiB, tags: tagsIn(Tags) };
      const snapshot = begin(ofInstances, 'DBSnapshot', given, database, () => {
        changed(database);
      });
      return { DBSnapshot: instanceShown(snapshot) };
    },
    DescribeDBSnapshots: ({ DBSnapshotIdentifier: id }) => ({
      DBSnapshots: known(ofInstances, id, 'DBSnapshot').map(instanceShown),
    }),
    CreateDBClusterSnapshot: ({ DBClusterSnapshotIdentifier: id = '', DBClusterIdentifier, Tags }) => {
      const cluster = inventory.cluster(DBClusterIdentifier);
      const { engine, status, members } = cluster;
      if (status !== 'available') {
        throw new Refusal('InvalidDBClusterStateFault', `DB cluster ${cluster.id} is in ${status} state.`);
      }
      const storageGiB = Math.max(0, ...members.map((member) => member.storageGiB));
      const given = { id, engine, storageGiB, tags: tagsIn(Tags) };
      const snapshot = begin(ofClusters, 'DBClusterSnapshot', given, cluster, () => {
        for (const member of members) changed(member);
      });
      return { DBClusterSnapshot: clusterShown(snapshot) };
    },
    DescribeDBClusterSnapshots: ({ DBClusterSnapshotIdentifier: id }) => ({
      DBClusterSnapshots: known(ofClusters, id, 'DBClusterSnapshot').map(clusterShown),
    }),
  };
}

function known(all: ReadonlyMap<string, Snapshot>, id: string | undefined, what: string): readonly Snapshot[] {
  if (id === undefined) return [...all.values()];
  const found = all.get(id.toLowerCase());
  if (!found) throw new Refusal(`${what}NotFoundFault`, `${what} ${id} not found.`, 404);
  return [found];
}

const shared = ({ engine, storageGiB, tags, startedAt, status }: Snapshot) => ({
  Engine: engine,
  AllocatedStorage: storageGiB,
  SnapshotType: 'manual',
  SnapshotCreateTime: new Date(startedAt),
  Status: status,
  PercentProgress: status === 'available' ? 100 : 0,
  TagList: tagList(tags),
});

function instanceShown(snapshot: Snapshot): sdk.DBSnapshot {
  return { DBSnapshotIdentifier: snapshot.id, DBInstanceIdentifier: snapshot.of, ...shared(snapshot) };
}

function clusterShown(snapshot: Snapshot): sdk.DBClusterSnapshot {
  return { DBClusterSnapshotIdentifier: snapshot.id, DBClusterIdentifier: snapshot.of, ...shared(snapshot) };
}
