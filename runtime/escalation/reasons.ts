import { type EpochMillis } from '../../signals/signal';
import { durationText } from '../../statemachines/duration';
import type { NotificationKind } from '../../statemachines/effect';
import type { Incident } from '../../statemachines/incident';
import { peopleNeeded } from '../../statemachines/incident-machine/approval';
import { instantText, voidYes } from '../answers/proposal';
import type { HistoryEntry } from '../store/incident-store';
import { nextStepFor } from './advice';

const second = 1_000;

/** Why people are written to, and what happens when nobody does anything. */
export function paragraphsOf(
  kind: NotificationKind,
  incident: Incident,
  history: readonly HistoryEntry[],
  at: EpochMillis,
): readonly string[] {
  switch (kind) {
    case 'approval':
      return asked(incident, history, at);
    case 'recovered':
      return [recovered(history)];
    case 'held':
      return held(incident, at);
    case 'escalated':
      return gaveUp(incident);
  }
}

function asked(incident: Incident, history: readonly HistoryEntry[], at: EpochMillis): readonly string[] {
  const { rule, memory } = incident;
  const { summary = 'act', remediation = 'no plan' } = memory.planned ?? {};
  const yes = peopleNeeded({ ...memory, rule }) > 1 ? "two people's yes" : "a person's yes";
  const before = voidYes(incident, history);
  return [
    `Homeostat wants to ${summary} (${remediation}), and may not without ${yes}.`,
    ...(before === undefined ? [] : [`You are asked once more: ${before}.`]),
    `Without an answer by ${instantText(answerBy({ rule, memory }, at), at)} nothing is done, and ${rule.escalate[0].contact} is called to take over.`,
  ];
}

/** When it is too late to answer a request for approval. */
export function answerBy({ rule, memory }: Pick<Incident, 'rule' | 'memory'>, at: EpochMillis): EpochMillis {
  return memory.deadlineAt ?? at + rule.approvalWithinSeconds * second;
}

function recovered(history: readonly HistoryEntry[]): string {
  const seen = history.findLast(({ event }) => event.type === 'symptom.gone')?.event;
  return `You were called for it. It is well again${seen && 'detail' in seen ? `: ${seen.detail}` : ''}.`;
}

function held({ rule, memory }: Incident, at: EpochMillis): readonly string[] {
  const { summary = 'act', remediation = 'no plan' } = memory.planned ?? {};
  const until = memory.held ? ` by ${instantText(memory.held.until, at)}` : '';
  return [
    `So much falls sick together that Homeostat touches nothing: it would ${summary} (${remediation}), and waits.`,
    `It goes on by itself once the storm is over. If it may not start${until}, ${rule.escalate[0].contact} is called to take over.`,
  ];
}

function gaveUp({ rule, memory }: Incident): readonly string[] {
  const before = rule.escalate[memory.tier - 1];
  const silent = before ? ` ${before.contact} did not answer or could not be reached.` : '';
  const next = rule.escalate[memory.tier + 1];
  return [
    `Homeostat gives up: ${memory.gaveUp ?? 'no reason was kept'}.${silent}`,
    next
      ? `Homeostat does nothing more. Unless somebody acknowledges it, ${next.contact} is called in ${durationText(next.afterSeconds)}.`
      : 'Homeostat does nothing more, and nobody else is called.',
  ];
}

/** What a person would sensibly do first. */
export function nextStepOf(kind: NotificationKind, incident: Incident): string {
  switch (kind) {
    case 'approval':
      return `Read what would be done, then approve or deny the plan of incident ${incident.id}.`;
    case 'recovered':
      return 'Look whether you agree: Homeostat has looked once, and closes the incident.';
    case 'held':
      return 'Look for what these have in common: a deployment, a zone, a database that all of them need.';
    case 'escalated':
      return nextStepFor(incident);
  }
}
