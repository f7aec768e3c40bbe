import type {
  DBInstance,
  ModifyDBInstanceMessage,
  RebootDBInstanceMessage,
  StartDBInstanceMessage,
  StopDBInstanceMessage,
} from '@aws-sdk/client-rds';
import type { Database } from './database';
import { happenings } from './events';
import { invalidState } from './modification';
import type { RdsParts } from './parts';
import { Refusal } from '../refusal';

interface InstanceAnswer {
  readonly DBInstance: DBInstance;
}

interface InstanceOperations {
  RebootDBInstance(input: RebootDBInstanceMessage): InstanceAnswer;
  StartDBInstance(input: StartDBInstanceMessage): InstanceAnswer;
  StopDBInstance(input: StopDBInstanceMessage): InstanceAnswer;
  ModifyDBInstance(input: ModifyDBInstanceMessage): InstanceAnswer;
}

const minute = 60_000;

/** Operations that change an instance that there is. */
export function instanceOperations({
  account,
  inventory,
  events,
  failover,
  modification,
  changed,
}: RdsParts): InstanceOperations {
  const shown = (database: Database): InstanceAnswer => ({ DBInstance: inventory.describeInstance(database) });

  const available = (id: string | undefined): Database => {
    const database = inventory.database(id);
    if (database.status !== 'available') throw invalidState(database, `its status is ${database.status}`);
    return database;
  };

  /** Goes through a passing status to whatever `arrive` makes of it. */
  const pass = (database: Database, status: string, milliseconds: number, arrive: () => void): void => {
    database.status = status;
    changed(database);
    account.clock.after(milliseconds, () => {
      arrive();
      changed(database);
    });
  };

  return {
    RebootDBInstance: (input) => {
      const database = available(input.DBInstanceIdentifier);
      if (input.ForceFailover !== true) failover.reboot(database);
      else if (database.standbyZone !== undefined) failover.failOverInstance(database, 'requestedByUser');
      else {
        throw new Refusal(
          'InvalidParameterCombination',
          'ForceFailover cannot be specified since the instance is not configured for either MultiAZ or High Availability',
        );
      }
      return shown(database);
    },
    StartDBInstance: (input) => {
      const database = inventory.database(input.DBInstanceIdentifier);
      if (database.status !== 'stopped') throw invalidState(database, 'it is not stopped');
      pass(database, 'starting', 5 * minute, () => {
        failover.cureBy(database, 'reboot');
        database.status = 'available';
        events.tell('db-instance', database, happenings.started);
      });
      return shown(database);
    },
    StopDBInstance: (input) => {
      const database = available(input.DBInstanceIdentifier);
      if (database.membership) throw invalidState(database, 'it is a member of a cluster, which is stopped as a whole');
      pass(database, 'stopping', 3 * minute, () => {
        database.status = 'stopped';
        events.tell('db-instance', database, happenings.stopped);
      });
      return shown(database);
    },
    ModifyDBInstance: (input) => {
      const database = inventory.database(input.DBInstanceIdentifier);
      modification.modify(database, input);
      return shown(database);
    },
  };
}
