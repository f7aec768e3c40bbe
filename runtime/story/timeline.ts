import type { EpochMillis } from '../../signals/signal';
import { durationText } from '../../statemachines/duration';
import type { Incident, State } from '../../statemachines/incident';
import type { IncidentEvent } from '../../statemachines/incident-event';
import { eventSentence } from './event-sentence';
import type { HistoryEntry } from '../store/incident-store';

/** One line of an incident's story. */
export interface TimelineLine {
  readonly at: EpochMillis;
  /** One sentence for people, without its time. */
  readonly text: string;
}

/**
 * The story of an incident as people read it: what happened, what was decided, what was done, and why. What was said before
 * is not said again as long as nothing else happened: an incident that is held back asks every minute.
 */
export function timelineOf(incident: Incident, history: readonly HistoryEntry[]): readonly TimelineLine[] {
  const lines: TimelineLine[] = [];
  const said = new Set<string>();
  const saidByAws = new Set<string>();
  for (const entry of history) {
    const { type } = entry.event;
    if (isNews.test(type)) said.clear();
    if (type.startsWith('start.')) saidByAws.clear();
    const before = type.startsWith('signal.') ? saidByAws : said;
    for (const text of linesOf(entry, incident)) {
      if (!before.has(text)) lines.push({ at: entry.at, text });
      before.add(text);
    }
  }
  return lines;
}

/** Events after which the same words tell something new. */
const isNews = /^(start|check|notification|approval)\.|^symptom\.gone$/;

/** The lines of one entry: what it says, and what the incident now waits for. */
export function linesOf(entry: HistoryEntry, incident: Incident): readonly string[] {
  const next = entry.from === entry.to ? undefined : entering[entry.to]?.(entry, incident);
  return [eventSentence(entry, incident), next].filter((line) => line !== undefined);
}

/** What is to be said when an incident comes into a state; nothing where the event has said it. */
const entering: Readonly<Partial<Record<State, (entry: HistoryEntry, incident: Incident) => string | undefined>>> = {
  waiting: (_entry, { rule }) => `waits ${durationText(rule.waitSeconds)} for AWS to heal it`,
  awaitingApproval: (_entry, { rule }) =>
    `asks ${rule.escalate[0].contact} to approve within ${durationText(rule.approvalWithinSeconds)}`,
  held: () => 'waits until it may',
  settling: (_entry, { rule }) => `must stay healthy for ${durationText(rule.verify.healthyForSeconds)}`,
  resolved: ({ at }, { openedAt }) => `resolved after ${elapsed(openedAt, at)}`,
  recovered: ({ at }, { openedAt }) => `recovered by itself after ${elapsed(openedAt, at)}`,
  observed: ({ event }, { rule }) =>
    event.type === 'plan.made'
      ? 'observed: nothing was touched'
      : `observed: would have called ${rule.escalate[0].contact}`,
  escalating: ({ from }, { memory }) =>
    from === 'escalated'
      ? 'nobody answered: the next tier is called'
      : `gives up: ${memory.gaveUp ?? 'no reason was kept'}`,
  confirming: ({ event }) => whyLeft(event),
  closed: ({ event, from }) => {
    if (from === 'telling') return 'closed: it is healthy again';
    if (from === 'escalating' && event.type === 'notification.failed')
      return 'closed: nobody could be reached for a day';
    return event.type === 'incident.closed' ? undefined : 'closed: it is left to those who were called';
  },
};

/** Why an attempt was left, where the event itself does not say so. */
function whyLeft(event: IncidentEvent): string | undefined {
  if (event.type === 'check.pending') return 'it took too long: the attempt has failed';
  if (event.type === 'symptom.present') return 'it did not help in time: the attempt has failed';
  return undefined;
}

function elapsed(from: EpochMillis, to: EpochMillis): string {
  return durationText(Math.round((to - from) / 1_000));
}
