import type { DBInstance, Tag } from '@aws-sdk/client-rds';
import { alreadyThere } from './creation-refusals';
import { databaseFrom, type Database, type DatabaseDescription } from './database';
import { happenings } from './events';
import type { RdsParts } from './parts';

/** What RDS answers to a call that changes an instance. */
export interface InstanceAnswer {
  readonly DBInstance: DBInstance;
}

const minute = 60_000;

/** Until people have put a restored copy in the place of what it was restored from, where that is what heals it. */
const cutOver = 2 * minute;

/** Makes instances that there were not before. */
export class RdsMaker {
  constructor(private readonly parts: RdsParts) {}

  shown(database: Database): InstanceAnswer {
    return { DBInstance: this.parts.inventory.describeInstance(database) };
  }

  /** A new instance, which is there at once and serves after so many minutes; `arrive` then does the rest. */
  make(database: Database, minutes: number, arrive: () => void): InstanceAnswer {
    const { account, inventory, events, changed } = this.parts;
    if (inventory.isInstance(database.id)) throw alreadyThere('DBInstance', database.id);
    const made = { ...database, status: 'creating' };
    inventory.addDatabase(made);
    account.clock.after(minutes * minute, () => {
      if (made.status !== 'creating') return;
      made.status = 'available';
      events.tell('db-instance', made, happenings.created);
      changed(made);
      arrive();
    });
    return this.shown(made);
  }

  /** An instance that is like its source in all that a call need not say; it is not there yet. */
  like(source: Database, description: Partial<DatabaseDescription> & { readonly id: string }): Database {
    return databaseFrom(this.parts.account, {
      engine: source.engine,
      class: source.class,
      multiAz: false,
      storageGiB: source.storageGiB,
      freeStorageGiB: source.freeStorageGiB,
      ...description,
    });
  }

  /** Lets people put a restored copy in the place of this, if that is what heals it. */
  putInPlaceOf(source: Database): void {
    const { account, failover, changed } = this.parts;
    account.clock.after(cutOver, () => {
      if (!source.sick?.curedBy.includes('restore')) return;
      source.failedAt = undefined;
      source.status = 'available';
      failover.cureBy(source, 'restore');
      changed(source);
    });
  }
}

/** Tags as a call gives them, as a record. */
export function tagsIn(tags: readonly Tag[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
}
