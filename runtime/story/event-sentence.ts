import { plainText } from '../../signals/plain-text';
import type { Resource } from '../../signals/signal';
import { durationText } from '../../statemachines/duration';
import type { Incident } from '../../statemachines/incident';
import type { IncidentEvent } from '../../statemachines/incident-event';
import { withoutReason, inFewWords } from './aws-words';
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
  'timer.fired': () => undefined,
  'symptom.present': ({ detail }, { from, to }, { rule }) =>
    from === 'verifying' && to === 'verifying'
      ? `still sick, and has ${durationText(rule.verify.withinSeconds)} to get well: ${detail}`
      : `still sick: ${detail}`,
  'symptom.gone': ({ detail }, { from }) => `${from === 'settling' ? 'still healthy' : 'healthy'}: ${detail}`,
  'symptom.unreadable': ({ detail }) => `cannot be read: ${detail}`,
  'plan.made': ({ summary, remediation }, { to }) =>
    `${to === 'observed' ? 'would' : 'plan:'} ${summary} (${remediation})`,
  'plan.refused': ({ remediation, reason }) => `${remediation} refused: ${reason}`,
  'plan.notNeeded': ({ remediation, reason }) => `${remediation} is not needed: ${reason}`,
  'approval.granted': ({ by }) => `approved by ${by}`,
  'approval.denied': ({ by }) => `denied by ${by}`,
  'admission.granted': () => undefined,
  'admission.refused': ({ reasons }) => `may not start now: ${reasons.join('; ')}`,
  'start.succeeded': (_event, entry) => `started ${doing(entry)}${writesOf(entry)}`,
  'start.refused': ({ reason }, entry) => `${doing(entry)} did not start: ${reason}`,
  'start.unknown': ({ reason }, entry) => `whether ${doing(entry)} started is unknown, so AWS is asked: ${reason}`,
  'check.done': ({ detail }, entry) => `${doing(entry)} is done: ${detail}`,
  'check.pending': ({ detail }, entry) => `${doing(entry)} is under way: ${detail}`,
  'check.failed': ({ detail }, entry) => `${doing(entry)} failed: ${detail}`,
  'check.notStarted': ({ detail }, entry) => `AWS shows no trace of ${doing(entry)}: ${detail}`,
  'check.continue': ({ detail }, entry) => `${doing(entry)} goes on: ${detail}`,
  'notification.sent': ({ contact }, { from }) => {
    // Whom it asks has been said on entering the state.
    if (from === 'awaitingApproval') return undefined;
    return `${from === 'escalating' ? 'called' : 'told'} ${contact}`;
  },
  'notification.failed': ({ contact, reason }) => `${contact} could not be reached: ${reason}`,
  'escalation.acknowledged': ({ by }) => `acknowledged by ${by}`,
  'incident.closed': ({ by }) => `closed by ${by}`,
};

/** What an event says, in one sentence; undefined for one that says nothing by itself. */
export function eventSentence(entry: HistoryEntry, incident: Incident): string | undefined {
  // TypeScript can't see that what is found by an event's type takes that event.
  return tellings[entry.event.type](entry.event as never, entry, incident);
}

function opening(detail: string, { resource, condition, rule }: Incident): string {
  const under = `; rule ${rule.name}, mode ${rule.mode}`;
  const what = `opened: ${shownName(resource)} is ${condition} (`;
  return `${cut(what, inFewWords(detail), lineLength - under.length)})${under}`;
}

/** What people call a resource: a target group's id is its ARN, which hides the name. */
function shownName({ kind, id }: Resource): string {
  return kind === 'target-group' ? `target group ${id.split('/')[1] ?? id}` : id;
}

/** A line of AWS's own words, however many they are. */
function cut(before: string, words: string, most: number = lineLength): string {
  return `${before}${plainText(words, Math.max(40, most - before.length))}`;
}

function doing({ remediation }: HistoryEntry): string {
  return remediation ?? 'the remediation';
}

function writesOf({ calls }: HistoryEntry): string {
  const writes = calls.filter(({ access }) => access === 'write').map(({ action }) => action);
  return writes.length > 0 ? ` (${writes.join(', ')})` : '';
}
