import { createHash } from 'node:crypto';
import type { Check } from './remediation';

/** Stands in the name of whatever is created, so that a role can be allowed to create that and nothing else. */
export const createdInfix = '-homeostat-';

/** Carried by whatever is created: the attempt that it is of. */
export const attemptTag = 'homeostat:attempt';

/** Characters of a name that tell the attempt. */
const ownLength = 8;

/** How the name of whatever is created beside `source` begins. `longest`: characters that AWS takes of a name. */
export function createdPrefix(source: string, longest: number): string {
  // A name may not have two hyphens in a row.
  return `${source.slice(0, longest - createdInfix.length - ownLength).replace(/-+$/, '')}${createdInfix}`;
}

/**
 * Name of what an attempt creates beside `source`: the same for every try of the attempt, and unlike any other attempt's. AWS
 * refuses a second one of a name, which makes creating safe to repeat.
 */
export function derivedName(source: string, attemptKey: string, longest: number): string {
  const own = createHash('sha256').update(attemptKey, 'utf8').digest('hex').slice(0, ownLength);
  return `${createdPrefix(source, longest)}${own}`;
}

/** What AWS shows of the thing that an attempt creates. */
export type Created =
  | { readonly kind: 'absent' }
  /** Of that name, and not made by this attempt. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'found'; readonly status: string; readonly standing: 'ready' | 'underWay' | 'broken' };

/** What `check` answers about it. `what` names it, such as `replica orders-homeostat-1a2b3c4d`. */
export function checkOfCreated(created: Created, what: string): Check {
  if (created.kind === 'absent') return { kind: 'notStarted', detail: `there is no ${what}` };
  if (created.kind === 'foreign')
    return { kind: 'failed', detail: `${what} is not of this attempt: somebody else made it` };
  const detail = `${what} is ${created.status}`;
  switch (created.standing) {
    case 'ready':
      return { kind: 'done', detail };
    case 'underWay':
      return { kind: 'pending', detail };
    case 'broken':
      return { kind: 'failed', detail };
  }
}
