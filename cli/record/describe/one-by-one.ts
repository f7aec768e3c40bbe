import { type Describer, type Describing, eachOf, type Entry, missing, type Named } from './describer';

/** A resource that was found, and what it leads to. */
export interface Found {
  readonly entry: Entry;
  readonly leads: readonly Named[];
}

/** Describes each by itself; `find` answers nothing of one that is not there. */
export function oneByOne(find: (id: string, describing: Describing) => Promise<Found | undefined>): Describer {
  return {
    atOnce: 10,
    describe: async (ids, describing) => {
      const found = (await eachOf(ids, (id) => find(id, describing))).flatMap((one) => one ?? []);
      const entries = found.map(({ entry }) => entry);
      return { entries: [...entries, ...missing(ids, entries)], leads: found.flatMap(({ leads }) => leads) };
    },
  };
}
