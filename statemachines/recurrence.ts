import type { EpochMillis } from '../signals/signal';
import { durationText } from './duration';
import type { IncidentEvent } from './incident-event';
import { outcomeOf, type Incident, type Memory } from './incident';
import type { Rule } from './rule';

/** The incident before on the same sickness. */
export interface Before extends Pick<Incident, 'id' | 'state'> {
  /** Name of its rule. */
  readonly rule: string;
  readonly memory: Pick<Memory, 'rung' | 'starts' | 'traceless' | 'spent' | 'lastStartAt'>;
  readonly endedAt: EpochMillis;
}

type Recurrence = NonNullable<Extract<IncidentEvent, { type: 'incident.opened' }>['recurrence']>;

/**
 * What a new incident takes over from the one before: soon after an attempt the sickness has not been healed, so the attempt has
 * failed and the ladder goes on above it. Undefined where nothing was attempted, or the sickness stayed away for long enough:
 * then it is a new one.
 */
export function recurrenceOf(before: Before, rule: Rule, at: EpochMillis): Recurrence | undefined {
  const { starts, traceless, spent, rung, lastStartAt } = before.memory;
  const awayFor = at - before.endedAt;
  const isSoon = awayFor < rule.limits.recursWithinSeconds * 1_000;
  if (!isSoon || before.rule !== rule.name || starts + spent === 0) return undefined;
  const outcome = outcomeOf(before);
  return {
    of: before.id,
    after: `${outcome === 'escalated' ? 'was left to people' : outcome} ${durationText(Math.max(0, Math.round(awayFor / 1_000)))} ago`,
    // What was resolved stands on the rung that seemed to have helped.
    rung: outcome === 'resolved' && starts > traceless ? rung + 1 : rung,
    spent: starts + spent,
    lastStartAt,
  };
}
