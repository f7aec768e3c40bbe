import type { EpochMillis } from '../signals/signal';
import { touches, type Effect } from '../statemachines/effect';
import { newIncident, type Incident, type State } from '../statemachines/incident';
import { committed, step, type Step } from '../statemachines/step';
import type { History, RecordedEntry } from './history';
import { answeredBy, answers, effectText } from './history-effects';

/** What was decided on one event, as far as a history tells. */
export interface Decided {
  readonly state: State;
  /** The remediation that was under way; null where none was. */
  readonly remediation: string | null;
  /** What was asked for, in words; null where the history cannot tell. */
  readonly asks: string | null;
  /** When it was to be woken next; null where nothing was to; absent where the history does not tell. */
  readonly wakeAt?: EpochMillis | null;
}

/** The first decision that differs. */
export interface Difference {
  /** Its place in the history, counted from 1. Of the end, the last one. */
  readonly entry: number;
  readonly at: EpochMillis;
  /** Type of the event. */
  readonly event: string;
  /** State in which it came. */
  readonly from: State;
  readonly then: Decided;
  /** Null where today's machine cannot take the event at all. */
  readonly today: Decided | null;
  /** What differs, in words. */
  readonly why: string;
}

/** Today's machine, or one that a test has altered. */
export type Decide = (incident: Incident, event: RecordedEntry['event']) => Step;

/** The decision that was made last. */
interface Made {
  readonly index: number;
  readonly entry: RecordedEntry;
  readonly before: Incident;
  readonly step: Step;
}

/**
 * Decides a recorded incident anew: the same events, one after the other, and the first decision that differs, if one does. The
 * machine that decided it then may be of another version. Pure.
 *
 * A history has no commits in it, but where they were follows from what `advance` does: one before each touch, one at the end
 * of what an outside event set going.
 */
export function firstDifference(history: History, decide: Decide = step): Difference | undefined {
  let incident = newIncident(history.opened);
  let asked: readonly Effect[] = [];
  let last: Made | undefined;
  for (const [index, entry] of history.entries.entries()) {
    const answered = answeredBy(entry.event);
    if (last) {
      const unmet = unmetBy(entry, asked, history);
      if (unmet !== undefined) return differs(last, asked, unmet, history);
      if (answered === undefined || answered === 'start' || answered === 'notify') incident = committed(incident);
    }
    const before = incident;
    let made: Step;
    try {
      made = decide(before, entry.event);
    } catch (error) {
      return cannot(index, entry, error, history);
    }
    last = { index, entry, before, step: made };
    const why = otherwise(last);
    // What one that has moved on had asked for, nobody waits for any more.
    const open = made.incident.state === before.state ? asked : asked.filter((effect) => !touches(effect));
    asked = [...open.filter((effect) => !answers(entry, effect)), ...made.effects];
    if (why !== undefined) return differs(last, made.effects, why, history);
    incident = made.incident;
  }
  return last && atTheEnd(last, committed(incident), asked, history);
}

/** Why what comes next in the history cannot be where today's machine has asked for this; undefined where it can. */
function unmetBy(next: RecordedEntry, asked: readonly Effect[], { uninterrupted }: History): string | undefined {
  const type = answeredBy(next.event);
  if (type !== undefined) {
    if (asked.some((effect) => answers(next, effect))) return undefined;
    return `then ${effectText(type, next)} was asked for; today's machine ${asksText(asked)}`;
  }
  const open = asked.filter((effect) => uninterrupted === true || !touches(effect));
  return open.length === 0 ? undefined : `then nothing more was asked for; today's machine ${asksText(open)}`;
}

/** How the step is not what was recorded; undefined where it is. */
function otherwise({ entry, before, step: { incident, ignored } }: Made): string | undefined {
  if (ignored !== undefined) return `today's machine ignores it: ${ignored}`;
  if (incident.state !== entry.to) {
    const goes = (from: State, to: State): string => (from === to ? `stays in ${to}` : `goes to ${to}`);
    const then = entry.from === entry.to ? `it stayed in ${entry.to}` : `it went to ${entry.to}`;
    return `then ${then}; today's machine ${goes(before.state, incident.state)}${becauseOf(before, incident, entry.at)}`;
  }
  const remediation = remediationOf(before, incident);
  if (remediation !== (entry.remediation ?? null))
    return `then ${entry.remediation ?? 'no remediation'} was under way; today's machine has ${remediation ?? 'none'}`;
  if (entry.wakeAt !== undefined && entry.wakeAt !== (incident.wake?.at ?? null))
    return `then it ${wakeText(entry.wakeAt)}; with today's machine it ${wakeText(incident.wake?.at ?? null)}`;
  return undefined;
}

/** What today's machine says of why, and how the wait stood that it was in. */
function becauseOf(before: Incident, { memory }: Incident, at: EpochMillis): string {
  const { deadlineAt } = before.memory;
  const reasons = [
    ...(memory.gaveUp !== null && memory.gaveUp !== before.memory.gaveUp ? [memory.gaveUp] : []),
    ...(memory.held !== null && memory.held.reason !== before.memory.held?.reason ? [memory.held.reason] : []),
    ...(deadlineAt === null
      ? []
      : [`its wait ${deadlineAt <= at ? 'was over' : 'lasts'} ${sinceText(deadlineAt - at)}`]),
  ];
  return reasons.length === 0 ? '' : ` (${reasons.join('; ')})`;
}

function sinceText(milliseconds: number): string {
  const seconds = Math.round(Math.abs(milliseconds) / 1_000);
  if (milliseconds > 0) return `for another ${seconds} s`;
  return seconds === 0 ? 'at that very moment' : `${seconds} s before`;
}

function remediationOf(before: Incident, after: Incident): string | null {
  return after.memory.planned?.remediation ?? before.memory.planned?.remediation ?? null;
}

function wakeText(at: EpochMillis | null): string {
  return at === null ? 'is woken by nothing' : `is woken at ${new Date(at).toISOString()}`;
}

function asksText(asked: readonly Effect[]): string {
  return asked.length === 0
    ? 'asks for nothing'
    : `asks for ${asked.map((effect) => effectText(effect)).join(' and ')}`;
}

function differs(
  { index, entry, before, step: { incident } }: Made,
  asked: readonly Effect[],
  why: string,
  history: History,
): Difference {
  return {
    ...placeOf(index, entry),
    then: thenDecided(index, history),
    today: {
      state: incident.state,
      remediation: remediationOf(before, incident),
      asks: asked.length === 0 ? 'nothing' : asked.map((effect) => effectText(effect)).join(' and '),
      ...(entry.wakeAt !== undefined && { wakeAt: incident.wake?.at ?? null }),
    },
    why,
  };
}

function cannot(index: number, entry: RecordedEntry, error: unknown, history: History): Difference {
  const why = `today's machine cannot take it: ${error instanceof Error ? error.message : String(error)}`;
  return { ...placeOf(index, entry), then: thenDecided(index, history), today: null, why };
}

function placeOf(
  index: number,
  { at, event, from }: RecordedEntry,
): Pick<Difference, 'entry' | 'at' | 'event' | 'from'> {
  return { entry: index + 1, at, event: event.type, from };
}

/** What was asked for then is what the next entry answers; the last one's cannot be told. */
function thenDecided(index: number, { entries }: History): Decided {
  const { to, remediation = null, wakeAt } = entries[index] as RecordedEntry;
  const next = entries[index + 1];
  const type = next && answeredBy(next.event);
  const asks = type ? effectText(type, next) : next ? 'nothing' : null;
  return { state: to, remediation, asks, ...(wakeAt !== undefined && { wakeAt }) };
}

/** All decisions are the same; what is left is what they came to. */
function atTheEnd(last: Made, incident: Incident, asked: readonly Effect[], history: History): Difference | undefined {
  const open = asked.filter((effect) => history.uninterrupted === true || !touches(effect));
  if (open.length > 0)
    return differs(last, asked, `then nothing more was asked for; today's machine ${asksText(open)}`, history);
  const { ended } = history;
  const today: typeof ended = {
    revision: incident.revision,
    state: incident.state,
    memory: incident.memory,
    wake: incident.wake,
  };
  const where = unlike(ended, today);
  if (where.length === 0) return undefined;
  const why = `every decision is the same, and what it came to is not: ${where.join('; ')}`;
  return differs(last, last.step.effects, why, history);
}

/** The parts of two values that are not the same JSON, each with what it was and is. */
function unlike(then: unknown, today: unknown, path = ''): readonly string[] {
  if (!isObject(then) || !isObject(today) || Array.isArray(then) || Array.isArray(today)) {
    const [was, is] = [textOf(then), textOf(today)];
    return was === is ? [] : [`${path} was ${was}, is ${is}`];
  }
  const names = [...new Set([...Object.keys(then), ...Object.keys(today)])].sort();
  return names.flatMap((name) => unlike(then[name], today[name], path === '' ? name : `${path}.${name}`));
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** As JSON, whatever the order of the keys. */
function textOf(value: unknown): string {
  if (value === undefined) return 'not there';
  return JSON.stringify(value, (_key, part: unknown) =>
    isObject(part) && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
