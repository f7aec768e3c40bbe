import type {
  CreateDBInstanceReadReplicaMessage,
  DBInstanceAutomatedBackupMessage,
  DeleteDBInstanceMessage,
  DescribeDBInstanceAutomatedBackupsMessage,
  PromoteReadReplicaMessage,
  RestoreDBInstanceToPointInTimeMessage,
} from '@aws-sdk/client-rds';
import { clusterCreationOperations, type ClusterCreationOperations } from './cluster-creation';
import { refuseMoment } from './creation-refusals';
import { zoneOf } from './database';
import { happenings } from './events';
import { RdsMaker, tagsIn, type InstanceAnswer } from './maker';
import { invalidState } from './modification';
import type { RdsParts } from './parts';
import { restoreWindow } from './restore-window';
import { defaultSettings, settingsFrom } from './settings';
import { Refusal } from '../refusal';

interface CreationOperations extends ClusterCreationOperations {
  CreateDBInstanceReadReplica(input: CreateDBInstanceReadReplicaMessage): InstanceAnswer;
  PromoteReadReplica(input: PromoteReadReplicaMessage): InstanceAnswer;
  RestoreDBInstanceToPointInTime(input: RestoreDBInstanceToPointInTimeMessage): InstanceAnswer;
  DeleteDBInstance(input: DeleteDBInstanceMessage): InstanceAnswer;
  DescribeDBInstanceAutomatedBackups(
    input: DescribeDBInstanceAutomatedBackupsMessage,
  ): DBInstanceAutomatedBackupMessage;
}

const minute = 60_000;

/** Operations by which RDS makes something new, takes it away, or makes a replica stand for itself. */
export function creationOperations(parts: RdsParts): CreationOperations {
  const { account, inventory, events, failover, changed } = parts;
  const { clock } = account;
  const maker = new RdsMaker(parts);
  return {
    ...clusterCreationOperations(parts, maker),
    CreateDBInstanceReadReplica: (input: CreateDBInstanceReadReplicaMessage): InstanceAnswer => {
      const source = inventory.database(input.SourceDBInstanceIdentifier);
      if (source.membership) throw invalidState(source, 'it is a member of a cluster');
      if (source.status !== 'available') throw invalidState(source, `its status is ${source.status}`);
      if (source.backupDays === 0) throw invalidState(source, 'automated backups are not enabled for it');
      const replica = {
        ...maker.like(source, {
          id: input.DBInstanceIdentifier ?? '',
          class: input.DBInstanceClass ?? source.class,
          zone: input.AvailabilityZone ?? zoneOf(account, 1),
          replicaOf: source.id,
          tags: tagsIn(input.Tags),
        }),
        // A replica in the same region takes its groups from its source; but not its security groups, nor its backups.
        ...settingsFrom(input, { ...source, securityGroups: defaultSettings.securityGroups, backupDays: 0 }),
      };
      return maker.make(replica, 12, () => {
        failover.cureBy(source, 'reader');
      });
    },
    PromoteReadReplica: (input: PromoteReadReplicaMessage): InstanceAnswer => {
      const replica = inventory.database(input.DBInstanceIdentifier);
      if (replica.replicaOf === undefined) throw invalidState(replica, 'it is not a read replica');
      if (replica.status !== 'available') throw invalidState(replica, `its status is ${replica.status}`);
      replica.status = 'modifying';
      changed(replica);
      clock.after(2 * minute, () => {
        replica.replicaOf = undefined;
        replica.backupDays = input.BackupRetentionPeriod ?? 1;
        failover.reboot(replica);
      });
      return maker.shown(replica);
    },
    RestoreDBInstanceToPointInTime: (input: RestoreDBInstanceToPointInTimeMessage): InstanceAnswer => {
      const source = inventory.database(input.SourceDBInstanceIdentifier);
      const moment = { at: input.RestoreTime, latest: input.UseLatestRestorableTime };
      refuseMoment(moment, restoreWindow(source, clock.now()), source.id);
      const copy = {
        ...maker.like(source, {
          id: input.TargetDBInstanceIdentifier ?? '',
          class: input.DBInstanceClass ?? source.class,
          multiAz: input.MultiAZ ?? false,
          zone: input.AvailabilityZone ?? zoneOf(account, 2),
          tags: tagsIn(input.Tags),
        }),
        ...settingsFrom(input, { ...defaultSettings, backupDays: source.backupDays }),
      };
      return maker.make(copy, 25, () => {
        maker.putInPlaceOf(source);
      });
    },
    DeleteDBInstance: (input: DeleteDBInstanceMessage): InstanceAnswer => {
      const database = inventory.database(input.DBInstanceIdentifier);
      const named = input.SkipFinalSnapshot === true || input.FinalDBSnapshotIdentifier !== undefined;
      if (!named && !database.membership) {
        const why = 'FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.';
        throw new Refusal('InvalidParameterCombination', why);
      }
      if (database.deletionProtection) {
        const why = 'Cannot delete protected DB Instance, please disable deletion protection and try again.';
        throw new Refusal('InvalidParameterCombination', why);
      }
      if (database.status === 'deleting') throw invalidState(database, 'it is being deleted already');
      database.status = 'deleting';
      changed(database);
      clock.after(4 * minute, () => {
        inventory.remove(database);
        events.tell('db-instance', database, happenings.deleted);
        changed(database);
      });
      return maker.shown(database);
    },
    DescribeDBInstanceAutomatedBackups: (
      input: DescribeDBInstanceAutomatedBackupsMessage,
    ): DBInstanceAutomatedBackupMessage => {
      const window = inventory.isInstance(input.DBInstanceIdentifier ?? '')
        ? restoreWindow(inventory.database(input.DBInstanceIdentifier), clock.now())
        : undefined;
      if (!window) return { DBInstanceAutomatedBackups: [] };
      const RestoreWindow = { EarliestTime: new Date(window.from), LatestTime: new Date(window.to) };
      return {
        DBInstanceAutomatedBackups: [
          { DBInstanceIdentifier: input.DBInstanceIdentifier, Status: 'active', RestoreWindow },
        ],
      };
    },
  };
}
