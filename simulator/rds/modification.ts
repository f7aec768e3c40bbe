import type { ModifyDBInstanceMessage } from '@aws-sdk/client-rds';
import type { Database } from './database';
import type { RdsFailover } from './failover';
import type { RdsStorage } from './storage';
import { Refusal } from '../refusal';

/** Statuses in which RDS takes a modification. */
const modifiable = ['available', 'storage-full', 'storage-optimization'];

/** Settings that the simulated ModifyDBInstance knows: those of storage. */
const known = [
  'DBInstanceIdentifier',
  'AllocatedStorage',
  'MaxAllocatedStorage',
  'Iops',
  'StorageThroughput',
  'ApplyImmediately',
];

/** ModifyDBInstance: of what is asked, some holds at once, and the rest when it is applied. */
export class RdsModification {
  constructor(
    private readonly storage: RdsStorage,
    private readonly failover: RdsFailover,
  ) {}

  modify(database: Database, input: ModifyDBInstanceMessage): void {
    const unknown = Object.keys(input).filter((key) => !known.includes(key));
    if (unknown.length > 0) {
      throw new Refusal('NotSimulated', `The simulated ModifyDBInstance does not know ${unknown.join(', ')}.`, 501);
    }
    if (!modifiable.includes(database.status)) throw invalidState(database, `its status is ${database.status}`);
    if (database.membership) {
      throw new Refusal('InvalidParameterCombination', 'Storage of a cluster member belongs to its cluster.');
    }
    const size = this.storage.requested(database, input);
    // The ceiling of autoscaling holds at once, whatever ApplyImmediately says.
    database.maxStorageGiB = input.MaxAllocatedStorage ?? database.maxStorageGiB;
    if (input.ApplyImmediately === true) {
      this.#applyPending(database);
      database.iops = input.Iops ?? database.iops;
      if (size !== undefined) this.storage.grow(database, size, 'user');
    } else if (size !== undefined) database.pending = { ...database.pending, storageGiB: size };
    this.storage.watch(database);
  }

  /** As in AWS, a change that is applied at once takes with it what waited for the maintenance window: a new class restarts. */
  #applyPending(database: Database): void {
    if (database.pending.class === undefined) return;
    database.class = database.pending.class;
    database.pending = { ...database.pending, class: undefined };
    this.failover.reboot(database);
  }
}

/** RDS doesn't take this request in the state that the instance is in. */
export function invalidState({ id }: Database, why: string): Refusal {
  return new Refusal('InvalidDBInstanceStateFault', `DB instance ${id} is not in a state for this: ${why}.`);
}
