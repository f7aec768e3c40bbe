import { durationText } from '../../statemachines/duration';
import type { Attempt } from '../../runtime/story/attempts';
import type { Pair } from './pairing';
import type { SaidNo, SideIncident } from './side-incident';

/** What the two policies come to otherwise: whether there is an incident, how it ends, what is started, who is written to. */
const results = ['onlyOld', 'onlyNew', 'outcome', 'tried', 'people'] as const;
/** How they come to the same: what said no on the way, the rule, its mode, and how long it took. */
const ways = ['guard', 'refusal', 'rule', 'mode', 'time'] as const;
/** What two policies can differ in, for one incident; the weightiest first. */
export const differenceKinds = [...results, ...ways] as const;
/** One of these. */
export type DifferenceKind = (typeof differenceKinds)[number];

/** Whether two policies come to the same, by the same way or by another one. */
export const likenesses = ['otherResult', 'otherWay', 'same'] as const;
/** One of these. */
export type Likeness = (typeof likenesses)[number];

/** How much the differences of one incident amount to. */
export function likenessOf(differences: readonly Difference[]): Likeness {
  if (differences.some(({ what }) => (results as readonly string[]).includes(what))) return 'otherResult';
  return differences.length > 0 ? 'otherWay' : 'same';
}

/** One thing in which two policies differ for an incident. */
export interface Difference {
  readonly what: DifferenceKind;
  /** Names of the rules that decided, the old one's first; one where both have the same. */
  readonly rules: readonly string[];
  /** In words: what it was, and what it would be. */
  readonly text: string;
}

/** Ends that lie closer together than this are no difference, in milliseconds. */
const sameTime = 60_000;

/** All that differs, the weightiest first; none where both policies did the same. */
export function differencesOf(pair: Pair): readonly Difference[] {
  const { old, new: fresh } = pair;
  const rules = [...new Set([old, fresh].flatMap((one) => (one ? [one.rule] : [])))];
  const told = !old ? only('onlyNew', fresh, pair) : !fresh ? only('onlyOld', old, pair) : between(old, fresh);
  return told.map(({ what, text }) => ({ what, rules, text }));
}

type Telling = Pick<Difference, 'what' | 'text'>;

function only(what: 'onlyOld' | 'onlyNew', one: SideIncident | null, { instead }: Pair): readonly Telling[] {
  const there = what === 'onlyNew' ? 'The old policy' : 'The new policy';
  const here = what === 'onlyNew' ? 'the new one' : 'the old one';
  const did =
    instead === undefined
      ? `${there} never came to it: there it did not happen`
      : instead.decision === 'joined'
        ? `${there} counts it as part of ${instead.incident ?? 'another incident'}`
        : `${there} opens nothing for it: ${instead.reason ?? instead.decision}`;
  return [{ what, text: `${did}; ${here} opens an incident, ${one?.outcome ?? 'open'}` }];
}

function between(old: SideIncident, fresh: SideIncident): readonly Telling[] {
  const compare = (
    what: Telling['what'],
    of: (one: SideIncident) => string,
    say: (was: string, is: string) => string,
  ) => {
    const [was, is] = [of(old), of(fresh)];
    return was === is ? [] : [{ what, text: say(was, is) }];
  };
  const plainly = (was: string, is: string): string => `${was}; now ${is}`;
  return [
    ...compare('outcome', ({ outcome }) => outcome, plainly),
    ...compare('tried', triedText, plainly),
    ...compare('people', toldText, plainly),
    ...noesDiffer('guard', old, fresh),
    ...noesDiffer('refusal', old, fresh),
    ...compare(
      'rule',
      ({ rule }) => rule,
      (was, is) => `rule ${was} took it; now rule ${is} does`,
    ),
    ...compare(
      'mode',
      ({ mode }) => mode,
      (was, is) => `mode ${was}; now ${is}`,
    ),
    ...timesDiffer(old, fresh),
  ];
}

const words: Partial<Record<Attempt['outcome'], string>> = {
  healed: 'helped',
  didNotHelp: 'did not help',
  failed: 'failed',
  underWay: 'is under way',
  wouldStart: 'would be started',
  denied: 'was denied',
  notNeeded: 'was not needed',
};

/** What was started, or would be, with what came of it; refusals are told by themselves. */
export function triedText({ attempts }: SideIncident): string {
  const tried = attempts.flatMap(({ remediation, outcome }) => {
    const word = words[outcome];
    return word === undefined ? [] : [`${remediation} ${word}`];
  });
  return tried.join(', then ') || 'nothing was started';
}

function toldText({ told }: SideIncident): string {
  const counts = new Map<string, number>();
  for (const { contact, kind } of told)
    counts.set(`${contact} (${kind})`, (counts.get(`${contact} (${kind})`) ?? 0) + 1);
  const all = [...counts].map(([whom, count]) => (count === 1 ? whom : `${whom} ${count} times`));
  return all.length > 0 ? `written to ${all.join(', ')}` : 'nobody was written to';
}

/** What said no on one side alone: guards, or remediations of themselves. */
function noesDiffer(what: 'guard' | 'refusal', old: SideIncident, fresh: SideIncident): readonly Telling[] {
  const nameOf = ({ by }: SaidNo): string | undefined =>
    what === 'guard' ? ('guard' in by ? by.guard : undefined) : 'remediation' in by ? by.remediation : undefined;
  const onlyIn = (one: SideIncident, other: SideIncident): readonly string[] =>
    one.saidNo
      .filter((no) => nameOf(no) !== undefined && !other.saidNo.some((theirs) => nameOf(theirs) === nameOf(no)))
      .map((no) => `${nameOf(no) ?? ''} (${no.reason})`);
  const [gone, come] = [onlyIn(old, fresh), onlyIn(fresh, old)];
  if (gone.length + come.length === 0) return [];
  const parts = [
    ...(come.length > 0 ? [`now refused by ${come.join(', ')}`] : []),
    ...(gone.length > 0 ? [`no longer refused by ${gone.join(', ')}`] : []),
  ];
  return [{ what, text: parts.join('; ') }];
}

function timesDiffer(old: SideIncident, fresh: SideIncident): readonly Telling[] {
  const lasted = ({ openedAt, closedAt }: SideIncident): number | null =>
    closedAt === null ? null : closedAt - openedAt;
  const [was, is] = [lasted(old), lasted(fresh)];
  if (was === is || (was !== null && is !== null && Math.abs(was - is) < sameTime)) return [];
  const said = (milliseconds: number | null): string =>
    milliseconds === null ? 'still open' : `over after ${durationText(Math.round(milliseconds / 1_000))}`;
  return [{ what: 'time', text: `${said(was)}; now ${said(is)}` }];
}
