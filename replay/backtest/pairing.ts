import type { Heard } from './heard';
import type { Side } from './side';
import type { SideIncident } from './side-incident';

/** What became of one sickness on either side; null where a side opened nothing for it. */
export interface Pair {
  readonly old: SideIncident | null;
  readonly new: SideIncident | null;
  /** What the side without an incident made of the signal that opened the other's; absent where it never heard it. */
  readonly instead?: Heard;
}

/** Two incidents on one sickness that opened this close to each other, in milliseconds, are taken for one. */
const closeBy = 3_600_000;

const idKey = ({ world, id }: SideIncident): string => `${world}/${id}`;
const sickness = ({ world, resource, condition }: SideIncident): string => `${world}/${resource}/${condition}`;

/**
 * Pairs the incidents of two sides: those of one signal, whose ids are the same, and of what is left over those of one
 * sickness that opened within an hour of each other, the nearest first. In the order in which they opened.
 */
export function paired(old: Side, fresh: Side): readonly Pair[] {
  const byId = new Map(fresh.incidents.map((one) => [idKey(one), one]));
  const pairs: Pair[] = [];
  const leftOld: SideIncident[] = [];
  for (const one of old.incidents) {
    const same = byId.get(idKey(one));
    if (same) pairs.push({ old: one, new: same });
    else leftOld.push(one);
    byId.delete(idKey(one));
  }
  const leftNew = bySickness([...byId.values()]);
  for (const one of leftOld) {
    const near = takeNearest(leftNew.get(sickness(one)) ?? [], one);
    pairs.push(near ? { old: one, new: near } : { old: one, new: null, ...insteadOf(one, old, fresh) });
  }
  for (const one of [...leftNew.values()].flat()) pairs.push({ old: null, new: one, ...insteadOf(one, fresh, old) });
  return pairs.sort((a, b) => openedAt(a) - openedAt(b));
}

/** When the first of the two opened. */
export function openedAt({ old, new: fresh }: Pair): number {
  return Math.min(old?.openedAt ?? Infinity, fresh?.openedAt ?? Infinity);
}

function bySickness(incidents: readonly SideIncident[]): Map<string, SideIncident[]> {
  const groups = new Map<string, SideIncident[]>();
  for (const one of incidents) groups.set(sickness(one), [...(groups.get(sickness(one)) ?? []), one]);
  return groups;
}

/** Takes out of `among` the one that opened nearest to `one`, if it is near enough. */
function takeNearest(among: SideIncident[], one: SideIncident): SideIncident | undefined {
  const distance = (other: SideIncident): number => Math.abs(other.openedAt - one.openedAt);
  const [nearest] = [...among].sort((a, b) => distance(a) - distance(b));
  if (!nearest || distance(nearest) > closeBy) return undefined;
  among.splice(among.indexOf(nearest), 1);
  return nearest;
}

/** What `there` made of the signal that opened the incident `here`. */
function insteadOf(one: SideIncident, here: Side, there: Side): Pick<Pair, 'instead'> {
  const signal = openingOf(here).get(idKey(one));
  const instead = signal === undefined ? undefined : there.heard.get(signal);
  return instead ? { instead } : {};
}

const openings = new WeakMap<Side, ReadonlyMap<string, string>>();

/** Which signal opened which incident. */
function openingOf(side: Side): ReadonlyMap<string, string> {
  const known = openings.get(side);
  if (known) return known;
  const made = new Map<string, string>();
  for (const [signal, { decision, incident }] of side.heard) {
    if (decision === 'opened' && incident !== undefined) made.set(`${signal.split('/')[0] ?? ''}/${incident}`, signal);
  }
  openings.set(side, made);
  return made;
}
