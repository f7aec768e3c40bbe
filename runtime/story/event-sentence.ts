import { plainText } from '../../signals/plain-text';
import type { Resource } from '../../signals/signal';
import { durationText } from '../../statemachines/duration';
import type { Incident } from '../../statemachines/incident';
import type { IncidentEvent } from '../../statemachines/incident-event';
import { withoutReason, inFewWords } from './aws-words';
import { recurrenceText } from './recurrence-text';
import { refusalsText } from './refusals-text';
import type { HistoryEntry } from '../store/incident-store';

/** Longest that AWS's own words may make a line, in characters; our own are short, or worth their room. */
const lineLength = 158;

type Tellings = {
  readonly [E in IncidentEvent as E['type']]: (event: E, entry: HistoryEntry, incident: Incident) => string | undefined;
};

const tellings: Tellings = {
  'incident.opened': ({ detail }, _entry, incident) => opening(detail, incident),
  'signal.repeated': ({ detail }) => cut('AWS says again: ', inFewWords(detail)),
  'signal.recovered': ({ detail }) => cut('AWS says that it recovered: ', withoutReason(detail)),
  'signal.progressed': ({ detail }) => cut('AWS says: ', detail),
  'signal.echoed': ({ resource, condition, detail }) =>
    `${cut(`meanwhile ${shownName(resource)} is ${condition} (`, inFewWords(detail), lineLength - answerable.length)}${answerable}`,
  'timer.fired': () => undefined,
  'symptom.present': ({ detail }, { from, to }, { rule }) =>
    from === 'verifying' && to === 'verifying'
      ? `still sick, and has ${durationText(rule.verify.withinSeconds)} to get well: ${detail}`
      : `still sick: ${detail}`,
  'symptom.gone': ({ detail }, { from }) => `${from === 'settling' ? 'still healthy' : 'healthy'}: ${detail}`,
  'symptom.unreadable': ({ detail }) => `whether it is sick cannot be told: ${detail}`,
  'plan.made': ({ summary, remediation, destroys }, _entry, { rule }) => {
    const loses = destroys.length > 0 ? `; lost for good: ${destroys.join(', ')}` : '';
    return `${rule.mode === 'observe' ? 'would' : 'plan:'} ${summary} (${remediation})${loses}`;
  },
  'plan.refused': ({ remediation, reason }) => `${remediation} refused: ${reason}`,
  'plan.busy': ({ remediation, reason }, { to }) =>
    `${remediation} ${to === 'watching' ? 'would have' : 'has'} to wait: ${reason}`,
  'plan.notNeeded': ({ remediation, reason }) => `${remediation} is not needed: ${reason}`,
  'approval.granted': ({ by }, { from, to }) =>
    // A yes after which it goes on waiting was not the last that it takes.
    from === to ? `approved by ${by}, the first of two: somebody else has to agree, too` : `approved by ${by}`,
  'approval.denied': ({ by }) => `denied by ${by}`,
  // What follows on a yes is told as it is done; where nothing follows, this is all that there is.
  'admission.granted': (_event, entry, incident) => {
    if (entry.to !== 'watching') return undefined;
    const first = asksFirst(entry, incident) ? `ask ${incident.rule.escalate[0].contact} for approval` : 'start';
    return `no guard stands in the way: it would ${first} now`;
  },
  'admission.refused': ({ refusals }, { to }) =>
    `${to === 'watching' ? 'would not have started' : 'may not start'} now: ${refusalsText(refusals)}`,
  'start.succeeded': (_event, entry) => `started ${doing(entry)}${writesOf(entry)}`,
  'start.refused': ({ reason }, entry) => `${doing(entry)} did not start: ${reason}`,
  'start.unknown': ({ reason }, entry) => `whether ${doing(entry)} started is unknown, so AWS is asked: ${reason}`,
  'check.done': ({ detail }, entry) => checking(entry, detail, (it) => `${it} is done: ${detail}`),
  'check.pending': ({ detail }, entry) => checking(entry, detail, (it) => `${it} is under way: ${detail}`),
  'check.failed': ({ detail }, entry) => checking(entry, detail, (it) => `${it} failed: ${detail}`),
  'check.notStarted': ({ detail }, entry) => checking(entry, detail, (it) => `AWS shows no trace of ${it}: ${detail}`),
  'check.continue': ({ detail }, entry) => checking(entry, detail, (it) => `${it} goes on: ${detail}`),
  'notification.sent': ({ contact, folded }, { from }) => {
    const how = folded ? ', in one message with others' : '';
    // Whom it asks has been said on entering the state.
    if (from === 'awaitingApproval') return folded ? `asked ${contact}${how}` : undefined;
    if (from === 'held') return `told ${contact} that a storm holds it${how}`;
    return `${from === 'escalating' ? 'called' : 'told'} ${contact}${how}`;
  },
  'notification.failed': ({ contact, reason }) => `${contact} could not be reached: ${reason}`,
  'escalation.acknowledged': ({ by }) => `acknowledged by ${by}`,
  'incident.closed': ({ by }) => `closed by ${by}`,
};

/** What is said of an echo after what it is. */
const answerable = '): it may come of what was started here, so it must be well, too';

/** What an event says, in one sentence; undefined for one that says nothing by itself. */
export function eventSentence(entry: HistoryEntry, incident: Incident): string | undefined {
  // TypeScript can't see that what is found by an event's type takes that event.
  return tellings[entry.event.type](entry.event as never, entry, incident);
}

/** What an event says beside that, in a sentence of its own; undefined for most. */
export function sentenceBeside({ event }: HistoryEntry, { rule }: Incident): string | undefined {
  return event.type === 'incident.opened' && event.recurrence ? recurrenceText(event.recurrence, rule) : undefined;
}

/** Whether people would have to agree to what is under way before it starts. */
function asksFirst({ remediation }: HistoryEntry, { rule }: Incident): boolean {
  return rule.ladder.some((rung) => rung.remediation === remediation && rung.approval !== 'notRequired');
}

function opening(detail: string, { resource, condition, rule }: Incident): string {
  const under = `; rule ${rule.name}, mode ${rule.mode}`;
  const what = `opened: ${shownName(resource)} is ${condition} (`;
  return `${cut(what, inFewWords(detail), lineLength - under.length)})${under}`;
}

/** What people call a resource: the ids of target groups and load balancers are ARNs, which hide their names. */
function shownName({ kind, id }: Resource): string {
  if (kind === 'load-balancer') return `load balancer ${id.split('/')[2] ?? id}`;
  return kind === 'target-group' ? `target group ${id.split('/')[1] ?? id}` : id;
}

/** A line of AWS's own words, however many they are. */
function cut(before: string, words: string, most: number = lineLength): string {
  return `${before}${plainText(words, Math.max(40, most - before.length))}`;
}

function doing({ remediation }: HistoryEntry): string {
  return remediation ?? 'the remediation';
}

/** What a check says of what was started; where nothing was, it only tells whether somebody else did the same. */
function checking(entry: HistoryEntry, detail: string, said: (it: string) => string): string {
  return entry.from === 'comparing'
    ? `looked whether anybody did the same as ${doing(entry)}: ${detail}`
    : said(doing(entry));
}

function writesOf({ calls }: HistoryEntry): string {
  const writes = calls.filter(({ access }) => access === 'write').map(({ action }) => action);
  return writes.length > 0 ? ` (${writes.join(', ')})` : '';
}
