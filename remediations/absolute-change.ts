import { isDeepStrictEqual } from 'node:util';
import type { Check, Start } from './remediation';

/** A value that is set once and for all: the one that the plan saw, and the one that it sets. */
export interface AbsoluteChange<T> {
  readonly from: T;
  readonly to: T;
}

/** The change that takes it back. */
export function backFrom<T>({ from, to }: AbsoluteChange<T>): AbsoluteChange<T> {
  return { from: to, to: from };
}

/** `due`: it is as the plan saw it. `made`: it is as the plan wants it. `overtaken`: somebody else has set another. */
export type ChangeStanding = 'due' | 'made' | 'overtaken';

/** Where a change stands, by the value as it is now: the before-image that makes a second start harmless. */
export function standingOf<T>({ from, to }: AbsoluteChange<T>, now: T): ChangeStanding {
  if (isDeepStrictEqual(now, to)) return 'made';
  return isDeepStrictEqual(now, from) ? 'due' : 'overtaken';
}

/** What `start` answers before it writes; undefined when the change is due. `what` names the value, such as `the storage of orders`. */
export function answerBefore(standing: ChangeStanding, what: string): Start | undefined {
  if (standing === 'made') return { kind: 'started' };
  return standing === 'due' ? undefined : { kind: 'refused', reason: `${what} was changed by others since the plan` };
}

/** What `check` answers. `work` says in one line what AWS is still doing about it; undefined once it is at rest. */
export function checkOf(standing: ChangeStanding, what: string, work: string | undefined): Check {
  if (work !== undefined && standing !== 'overtaken') return { kind: 'pending', detail: work };
  switch (standing) {
    case 'made':
      return { kind: 'done', detail: `${what} is as planned` };
    case 'due':
      return { kind: 'notStarted', detail: `${what} is as it was before the plan` };
    case 'overtaken':
      return { kind: 'failed', detail: `${what} was changed by others since the plan` };
  }
}
