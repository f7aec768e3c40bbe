import { plainText } from '../../signals/plain-text';
import { resourceKey } from '../../signals/signal';
import { durationText } from '../../statemachines/duration';
import type { NotificationKind } from '../../statemachines/effect';
import type { Incident } from '../../statemachines/incident';
import { attemptsOf, type Attempt } from '../story/attempts';
import type { HistoryEntry } from '../store/incident-store';
import { linksFor, nextStepFor, type Link } from './advice';
import { nameOf } from './resource-name';

/** What a person must know, before it is put into the words of a channel: every text is one line without control characters. */
export interface Message {
  readonly kind: NotificationKind;
  readonly incident: string;
  /** The same for every try of one call, and unlike any other call's. */
  readonly id: string;
  readonly title: string;
  readonly what: string;
  /** What AWS first said, and what was seen last. */
  readonly seen: readonly string[];
  readonly since: string;
  readonly why: string;
  readonly nextStep: string;
  /** What happens when nobody does anything; absent when that is all right. */
  readonly otherwise?: string;
  /** Oldest first. */
  readonly tried: readonly string[];
  readonly notDone: readonly string[];
  readonly links: readonly Link[];
  /** `account/region/kind/id`. */
  readonly resource: string;
  readonly facts: Readonly<Record<string, string>>;
}

const second = 1_000;
/** Longest single text, in characters. */
const longest = 400;
/** More than this of one kind nobody reads, and SNS takes 256 KB. */
const listed = 12;

/** What to tell people of an incident as it now stands. */
export function messageFor(kind: NotificationKind, incident: Incident, history: readonly HistoryEntry[]): Message {
  const { id, resource, condition, rule, memory, openedAt } = incident;
  const attempts = attemptsOf(history);
  const now = history.at(-1)?.at ?? openedAt;
  const what = nameOf(resource);
  const planHash = memory.planned?.planHash;
  const otherwise = otherwiseOf(kind, incident);
  return {
    kind,
    incident: id,
    id: `${id}-${kind}-${kind === 'approval' ? memory.asked : memory.tier}`,
    title: `${titles[kind]}: ${what} (${plainText(condition)})`,
    what: `${what} in ${plainText(resource.region)}, account ${plainText(resource.account)}`,
    seen: seenIn(history),
    since: `${timeText(openedAt)} (${durationText(Math.round((now - openedAt) / second))} before this message)`,
    why: plainText(whyOf(kind, incident, history), longest),
    nextStep: stepOf(kind, incident),
    ...(otherwise !== undefined && { otherwise }),
    tried: cut(attempts.filter(wasTried).map(describe)),
    notDone: cut(attempts.filter((attempt) => !wasTried(attempt)).map(describe)),
    links: linksFor(incident),
    resource: plainText(resourceKey(resource), longest),
    facts: {
      Incident: id,
      Rule: plainText(rule.name),
      Mode: rule.mode,
      ...(kind === 'approval' && planHash !== undefined && { Plan: planHash }),
    },
  };
}

const titles: Record<NotificationKind, string> = {
  escalated: 'Needs you',
  approval: 'Asks for your approval',
  recovered: 'Recovered',
};

function timeText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function seenIn(history: readonly HistoryEntry[]): readonly string[] {
  const first = history[0]?.event;
  const last = history.findLast(({ event }) => event.type.startsWith('symptom.'));
  return [
    ...(first?.type === 'incident.opened' ? [first.detail] : []),
    ...(last && 'detail' in last.event ? [`at ${timeText(last.at)}: ${last.event.detail}`] : []),
  ].map((text) => plainText(text, longest));
}

function whyOf(kind: NotificationKind, incident: Incident, history: readonly HistoryEntry[]): string {
  const { rule, memory } = incident;
  if (kind === 'approval') {
    const { summary = 'act', remediation = 'no plan' } = memory.planned ?? {};
    return `Homeostat wants to ${summary} (${remediation}), and may not without a person's yes.`;
  }
  if (kind === 'recovered') {
    const seen = history.findLast(({ event }) => event.type === 'symptom.gone')?.event;
    return `You were called for it. It is well again${seen && 'detail' in seen ? `: ${seen.detail}` : ''}.`;
  }
  const before = rule.escalate[memory.tier - 1];
  const silent = before ? ` ${before.contact} did not answer or could not be reached.` : '';
  return `Homeostat gives up: ${memory.gaveUp ?? 'no reason was kept'}.${silent}`;
}

function stepOf(kind: NotificationKind, incident: Incident): string {
  if (kind === 'approval') return `Approve or deny the plan of incident ${incident.id}.`;
  if (kind === 'recovered') return 'Look whether you agree: Homeostat has looked once, and closes the incident.';
  return nextStepFor(incident);
}

function otherwiseOf(kind: NotificationKind, { rule, memory }: Incident): string | undefined {
  if (kind === 'recovered') return undefined;
  if (kind === 'approval')
    return `Without an answer within ${durationText(rule.approvalWithinSeconds)} nothing is done, and ${rule.escalate[0].contact} is called to take over.`;
  const next = rule.escalate[memory.tier + 1];
  return next
    ? `Homeostat does nothing more. Unless somebody acknowledges it, ${next.contact} is called in ${durationText(next.afterSeconds)}.`
    : 'Homeostat does nothing more, and nobody else is called.';
}

function wasTried({ outcome }: Attempt): boolean {
  return outcome === 'failed' || outcome === 'didNotHelp' || outcome === 'healed' || outcome === 'underWay';
}

const words: Record<Attempt['outcome'], string> = {
  healed: 'helped',
  didNotHelp: 'was done and did not help',
  failed: 'failed',
  refused: 'refused',
  notNeeded: 'is not needed',
  heldBack: 'had to wait',
  denied: 'was denied',
  wouldStart: 'would be started',
  underWay: 'is under way',
};

function describe({ remediation, outcome, reason }: Attempt): string {
  return plainText(`${remediation} ${words[outcome]}${reason ? `: ${reason}` : ''}`, longest);
}

/** The latest of a list that is too long, and how many are left out. */
function cut(items: readonly string[]): readonly string[] {
  if (items.length <= listed) return items;
  return [`${items.length - listed} more before these: see the history of the incident`, ...items.slice(-listed)];
}
