import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { compareTexts, compareValues, type Row } from './value';

/** A row, and the bytes that it counts for. */
export interface Stored {
  readonly row: Row;
  readonly bytes: number;
}

interface Version {
  from: number;
  /** Undefined where it was deleted. */
  readonly stored: Stored | undefined;
}

/** Where a row stands among those of its partition. In an index several may have one sort key: the tie decides. */
export interface Position {
  readonly sort: AttributeValue | undefined;
  readonly tie: string;
}

/** What stood at a position, one version after another. */
interface Entry extends Position {
  versions: Version[];
}

/** The rows of a table or an index, by partition and in the order of their sort keys, as they are and as they lately were. */
export class Shelf {
  readonly #partitions = new Map<string, Entry[]>();
  /** Entries with versions that will be forgotten, in the order in which they were written. */
  #aging: { readonly from: number; readonly partition: string; readonly entry: Entry }[] = [];
  #settled = 0;

  /** Partitions with rows, in the order of their names. */
  partitions(): readonly string[] {
    return [...this.#partitions.keys()].sort(compareTexts);
  }

  /** Versions of rows that it holds in memory. */
  get kept(): number {
    return [...this.#partitions.values()].flat().reduce((all, { versions }) => all + versions.length, 0);
  }

  /** The row at a place, counted from the first, as it was at that time. */
  at(partition: string, place: number, time: number): Stored | undefined {
    const entry = this.#partitions.get(partition)?.[place];
    return entry && versionAt(entry, time);
  }

  /** As it was at that time; as whoever writes next finds it, for no time. */
  read(partition: string, position: Position, time = Infinity): Stored | undefined {
    const entries = this.#partitions.get(partition) ?? [];
    const entry = entries[firstPlace(entries, (one) => comparePositions(one, position) >= 0)];
    return entry && comparePositions(entry, position) === 0 ? versionAt(entry, time) : undefined;
  }

  /** The first place whose position is as asked for. Those that are must come after all that are not. */
  firstPlace(partition: string, isBehind: (position: Position) => boolean): number {
    return firstPlace(this.#partitions.get(partition) ?? [], isBehind);
  }

  /** `from` then on it is seen. What stood there before is kept until it is settled, unless nobody looks back. */
  write(partition: string, position: Position, stored: Stored | undefined, from: number, looksBack: boolean): void {
    const entries = this.#partitions.get(partition) ?? [];
    const place = firstPlace(entries, (one) => comparePositions(one, position) >= 0);
    const found = entries[place];
    const known = found && comparePositions(found, position) === 0 ? found : undefined;
    if (!looksBack) {
      const versions = [{ from: -Infinity, stored }];
      if (known && stored) known.versions = versions;
      else if (known) this.#drop(partition, entries, place);
      else if (stored) this.#insert(partition, entries, place, { ...position, versions });
      return;
    }
    const entry = known ?? { ...position, versions: [] };
    if (!known) this.#insert(partition, entries, place, entry);
    entry.versions.push({ from, stored });
    this.#aging.push({ from, partition, entry });
  }

  /** Nobody looks back beyond this time any more. */
  settle(time: number): void {
    for (let next = this.#aging[this.#settled]; next && next.from <= time; next = this.#aging[this.#settled]) {
      this.#settled += 1;
      const { versions } = next.entry;
      versions.splice(
        0,
        Math.max(
          0,
          versions.findLastIndex(({ from }) => from <= time),
        ),
      );
      const [first] = versions;
      if (!first || first.from > time) continue;
      first.from = -Infinity;
      if (versions.length === 1 && !first.stored) this.#dropEntry(next.partition, next.entry);
    }
    if (this.#settled < 1_000) return;
    this.#aging = this.#aging.slice(this.#settled);
    this.#settled = 0;
  }

  #insert(partition: string, entries: Entry[], place: number, entry: Entry): void {
    if (entries.length === 0) this.#partitions.set(partition, entries);
    if (place === entries.length) entries.push(entry);
    else entries.splice(place, 0, entry);
  }

  #dropEntry(partition: string, entry: Entry): void {
    const entries = this.#partitions.get(partition) ?? [];
    const place = firstPlace(entries, (one) => comparePositions(one, entry) >= 0);
    if (entries[place] === entry) this.#drop(partition, entries, place);
  }

  #drop(partition: string, entries: Entry[], place: number): void {
    entries.splice(place, 1);
    if (entries.length === 0) this.#partitions.delete(partition);
  }
}

function versionAt({ versions }: Entry, time: number): Stored | undefined {
  for (let at = versions.length - 1; at >= 0; at -= 1) {
    const version = versions[at];
    if (version && version.from <= time) return version.stored;
  }
  return undefined;
}

export function comparePositions(one: Position, other: Position): number {
  const bySort = one.sort && other.sort ? (compareValues(one.sort, other.sort) ?? 0) : 0;
  return bySort || compareTexts(one.tie, other.tie);
}

function firstPlace(entries: readonly Entry[], isBehind: (position: Position) => boolean): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBehind(entries[middle] as Entry)) high = middle;
    else low = middle + 1;
  }
  return low;
}
