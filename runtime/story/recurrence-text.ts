import type { IncidentEvent } from '../../statemachines/incident-event';
import type { Rule } from '../../statemachines/rule';

type Recurrence = NonNullable<Extract<IncidentEvent, { type: 'incident.opened' }>['recurrence']>;

/** That a sickness has come back, after what, and what that leaves to be tried. */
export function recurrenceText({ of, after, rung, spent }: Recurrence, { ladder, limits }: Rule): string {
  const next = spent < limits.attempts ? ladder[rung] : undefined;
  const left = next ? `it goes on with ${next.remediation}` : 'nothing that may be tried is left';
  return `came back ${afterText(of, after)}: ${spent} of ${limits.attempts} attempts ${spent === 1 ? 'is' : 'are'} spent, and ${left}`;
}

/** `12m after inc-1 was resolved` for an incident that was `resolved 12m ago`. */
function afterText(of: string, after: string): string {
  const { how, ago } = /^(?<how>.+) (?<ago>\S+) ago$/.exec(after)?.groups ?? {};
  if (how === undefined || ago === undefined) return `after ${of}, which ${after}`;
  return `${ago} after ${of} ${how === 'resolved' ? 'was resolved' : how}`;
}
