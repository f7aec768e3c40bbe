import type { Randomness } from '../randomness';
import type { DrawnAccount } from './account';
import type { Ailment } from './ailments';
import type { Estate, RungText } from './estate';
import { backups } from './estates/backups';
import { buckets } from './estates/buckets';
import { caches } from './estates/caches';
import { databases } from './estates/databases';
import { fronts } from './estates/fronts';
import { functions } from './estates/functions';
import { names } from './estates/names';
import { replicas } from './estates/replicas';
import { servers } from './estates/servers';
import { services } from './estates/services';
import { storage } from './estates/storage';
import { tables } from './estates/tables';
import { watchers } from './estates/watchers';

/** Share of the accounts that hold one of these besides. */
const share = 0.75;

/** Systems that an account may hold besides its instances, groups and databases. */
const estates: readonly Estate[] = [
  backups,
  buckets,
  caches,
  databases,
  fronts,
  functions,
  names,
  replicas,
  servers,
  services,
  storage,
  tables,
  watchers,
];

/** An account with one more system, and what falls sick in that. */
export function drawEstate(
  account: DrawnAccount,
  within: number,
  random: Randomness,
): { readonly account: DrawnAccount; readonly ailments: readonly Ailment[] } {
  const [first, ...others] = estates;
  if (!first || !random.chance(share)) return { account, ailments: [] };
  const { description, ailments } = random.pick([first, ...others]).draw(random.of('contents'));
  const fallSick = Array.from({ length: random.between(1, 2) }, (_, index) =>
    random.pick(ailments)(random.between(0, within * 0.7), random.of(`ailment ${index}`)),
  );
  return { account: { ...account, description: joined(account.description, description) }, ailments: fallSick };
}

/** Rules for all of these, whichever an account holds. */
export function estateRules(rung: RungText): string {
  return estates.map(({ rules }) => rules(rung)).join('');
}

/** What their alarms mean that no source reads. */
export function estateConditions(): readonly object[] {
  return estates.flatMap(({ conditions }) => conditions ?? []);
}

function joined(description: object, more: Readonly<Record<string, readonly object[]>>): object {
  const own = new Map<string, unknown>(Object.entries(description));
  for (const [field, added] of Object.entries(more)) {
    const there = own.get(field);
    own.set(field, [...(Array.isArray(there) ? (there as readonly unknown[]) : []), ...added]);
  }
  return Object.fromEntries(own);
}
