import type { Incident } from '../../../statemachines/incident';
import type { GuardName } from '../../../statemachines/guards/names';
import type { HistoryEntry } from '../../store/incident-store';

/** An incident and all that happened to it. */
export interface Story {
  readonly incident: Incident;
  readonly history: readonly HistoryEntry[];
}

/** Incidents that guards held back, each once, and by guard: one that two guards held counts for both. */
export interface HeldBack {
  readonly incidents: number;
  readonly byGuard: Readonly<Partial<Record<GuardName, number>>>;
}

/** Guards that stood in the way of an incident at any time. What AWS or people are at work on has no plan to ask guards of. */
export function guardsAgainst(history: readonly HistoryEntry[]): ReadonlySet<GuardName> {
  return new Set(
    history.flatMap(({ event }): readonly GuardName[] => {
      if (event.type === 'plan.busy') return ['busy'];
      return event.type === 'admission.refused' ? event.refusals.map(({ guard }) => guard) : [];
    }),
  );
}

/** How many of these were held back, and by which guards. */
export function heldBackAmong(stories: readonly Pick<Story, 'history'>[]): HeldBack {
  const byGuard: Partial<Record<GuardName, number>> = {};
  const held = stories.map(({ history }) => guardsAgainst(history)).filter(({ size }) => size > 0);
  for (const guard of held.flatMap((guards) => [...guards])) byGuard[guard] = (byGuard[guard] ?? 0) + 1;
  return { incidents: held.length, byGuard };
}

/** The one in the middle, or the mean of the two that are; null of none. */
export function median(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((one, other) => one - other);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : Math.round((low + high) / 2);
}
