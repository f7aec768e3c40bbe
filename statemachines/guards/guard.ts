import type { EpochMillis, Resource } from '../../signals/signal';
import type { Memory } from '../incident';
import type { Quota } from '../quota';
import type { Rule } from '../rule';
import type { Facts } from './facts';
import type { GuardName } from './names';
import type { OverallLimits } from './overall-limits';

/** Who wants to start what. */
export interface Asking {
  readonly at: EpochMillis;
  readonly incident: string;
  readonly rule: Rule;
  readonly overall: OverallLimits;
  readonly remediation: string;
  /** Whether it stops what AWS or people are doing there. */
  readonly interrupts?: true;
  /** All that the plan changes. */
  readonly touches: readonly Resource[];
  /** All that the start would count in, and how much of that there may be. */
  readonly quotas: readonly Quota[];
  /** The group as the plan saw it, the touched members not among its healthy ones. */
  readonly group: { readonly name: string; readonly size: number; readonly healthyOthers: number } | 'alone';
  readonly memory: Pick<Memory, 'sickSince' | 'seenSickAt' | 'lastStartAt' | 'starts' | 'spent'>;
}

/** Why a guard says no. */
export interface Refusal {
  readonly guard: GuardName;
  /** One line for people. */
  readonly reason: string;
  /** When it is worth asking again; absent where that cannot be known. */
  readonly until?: EpochMillis;
  /** Set where waiting changes nothing: the next rung may touch something else. */
  readonly lasting?: true;
}

/** What a guard's own part answers; the name is put to it. */
export type Objection = string | Omit<Refusal, 'guard'>;

type Values<N extends keyof Facts> = { readonly [K in N]: Extract<Facts[K], { kind: 'known' }>['value'] };

/** One reason for which a remediation may not start: pure, over what the runtime has read. */
export interface Guard {
  readonly name: GuardName;
  /** Completes "nothing starts …". */
  readonly when: string;
  /** Settings of a policy that it enforces, such as `limits.perHour`. */
  readonly enforces: readonly string[];
  /** Facts that it decides on. Where one of them could not be read it refuses. */
  readonly needs: readonly (keyof Facts)[];
  refusals(asking: Asking, facts: Facts): readonly Refusal[];
}

/** Declares a guard. What it decides on is at hand, or it is not asked: it has refused. */
export function defineGuard<const N extends keyof Facts>(spec: {
  readonly name: GuardName;
  readonly when: string;
  readonly enforces?: readonly string[];
  readonly needs: readonly N[];
  readonly objections: (asking: Asking, facts: Values<N>) => readonly Objection[];
}): Guard {
  const { name, when, enforces = [], needs, objections } = spec;
  return {
    name,
    when,
    enforces,
    needs,
    refusals: (asking, facts) => {
      const unread = needs.flatMap((need): Refusal[] => {
        const fact = facts[need];
        return fact.kind === 'unreadable' ? [{ guard: name, reason: fact.reason }] : [];
      });
      if (unread.length > 0) return unread;
      const known = Object.fromEntries(
        needs.map((need) => [need, (facts[need] as { readonly value: unknown }).value]),
      ) as Values<N>;
      return objections(asking, known).map((objection) =>
        typeof objection === 'string' ? { guard: name, reason: objection } : { guard: name, ...objection },
      );
    },
  };
}
