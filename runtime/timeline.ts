import type { Incident } from '../statemachines/incident';
import type { IncidentEvent } from '../statemachines/incident-event';
import type { EpochMillis } from '../signals/signal';
import { durationText } from '../statemachines/duration';
import type { HistoryEntry } from './incident-store';

/** One line of an incident's story. */
export interface TimelineLine {
  readonly at: EpochMillis;
  /** One sentence for people, without its time. */
  readonly text: string;
}

/** The story of an incident as people read it: what happened, what was decided, what was done, and why. */
export function timelineOf(incident: Incident, history: readonly HistoryEntry[]): readonly TimelineLine[] {
  return history.flatMap((entry) => linesOf(entry, incident).map((text) => ({ at: entry.at, text })));
}

/** The lines of one entry: what it says, and what the incident now waits for. */
export function linesOf(entry: HistoryEntry, incident: Incident): readonly string[] {
  const told = sentence(entry, incident);
  const next = entry.from === entry.to ? undefined : onEntering(entry, incident);
  return [told, next].filter((line) => line !== undefined);
}

function sentence({ event, to, remediation, calls }: HistoryEntry, incident: Incident): string | undefined {
  const done = remediation ?? 'the remediation';
  switch (event.type) {
    case 'incident.opened': {
      const { rule, condition, resource } = incident;
      return `opened: ${resource.kind} ${resource.id} is ${condition} (${event.detail}); rule ${rule.name}, mode ${rule.mode}`;
    }
    case 'signal.repeated':
      return `signalled again: ${event.detail}`;
    case 'signal.recovered':
      return `AWS says that it recovered: ${event.detail}`;
    case 'signal.progressed':
      return `progress: ${event.detail}`;
    case 'timer.fired':
      return undefined;
    case 'symptom.present':
      return `still sick: ${event.detail}`;
    case 'symptom.gone':
      return `healthy: ${event.detail}`;
    case 'symptom.unreadable':
      return `cannot be read: ${event.detail}`;
    case 'plan.made':
      return to === 'observed'
        ? `would ${event.summary} (${event.remediation})`
        : `plan: ${event.summary} (${event.remediation})`;
    case 'plan.refused':
      return `${event.remediation} refused: ${event.reason}`;
    case 'plan.unneeded':
      return `${event.remediation} is not needed: ${event.reason}`;
    case 'approval.granted':
      return `approved by ${event.by}`;
    case 'approval.denied':
      return `denied by ${event.by}`;
    case 'admission.granted':
      return undefined;
    case 'admission.refused':
      return `may not start now: ${event.reasons.join('; ')}`;
    default:
      return outcome(event, done, calls);
  }
}

type OutcomeEvent = Extract<
  IncidentEvent,
  {
    type:
      `start.${string}` | `check.${string}` | `notification.${string}` | 'escalation.acknowledged' | 'incident.closed';
  }
>;

function outcome(event: OutcomeEvent, done: string, calls: HistoryEntry['calls']): string {
  const writes = calls.filter(({ access }) => access === 'write').map(({ action }) => action);
  switch (event.type) {
    case 'start.succeeded':
      return `started ${done}${writes.length > 0 ? ` (${writes.join(', ')})` : ''}`;
    case 'start.refused':
      return `${done} did not start: ${event.reason}`;
    case 'start.unknown':
      return `whether ${done} started is unknown, so AWS is asked: ${event.reason}`;
    case 'check.done':
      return `${done} is done: ${event.detail}`;
    case 'check.pending':
      return `${done} is under way: ${event.detail}`;
    case 'check.failed':
      return `${done} failed: ${event.detail}`;
    case 'check.notStarted':
      return `AWS shows no trace of ${done}: ${event.detail}`;
    case 'check.continue':
      return `${done} goes on: ${event.detail}`;
    case 'notification.sent':
      return `told ${event.contact}`;
    case 'notification.failed':
      return `${event.contact} could not be told: ${event.reason}`;
    case 'escalation.acknowledged':
      return `acknowledged by ${event.by}`;
    case 'incident.closed':
      return `closed by ${event.by}`;
  }
}

function onEntering({ from, to, at, event }: HistoryEntry, { rule, memory, openedAt }: Incident): string | undefined {
  switch (to) {
    case 'waiting':
      return `waits ${durationText(rule.waitSeconds)} for AWS to heal it`;
    case 'awaitingApproval':
      return `asks ${rule.escalate[0].contact} to approve within ${durationText(rule.approvalWithinSeconds)}`;
    case 'held':
      return 'waits for its turn';
    case 'settling':
      return `must stay healthy for ${durationText(rule.verify.healthyForSeconds)}`;
    case 'resolved':
      return `resolved after ${elapsed(openedAt, at)}`;
    case 'recovered':
      return `recovered by itself after ${elapsed(openedAt, at)}`;
    case 'observed':
      return event.type === 'plan.made'
        ? 'observed: nothing was touched'
        : `observed: would have called ${rule.escalate[0].contact}`;
    case 'escalating':
      return from === 'escalated'
        ? 'nobody answered: the next tier is called'
        : `gives up: ${memory.gaveUp ?? 'no reason was kept'}`;
    case 'confirming':
      return gaveUpOn(event);
    case 'closed':
      return event.type === 'timer.fired' ? 'closed: it is left to those who were called' : 'closed';
    default:
      return undefined;
  }
}

/** Why an attempt was left, where the event itself does not say so. */
function gaveUpOn(event: IncidentEvent): string | undefined {
  if (event.type === 'check.pending') return 'it took too long: the attempt has failed';
  if (event.type === 'symptom.present') return 'it did not help in time: the attempt has failed';
  return undefined;
}

function elapsed(from: EpochMillis, to: EpochMillis): string {
  return durationText(Math.round((to - from) / 1_000));
}
