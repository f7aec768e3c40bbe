import type { HistoryEntry } from '../../store/incident-store';
import { withoutUs, type WithoutUs } from '../without-us';
import { heldBackAmong, median, type HeldBack, type Story } from './story';

/** How incidents went that nothing was done for; `closed` by a person, `open` still. */
export type Courses = Readonly<Record<WithoutUs | 'closed' | 'open', number>>;

/** What a rule in mode observe would have done, and how it went without. */
export interface Watched {
  /** Incidents in which the guards would have let something start; `asking` of these only after a person's yes. */
  readonly wouldHaveActed: { readonly times: number; readonly asking: number; readonly went: Courses };
  /** Of these: seconds from the opening until they were well, for those that got well by themselves as far as is known. */
  readonly recoveredAfterSeconds: number | null;
  /** Incidents with a plan that a guard would have held, at least at first. */
  readonly wouldHaveHeld: HeldBack & { readonly went: Courses };
  /** Incidents without anything that may be tried, or that could not be read: people would have been called. */
  readonly wouldHaveCalled: number;
  /** Incidents that were well before it was their turn, be it within the hold-down. */
  readonly recoveredBefore: number;
  /** Incidents that have not come so far yet, or were closed by a person before. */
  readonly other: number;
}

type Turn = 'acted' | 'held' | 'called' | 'before' | 'other';

/** Reckons up incidents that were opened in mode observe. */
export function watchedIn(stories: readonly Story[]): Watched {
  const of = (turn: Turn): readonly Story[] => stories.filter((story) => turnOf(story) === turn);
  const [acted, held] = [of('acted'), of('held')];
  const alone = acted.filter((story) => ['byItself', 'untold'].includes(courseOf(story)));
  return {
    wouldHaveActed: { times: acted.length, asking: acted.filter(wouldAsk).length, went: coursesOf(acted) },
    recoveredAfterSeconds: median(alone.flatMap(secondsUntilWell)),
    wouldHaveHeld: { ...heldBackAmong(held), went: coursesOf(held) },
    wouldHaveCalled: of('called').length,
    recoveredBefore: of('before').length,
    other: of('other').length,
  };
}

/** What it came to when it was its turn: the entry with which the watch began says that. */
function turnOf({ incident, history }: Story): Turn {
  const began = beginOfWatch(history);
  if (!began) return incident.state === 'recovered' ? 'before' : 'other';
  switch (began.event.type) {
    case 'admission.granted':
      return 'acted';
    case 'admission.refused':
    case 'plan.busy':
      return 'held';
    default:
      return 'called';
  }
}

function beginOfWatch(history: readonly HistoryEntry[]): HistoryEntry | undefined {
  return history.find(({ from, to }) => to === 'watching' && from !== 'watching');
}

function wouldAsk({ incident, history }: Story): boolean {
  const remediation = beginOfWatch(history)?.remediation;
  return incident.rule.ladder.some((rung) => rung.remediation === remediation && rung.approval !== 'notRequired');
}

function courseOf({ incident, history }: Story): keyof Courses {
  const last = history.findLast(({ to }) => to === 'observed' || to === 'closed');
  if (!last) return 'open';
  return incident.state === 'closed' ? 'closed' : withoutUs(last);
}

function coursesOf(stories: readonly Story[]): Courses {
  const count = (course: keyof Courses): number => stories.filter((story) => courseOf(story) === course).length;
  return {
    byItself: count('byItself'),
    bySomebody: count('bySomebody'),
    untold: count('untold'),
    unplanned: count('unplanned'),
    stillSick: count('stillSick'),
    closed: count('closed'),
    open: count('open'),
  };
}

function secondsUntilWell({ incident, history }: Story): number[] {
  const well = history.findLast(({ event }) => event.type === 'symptom.gone');
  return well ? [Math.round((well.at - incident.openedAt) / 1_000)] : [];
}
