import type { EpochMillis } from '../signals/signal';
import type { Scope } from './scope';

/** A remediation that was started lately, or that is touching something still. */
export interface Start {
  readonly incident: string;
  readonly at: EpochMillis;
  /** All that it counts in. */
  readonly scopes: readonly Scope[];
  readonly touching: boolean;
}

/** How much may be under way or be started in a scope. */
export interface Quota {
  readonly scope: Scope;
  /** Counts what others are touching now, or what anybody has started in so many seconds. */
  readonly of: 'touching' | { readonly startedWithinSeconds: number };
  readonly atMost: number;
}

/** The longest time that a quota looks back, in seconds: starts are kept no longer. */
export const startsKeptSeconds = 3_600;

/** How much of a quota is used by others than the one who asks, and, of starts, also by itself. */
export function usedOf({ scope, of }: Quota, starts: readonly Start[], incident: string, at: EpochMillis): number {
  if (of === 'touching') {
    const others = new Set<string>();
    for (const start of starts) {
      if (start.touching && start.incident !== incident && start.scopes.includes(scope)) others.add(start.incident);
    }
    return others.size;
  }
  const since = at - of.startedWithinSeconds * 1_000;
  let used = 0;
  for (const start of starts) if (start.at > since && start.scopes.includes(scope)) used += 1;
  return used;
}

/** Whether one more start fits into all of these. */
export function fitsQuotas(
  quotas: readonly Quota[],
  starts: readonly Start[],
  incident: string,
  at: EpochMillis,
): boolean {
  return quotas.every((quota) => usedOf(quota, starts, incident, at) < quota.atMost);
}
