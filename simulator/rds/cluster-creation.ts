import type {
  CreateDBInstanceMessage,
  RestoreDBClusterToPointInTimeMessage,
  RestoreDBClusterToPointInTimeResult,
} from '@aws-sdk/client-rds';
import { clusterFrom, describeCluster, type Cluster } from './cluster';
import { alreadyThere, refuseMoment } from './creation-refusals';
import { databaseFrom, zoneOf, type Database } from './database';
import { tagsIn, type InstanceAnswer, type RdsMaker } from './maker';
import type { RdsParts } from './parts';
import { restoreWindow } from './restore-window';
import { defaultSettings, settingsFrom } from './settings';
import { Refusal } from '../refusal';

/** The operations, for those who hold them. */
export interface ClusterCreationOperations {
  RestoreDBClusterToPointInTime(input: RestoreDBClusterToPointInTimeMessage): RestoreDBClusterToPointInTimeResult;
  CreateDBInstance(input: CreateDBInstanceMessage): InstanceAnswer;
}

const minute = 60_000;

/** Operations by which RDS makes a cluster out of backups, and a member of a cluster. */
export function clusterCreationOperations(
  { account, inventory, failover }: RdsParts,
  maker: RdsMaker,
): ClusterCreationOperations {
  const { clock } = account;
  return {
    RestoreDBClusterToPointInTime: (
      input: RestoreDBClusterToPointInTimeMessage,
    ): RestoreDBClusterToPointInTimeResult => {
      const source = inventory.cluster(input.SourceDBClusterIdentifier);
      const moment = { at: input.RestoreToTime, latest: input.UseLatestRestorableTime };
      refuseMoment(moment, restoreWindow(source, clock.now()), source.id);
      const id = input.DBClusterIdentifier ?? '';
      if (inventory.isCluster(id)) throw alreadyThere('DBCluster', id);
      const cluster: Cluster = {
        ...clusterFrom(account, { id, engine: source.engine, members: [], tags: tagsIn(input.Tags) }),
        ...settingsFrom(input, { ...defaultSettings, backupDays: source.backupDays }),
        status: 'creating',
        restoredFrom: source.id,
      };
      inventory.addCluster(cluster);
      clock.after(10 * minute, () => {
        cluster.status = 'available';
      });
      return { DBCluster: describeCluster(cluster, account) };
    },
    CreateDBInstance: (input: CreateDBInstanceMessage): InstanceAnswer => {
      const { DBInstanceIdentifier: id = '', DBClusterIdentifier, DBInstanceClass: ofClass = '', Engine } = input;
      if (DBClusterIdentifier === undefined) {
        throw new Refusal('NotSimulated', 'The simulated CreateDBInstance makes members of clusters only.', 501);
      }
      const cluster = inventory.cluster(DBClusterIdentifier);
      if (Engine !== cluster.engine) {
        const why = `The engine name requested for your DB instance (${String(Engine)}) doesn't match the engine name of your DB cluster (${cluster.engine}).`;
        throw new Refusal('InvalidParameterCombination', why);
      }
      if (cluster.status !== 'available') {
        throw new Refusal('InvalidDBClusterStateFault', `DB cluster ${cluster.id} is ${cluster.status}.`);
      }
      const member: Database = {
        ...databaseFrom(account, {
          id,
          engine: cluster.engine,
          class: ofClass,
          multiAz: false,
          zone: input.AvailabilityZone ?? zoneOf(account, 0),
          tags: tagsIn(input.Tags),
        }),
        ...settingsFrom(input, {
          ...defaultSettings,
          subnetGroup: cluster.subnetGroup,
          backupDays: cluster.backupDays,
        }),
        membership: { cluster: cluster.id, tier: input.PromotionTier ?? 1, replicaLagMs: 20 },
      };
      const answer = maker.make(member, 6, () => {
        if (cluster.writer) failover.cureBy(cluster.writer, 'reader');
        const source = cluster.restoredFrom === undefined ? undefined : inventory.writerOf(cluster.restoredFrom);
        if (source) maker.putInPlaceOf(source);
      });
      const made = inventory.database(member.id);
      cluster.members = [...cluster.members, made];
      if (!cluster.globalSecondary) cluster.writer ??= made;
      return answer;
    },
  };
}
