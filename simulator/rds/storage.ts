import type { ModifyDBInstanceMessage } from '@aws-sdk/client-rds';
import type { Database } from './database';
import { happenings, type RdsEvents } from './events';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';

const minute = 60_000;
const hour = 60 * minute;

/** After a change, storage can't be changed again for this long. */
const betweenChanges = 6 * hour;

/** Below this gp3 storage stands on one volume, whose IOPS are fixed. */
const stripedFrom = 400;
/** What the volumes have that it stands on from there on. */
const stripedIops = 12_000;

const byUser = { applying: happenings.storageApplying, applied: happenings.storageApplied };
const byAutoscaling = { applying: happenings.autoscalingApplying, applied: happenings.autoscalingApplied };

/** Storage of one account's instances: it grows by request or by autoscaling, and never shrinks. */
export class RdsStorage {
  constructor(
    private readonly account: SimulatedAccount,
    private readonly events: RdsEvents,
    private readonly changed: (database: Database) => void,
  ) {}

  /** Refuses a request for storage that RDS would refuse; answers how many GiB the request comes to, if it asks for more. */
  requested(database: Database, input: ModifyDBInstanceMessage): number | undefined {
    const { AllocatedStorage: asked, Iops, StorageThroughput, MaxAllocatedStorage } = input;
    const size = asked ?? database.storageGiB;
    if (MaxAllocatedStorage !== undefined && MaxAllocatedStorage < size) {
      refuse(`Max storage size ${MaxAllocatedStorage} cannot be less than the storage size ${size}`);
    }
    if (!isStriped(database, size) && (Iops ?? StorageThroughput) !== undefined) {
      refuse(
        `You can't specify IOPS or storage throughput for engine ${database.engine} and a storage size less than ${stripedFrom}.`,
      );
    }
    return asked === undefined || asked === database.storageGiB ? undefined : this.#growth(database, asked, Iops);
  }

  /** Grows to `size` GiB: usable after minutes, optimized for hours. */
  grow(database: Database, size: number, by: 'user' | 'autoscaling'): void {
    const { applying, applied } = by === 'user' ? byUser : byAutoscaling;
    const { clock } = this.account;
    database.status = 'modifying';
    database.pending = { ...database.pending, storageGiB: size };
    database.storageChangedAt = clock.now();
    clock.after(20_000, () => {
      this.events.tell('db-instance', database, applying);
    });
    clock.after(5 * minute, () => {
      database.freeStorageGiB += size - database.storageGiB;
      database.storageGiB = size;
      database.pending = { ...database.pending, storageGiB: undefined };
      database.status = 'storage-optimization';
      this.events.tell('db-instance', database, applied);
      this.changed(database);
    });
    clock.after(2 * hour, () => {
      if (database.status === 'storage-optimization') database.status = 'available';
    });
  }

  /** Lets storage autoscaling see what is free: under a tenth for five minutes, it grows, up to its ceiling. */
  watch(database: Database): void {
    if (!this.#autoscales(database)) return;
    this.account.clock.after(5 * minute, () => {
      if (!this.#autoscales(database)) return;
      const wanted = database.storageGiB + Math.max(10, Math.ceil(database.storageGiB / 10));
      this.grow(database, Math.min(wanted, database.maxStorageGiB ?? wanted), 'autoscaling');
    });
  }

  #growth(database: Database, asked: number, iops: number | undefined): number {
    const { storageGiB: current, storageType } = database;
    if (asked < current) {
      refuse(`Requested storage size (${asked}) cannot be less than the current storage size (${current})`);
    }
    if (storageType !== 'gp2' && isStriped(database, asked) && iops === undefined) {
      refuse(`You must specify IOPS for storage type ${storageType} when you change the storage size`);
    }
    if (storageType === 'gp3' && iops !== undefined && iops < stripedIops) {
      refuse(`Invalid IOPS: gp3 storage of ${stripedFrom} GiB and more has ${stripedIops} at least`);
    }
    if (this.#locked(database)) {
      refuse(
        "You can't currently modify the storage of this DB instance because the previous storage change is being optimized.",
      );
    }
    return Math.max(asked, current + Math.ceil(current / 10));
  }

  #autoscales(database: Database): boolean {
    const { maxStorageGiB, storageGiB, freeStorageGiB, status } = database;
    const ready = status === 'available' || status === 'storage-full';
    return ready && freeStorageGiB < storageGiB / 10 && (maxStorageGiB ?? 0) > storageGiB && !this.#locked(database);
  }

  #locked({ status, storageChangedAt }: Database): boolean {
    if (status === 'storage-optimization') return true;
    return storageChangedAt !== undefined && this.account.clock.now() < storageChangedAt + betweenChanges;
  }
}

function isStriped({ storageType }: Database, size: number): boolean {
  return storageType !== 'gp3' || size >= stripedFrom;
}

function refuse(reason: string): never {
  throw new Refusal('InvalidParameterCombination', reason);
}
