import type { FaultName } from './faults/catalogue';
import type { Violation } from './invariants/invariant';
import type { TrialPlan } from './trial';

/** Runs of one trial that making it smaller may cost. */
export const runsAtMost = 120;

/** A failure, made as small as could be. */
export interface Shrunk {
  readonly plan: TrialPlan;
  readonly runs: number;
}

/** A failure as it was found. */
export interface Found {
  readonly plan: TrialPlan;
  /** Faults that the trial had. */
  readonly had: readonly FaultName[];
  /** Things that fell sick in it. */
  readonly ailments: number;
  readonly violation: Violation;
}

/** Runs a plan, and answers which invariant it breaks and how many things fall sick in it. */
export type Try = (plan: TrialPlan) => Promise<{ readonly violation?: Violation; readonly ailments: number }>;

/** Whether two violations are of the same promise, whatever in it went wrong. */
export function isSame(one: Violation, other: Violation | undefined): boolean {
  return one.invariant === other?.invariant && one.promise === other.promise;
}

/**
 * Leaves away faults, then things that fall sick, as long as the same promise is broken. Each fault draws from a stream of its own,
 * so one less leaves what the others draw as it was.
 */
export async function shrink({ plan, had, ailments, violation }: Found, run: Try): Promise<Shrunk> {
  let runs = 0;
  let lastAilments = ailments;
  const stillFails = async (smaller: TrialPlan): Promise<boolean> => {
    runs += 1;
    const outcome = await run(smaller);
    if (!isSame(violation, outcome.violation)) return false;
    lastAilments = outcome.ailments;
    return true;
  };
  const hasRuns = (): boolean => runs < runsAtMost;
  const only = await smallest(had, (fewer) => stillFails({ ...plan, only: fewer }), hasRuns);
  const all = plan.ailments ?? Array.from({ length: lastAilments }, (_, index) => index);
  const kept = await smallest(all, (fewer) => stillFails({ ...plan, only, ailments: fewer }), hasRuns);
  return { plan: { ...plan, only, ...(kept.length < all.length || plan.ailments ? { ailments: kept } : {}) }, runs };
}

/**
 * A part of a list for which something still holds: none of it can be left away without that it ends to hold, unless the runs were
 * used up before. First halves are left away, then smaller parts, at last single ones.
 */
export async function smallest<T>(
  list: readonly T[],
  holds: (fewer: readonly T[]) => Promise<boolean>,
  hasRuns: () => boolean,
): Promise<readonly T[]> {
  let kept = list;
  let size = Math.ceil(kept.length / 2);
  while (size >= 1 && kept.length > 0) {
    let hasShrunk = false;
    for (let from = 0; from < kept.length;) {
      if (!hasRuns()) return kept;
      const fewer = [...kept.slice(0, from), ...kept.slice(from + size)];
      if (await holds(fewer)) {
        kept = fewer;
        hasShrunk = true;
      } else from += size;
    }
    if (size === 1 && !hasShrunk) break;
    size = size === 1 ? 1 : Math.floor(size / 2);
  }
  return kept;
}
