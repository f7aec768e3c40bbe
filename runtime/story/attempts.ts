import type { HistoryEntry } from '../store/incident-store';
import { refusalsText } from './refusals-text';

export const attemptOutcomes = [
  'healed',
  'didNotHelp',
  'failed',
  'refused',
  'notNeeded',
  'heldBack',
  'busy',
  'denied',
  'wouldStart',
  'underWay',
] as const;

/** What came of one rung of the ladder. `heldBack`: a guard stood in the way; `busy`: AWS or people were at work there. */
export interface Attempt {
  readonly remediation: string;
  readonly outcome: (typeof attemptOutcomes)[number];
  readonly reason?: string;
}

/** What an incident tried, in order; derived from its history, so that the two cannot disagree. */
export function attemptsOf(history: readonly HistoryEntry[]): readonly Attempt[] {
  const attempts: Attempt[] = [];
  const settle = (remediation: string | undefined, outcome: Attempt['outcome'], reason?: string): void => {
    const last = attempts.at(-1);
    const name = remediation ?? last?.remediation;
    if (name === undefined) return;
    if (last?.remediation === name && isOpen(last)) attempts.pop();
    attempts.push({ remediation: name, outcome, ...(reason !== undefined && { reason }) });
  };
  let summary: string | undefined;
  for (const entry of history) {
    if (entry.event.type === 'plan.made') summary = entry.event.summary;
    const { remediation, outcome, reason } = byEvent(entry, summary) ?? byMove(entry) ?? {};
    const last = attempts.at(-1);
    // What healed by itself after a refusal was not healed by it.
    if (outcome === 'healed' && last && !isTouching(last)) continue;
    // Refused half-way, such as the start after a stop: it has touched something all the same.
    const isHalfDone = entry.event.type === 'start.refused' && last?.outcome === 'underWay';
    if (outcome) settle(remediation, isHalfDone ? 'failed' : outcome, reason);
  }
  return attempts;
}

interface Turn {
  readonly remediation?: string | undefined;
  readonly outcome: Attempt['outcome'];
  readonly reason?: string | undefined;
}

/** What an event by itself says of an attempt at the plan that was made last. */
function byEvent({ event, to, remediation }: HistoryEntry, summary?: string): Turn | undefined {
  switch (event.type) {
    case 'plan.refused':
      return { remediation: event.remediation, outcome: 'refused', reason: event.reason };
    case 'plan.busy':
      return { remediation: event.remediation, outcome: 'busy', reason: event.reason };
    case 'plan.notNeeded':
      return { remediation: event.remediation, outcome: 'notNeeded', reason: event.reason };
    case 'approval.denied':
      return { remediation, outcome: 'denied', reason: `by ${event.by}` };
    case 'admission.granted':
      return to === 'watching' ? { remediation, outcome: 'wouldStart', reason: summary } : undefined;
    case 'admission.refused':
      return { remediation, outcome: 'heldBack', reason: refusalsText(event.refusals) };
    case 'start.refused':
      return { remediation, outcome: 'refused', reason: event.reason };
    default:
      return undefined;
  }
}

/** What it says of an attempt that the incident went from one state to another. */
function byMove({ event, from, to, remediation }: HistoryEntry): Turn | undefined {
  const reason = 'detail' in event ? event.detail : undefined;
  if (from === 'starting' && to === 'checking') return { remediation, outcome: 'underWay' };
  if (to === 'resolved') return { outcome: 'healed' };
  if (to !== 'confirming') return undefined;
  if (from === 'checking') return { remediation, outcome: 'failed', reason };
  return from === 'verifying' || from === 'settling' ? { remediation, outcome: 'didNotHelp', reason } : undefined;
}

function isTouching({ outcome }: Attempt): boolean {
  return outcome === 'underWay' || outcome === 'failed' || outcome === 'didNotHelp';
}

/** Whether more can still come of it: then what comes takes its place. */
function isOpen({ outcome }: Attempt): boolean {
  return outcome === 'underWay' || outcome === 'heldBack' || outcome === 'busy';
}
