import type { Start } from './remediation';

/** Why a remediation is not done as things stand: what it asks before the plan, and once more before it writes. */
export interface Hindrance {
  /** `busy` is over by itself, and the same is asked again. */
  readonly kind: 'busy' | 'refused';
  readonly reason: string;
}

/** What AWS or people are doing to it, where they do. */
export function busyWith(work: string | undefined): Hindrance | undefined {
  return work === undefined ? undefined : { kind: 'busy', reason: work };
}

/** What is said against it, where anything is. */
export function refusedFor(objection: string | undefined): Hindrance | undefined {
  return objection === undefined ? undefined : { kind: 'refused', reason: objection };
}

/** What `start` answers to it: the plan does not hold any more, and a start waits for nobody. */
export function startRefused({ reason }: Hindrance): Start {
  return { kind: 'refused', reason };
}
