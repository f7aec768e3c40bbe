import type { VirtualClock } from '../clock';
import { attributesOf, type IndexDefinition, type KeySchema, type TableDefinition } from './definition';
import { Expiry } from './expiry';
import { projected } from './expression/projection';
import { keyNameOf, textOf } from './key';
import { notFound } from './refusal';
import type { DynamoDbSettings } from './settings';
import { Shelf, type Position, type Stored } from './shelf';
import { areEqual, bytesOf, type Row } from './value';

/** What a query looks through: the rows of the table, or those of one of its indexes. */
export interface View {
  readonly shelf: Shelf;
  readonly keys: KeySchema;
  /** Where it is an index of the table. */
  readonly index?: IndexDefinition;
  positionOf(row: Row): Position;
}

interface IndexView extends View {
  readonly index: IndexDefinition;
  /** The attributes that it has of a row; undefined for all. */
  readonly carries: readonly (readonly [name: string])[] | undefined;
}

/** One table with its indexes. */
export class Table {
  readonly expiry: Expiry;
  readonly #rows: View;
  readonly #indexes: readonly IndexView[];
  /** Until when a transaction is at work on a row, by the name of its key. */
  readonly #held = new Map<string, number>();

  constructor(
    readonly definition: TableDefinition,
    readonly createdAt: number,
    private readonly clock: VirtualClock,
    private readonly settings: DynamoDbSettings,
  ) {
    const { keys, indexes } = definition;
    this.expiry = new Expiry(keys);
    this.#rows = { shelf: new Shelf(), keys, positionOf: (row) => ({ sort: sortOf(row, keys), tie: '' }) };
    this.#indexes = indexes.map((index) => ({
      shelf: new Shelf(),
      keys: index.keys,
      index,
      carries:
        index.carries &&
        [...attributesOf(index.keys), ...attributesOf(keys)]
          .map(({ name }) => name)
          .concat(index.carries)
          .map((name) => [name] as const),
      positionOf: (row) => ({ sort: sortOf(row, index.keys), tie: keyNameOf(row, keys) }),
    }));
  }

  view(index: string | undefined): View {
    if (index === undefined) return this.#rows;
    const found = this.#indexes.find((one) => one.index.name === index);
    if (found) return found;
    throw notFound(`Requested resource not found: the table ${this.definition.name} has no index ${index}`);
  }

  /** The time as of which a read sees a view. */
  seenAt(view: View, isConsistent: boolean | undefined): number {
    const { settings } = this;
    const lag = view.index ? settings.indexLagMillis : isConsistent ? 0 : settings.lagMillis;
    return this.clock.now() - (lag > 0 ? Math.floor(lag * settings.share()) : 0);
  }

  /** As a read sees it. */
  read(key: Row, isConsistent: boolean | undefined): Stored | undefined {
    const { shelf, positionOf } = this.#rows;
    return shelf.read(this.#partitionOf(key), positionOf(key), this.seenAt(this.#rows, isConsistent));
  }

  /** As the last write left it, whether or not it is seen yet. */
  latest(key: Row): Stored | undefined {
    return this.#rows.shelf.read(this.#partitionOf(key), this.#rows.positionOf(key));
  }

  /** Writes the row in place of the latest, or deletes it, here and in the indexes. It is seen from that time on. */
  write(key: Row, before: Stored | undefined, stored: Stored | undefined, from = this.clock.now()): void {
    const now = this.clock.now();
    const { lagMillis, indexLagMillis, expiryMillis } = this.settings;
    const { shelf, positionOf } = this.#rows;
    shelf.settle(now - lagMillis);
    shelf.write(this.#partitionOf(key), positionOf(key), stored, from, lagMillis > 0 || from > now);
    for (const view of this.#indexes) {
      view.shelf.settle(now - indexLagMillis);
      writeIndex(view, before?.row, stored?.row, from, indexLagMillis > 0 || from > now);
    }
    if (stored && expiryMillis !== undefined) this.expiry.note(stored.row, expiryMillis);
  }

  /** Deletes what has been expired for long enough. */
  tidy(): void {
    for (let key = this.expiry.next(this.clock.now()); key; key = this.expiry.next(this.clock.now())) {
      const latest = this.latest(key);
      if (this.expiry.isOver(latest?.row, this.clock.now())) this.write(key, latest, undefined);
    }
  }

  /** Whether a transaction is at work on this row. */
  isHeld(name: string): boolean {
    return this.#held.size > 0 && (this.#held.get(name) ?? 0) > this.clock.now();
  }

  hold(name: string, until: number): void {
    for (const [held, end] of this.#held) if (end <= this.clock.now()) this.#held.delete(held);
    this.#held.set(name, until);
  }

  #partitionOf(key: Row): string {
    return textOf(key[this.definition.keys.partition.name]);
  }
}

const sortOf = (row: Row, { sort }: KeySchema): Position['sort'] => sort && row[sort.name];

function writeIndex(
  view: IndexView,
  before: Row | undefined,
  after: Row | undefined,
  from: number,
  looksBack: boolean,
): void {
  const [old, young] = [isIn(view, before) && before, isIn(view, after) && after];
  // An index is written only where it changes.
  if ((!old && !young) || (old && young && isSameIn(view, old, young))) return;
  const { shelf, keys, positionOf } = view;
  const placeOf = (row: Row) => [textOf(row[keys.partition.name]), positionOf(row)] as const;
  if (old) shelf.write(...placeOf(old), undefined, from, looksBack);
  if (!young) return;
  const row = view.carries ? projected(young, view.carries) : young;
  shelf.write(...placeOf(young), { row, bytes: bytesOf(row) }, from, looksBack);
}

/** A row that lacks a key of an index is not in it. */
const isIn = ({ keys: { partition, sort } }: IndexView, row: Row | undefined): boolean =>
  row?.[partition.name] !== undefined && (!sort || row[sort.name] !== undefined);

function isSameIn({ carries }: IndexView, one: Row, other: Row): boolean {
  if (!carries) return one === other;
  return carries.every(([name]) => {
    const [left, right] = [one[name], other[name]];
    return left === right || (!!left && !!right && areEqual(left, right));
  });
}
