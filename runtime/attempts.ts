import type { HistoryEntry } from './incident-store';

export const attemptOutcomes = [
  'healed',
  'didNotHelp',
  'failed',
  'refused',
  'notNeeded',
  'heldBack',
  'denied',
  'wouldStart',
  'underWay',
] as const;

/** What came of one rung of the ladder. */
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
  for (const { event, from, to, remediation } of history) {
    const detail = 'detail' in event ? event.detail : undefined;
    if (event.type === 'plan.refused') settle(event.remediation, 'refused', event.reason);
    else if (event.type === 'plan.unneeded') settle(event.remediation, 'notNeeded', event.reason);
    else if (event.type === 'plan.made' && to === 'observed') settle(event.remediation, 'wouldStart', event.summary);
    else if (event.type === 'approval.denied') settle(remediation, 'denied', `by ${event.by}`);
    else if (event.type === 'admission.refused') settle(remediation, 'heldBack', event.reasons.join('; '));
    else if (event.type === 'start.refused') settle(remediation, 'refused', event.reason);
    else if (to === 'checking' && from === 'starting') settle(remediation, 'underWay');
    else if (to === 'resolved') settle(undefined, 'healed');
    else if (to === 'confirming' && from === 'checking') settle(remediation, 'failed', detail);
    else if (to === 'confirming' && (from === 'verifying' || from === 'settling'))
      settle(remediation, 'didNotHelp', detail);
  }
  return attempts;
}

/** Whether more can still come of it: then what comes takes its place. */
function isOpen({ outcome }: Attempt): boolean {
  return outcome === 'underWay' || outcome === 'heldBack';
}
