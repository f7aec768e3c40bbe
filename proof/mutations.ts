import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Crew, type Patch } from './campaign/crew';
import { commits } from './mutations/commits';
import { limits } from './mutations/limits';
import { looks } from './mutations/looks';
import type { Mutation } from './mutations/mutation';
import { past } from './mutations/past';
import firstSeeds from './mutations/first-seeds.json';
import { people } from './mutations/people';
import { Randomness } from './randomness';
import { isOnTable } from './stage';
import { touches } from './mutations/touches';

/** Bugs that the simulation has to find, one at a time. */
export const mutations: readonly Mutation[] = [...commits, ...touches, ...limits, ...people, ...looks, ...past];

const root = join(__dirname, '..');

/** The file of a mutation with the bug in it. Throws where the text that it changes is not there, or there more than once. */
export function patchOf({ name, file, from, to }: Mutation): Patch {
  const path = join(root, file);
  const parts = readFileSync(path, 'utf8').split(from);
  if (parts.length === 2) return { file: path, text: parts.join(to) };
  throw new Error(
    `Mutation ${name} has to be brought up to date in proof/mutations/: the text that it changes is ${parts.length - 1} times in ${file}, and must be there once.`,
  );
}

/** What came of looking for a planted bug. */
export interface Hunt {
  readonly mutation: Mutation;
  /** By which invariant it was found, at which seed, and after how many; absent where it was not. */
  readonly found?: { readonly invariant: string; readonly what: string; readonly seed: number; readonly after: number };
  /** Promises that broke and say nothing of this bug, with the first seed of each. */
  readonly besides: readonly { readonly invariant: string; readonly what: string; readonly seed: number }[];
}

/** Runs seed after seed with the bug in place, until an invariant breaks that tells of it. */
export async function hunt(mutation: Mutation, from: number, atMost: number, patch = patchOf(mutation)): Promise<Hunt> {
  const crew = new Crew(1, patch);
  const besides: { invariant: string; what: string; seed: number }[] = [];
  let runs = 0;
  try {
    for (const seed of seedsFor(mutation, from, atMost)) {
      const after = seed - from + 1;
      if (!mayTell(mutation, seed)) continue;
      runs += 1;
      const { violation } = await crew.run({ plan: { seed }, keepsLines: false });
      if (!violation) continue;
      const { invariant, what } = violation;
      if (mutation.breaks.includes(invariant)) return { mutation, found: { invariant, what, seed, after }, besides };
      if (!besides.some((one) => one.invariant === invariant)) besides.push({ invariant, what, seed });
      // A program that does not even run proves nothing.
      if (invariant === 'trial' && runs === 1) break;
    }
  } finally {
    await crew.close();
  }
  return { mutation, besides };
}

/** In order, but for the one by which it was found last: that comes first, so that finding it again takes no search. */
function* seedsFor({ name }: Mutation, from: number, atMost: number): Generator<number> {
  const first = (firstSeeds as Readonly<Record<string, number>>)[name];
  const isAmong = first !== undefined && first >= from && first < from + atMost;
  if (isAmong) yield first;
  for (let seed = from; seed < from + atMost; seed += 1) if (seed !== first) yield seed;
}

/** A world in which the store is another than the one with the bug in it tells nothing: it is counted, and not run. */
function mayTell({ file }: Mutation, seed: number): boolean {
  if (file.startsWith('runtime/store/dynamodb')) return isOnTable(new Randomness(seed));
  return !file.startsWith('runtime/store/memory') || !isOnTable(new Randomness(seed));
}

/** Hunts for all of these, so many at a time; `onHunt` is told of each as it ends. The answers are in the order of the mutations. */
export async function huntAll(
  wanted: readonly Mutation[],
  { from, atMost, threads }: { readonly from: number; readonly atMost: number; readonly threads: number },
  onHunt: (hunt: Hunt) => void = () => undefined,
): Promise<readonly Hunt[]> {
  // All of them first: one that is out of date should not be found out after minutes.
  const waiting = wanted.map((mutation) => ({ mutation, patch: patchOf(mutation) }));
  const hunts = new Map<string, Hunt>();
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const done = await hunt(next.mutation, from, atMost, next.patch);
      hunts.set(next.mutation.name, done);
      onHunt(done);
    }
  };
  await Promise.all(Array.from({ length: Math.min(threads, wanted.length) }, lane));
  return wanted.flatMap(({ name }) => hunts.get(name) ?? []);
}
