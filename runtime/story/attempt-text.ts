import type { Attempt } from './attempts';

const words: Record<Attempt['outcome'], string> = {
  healed: 'helped',
  didNotHelp: 'was done and did not help',
  failed: 'failed',
  refused: 'refused',
  notNeeded: 'is not needed',
  heldBack: 'had to wait',
  busy: 'had to wait',
  denied: 'was denied',
  wouldStart: 'would be started',
  underWay: 'is under way',
};

/** What came of an attempt, for people: `reboot-instance failed: …`. It holds text from elsewhere as it came. */
export function attemptText({ remediation, outcome, reason }: Attempt): string {
  return `${remediation} ${words[outcome]}${reason ? `: ${reason}` : ''}`;
}
