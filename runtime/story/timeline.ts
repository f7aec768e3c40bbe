import type { EpochMillis } from '../../signals/signal';
import { durationText } from '../../statemachines/duration';
import type { Incident, State } from '../../statemachines/incident';
import type { IncidentEvent } from '../../statemachines/incident-event';
import { heldAtMost, watchedFor } from '../../statemachines/incident-machine/waits';
import { eventSentence, sentenceBeside } from './event-sentence';
import { observedText } from './observed-text';
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
  let planned: Incident['memory']['planned'] = null;
  for (const entry of history) {
    const { type } = entry.event;
    if (entry.event.type === 'plan.made') planned = entry.event;
    // As it was then: by now the plan may be another, or none.
    const then = { ...incident, memory: { ...incident.memory, planned } };
    if (isNews.test(type)) said.clear();
    if (type.startsWith('start.')) saidByAws.clear();
    const before = type.startsWith('signal.') ? saidByAws : said;
    for (const text of linesOf(entry, then)) {
      if (!before.has(text)) lines.push({ at: entry.at, text });
      before.add(text);
    }
  }
  return lines;
}

/** Events after which the same words tell something new. */
const isNews = /^(start|check|notification|approval)\.|^symptom\.gone$/;

/** The lines of one entry: what it says, and what the incident, whose plan is the one of then, now waits for. */
export function linesOf(entry: HistoryEntry, incident: Incident): readonly string[] {
  const next = entry.from === entry.to ? undefined : entering[entry.to]?.(entry, incident);
  return [eventSentence(entry, incident), sentenceBeside(entry, incident), next].filter((line) => line !== undefined);
}

/** What is to be said when an incident comes into a state; nothing where the event has said it. */
const entering: Readonly<Partial<Record<State, (entry: HistoryEntry, incident: Incident) => string | undefined>>> = {
  waiting: (_entry, { rule }) => `waits ${durationText(rule.waitSeconds)} for AWS to heal it`,
  awaitingApproval: (entry, incident) => {
    const { rule } = incident;
    const two = needsTwo(entry, incident) ? '; two people have to agree' : '';
    return `asks ${rule.escalate[0].contact} to approve within ${durationText(rule.approvalWithinSeconds)}${two}`;
  },
  held: () => `waits until it may, for ${durationText(heldAtMost / 1_000)} in all`,
  watching: ({ event }, { rule, memory }) => {
    const watched = `touches nothing, and watches for up to ${durationText(watchedFor / 1_000)} what happens without it`;
    const mayHaveActed = event.type.startsWith('admission.') || event.type === 'plan.busy';
    return mayHaveActed ? watched : `would have called ${rule.escalate[0].contact}: ${gaveUp(memory)}; ${watched}`;
  },
  settling: (_entry, { rule }) => `must stay healthy for ${durationText(rule.verify.healthyForSeconds)}`,
  resolved: ({ at }, { openedAt }) => `resolved after ${elapsed(openedAt, at)}`,
  recovered: ({ at }, { openedAt }) => `recovered by itself after ${elapsed(openedAt, at)}`,
  observed: observedText,
  escalating: ({ from, event }, { memory }) => {
    if (from === 'escalated') return 'nobody answered: the next tier is called';
    const yes = from === 'awaitingApproval' && event.type === 'timer.fired' ? (memory.approved?.by ?? []) : [];
    return `gives up: ${gaveUp(memory)}${yes.length > 0 ? ` (${yes.join(', ')} did, and a second person was missing)` : ''}`;
  },
  confirming: ({ event, from }) => (from === 'held' ? undefined : whyLeft(event)),
  closed: ({ event, from }) => {
    if (from === 'telling') return 'closed: it is healthy again';
    if (from === 'escalating' && event.type === 'notification.failed')
      return 'closed: nobody could be reached for a day';
    return event.type === 'incident.closed' ? undefined : 'closed: it is left to those who were called';
  },
};

const gaveUp = ({ gaveUp: why }: Incident['memory']): string => why ?? 'no reason was kept';

/** Whether one yes is not enough for what is planned. */
function needsTwo({ remediation }: HistoryEntry, { rule, memory: { planned } }: Incident): boolean {
  const rung = rule.ladder.find((one) => one.remediation === remediation);
  return rung?.approval === 'twoPeople' || (planned?.destroys.length ?? 0) > 0;
}

/** Why an attempt was left, or what comes after a yes, where the event itself does not say so. */
function whyLeft(event: IncidentEvent): string | undefined {
  if (event.type === 'approval.granted')
    return 'looks again before it acts: is it still sick, is the plan the same, may it?';
  if (event.type === 'check.pending') return 'it took too long: the attempt has failed';
  if (event.type === 'symptom.present') return 'it did not help in time: the attempt has failed';
  return undefined;
}

function elapsed(from: EpochMillis, to: EpochMillis): string {
  return durationText(Math.round((to - from) / 1_000));
}
