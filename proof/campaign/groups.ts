import type { Violation } from '../invariants/invariant';
import { isSame } from '../shrink';
import type { Outcome } from './outcome';

/** Trials that break one promise, in the order of their seeds. */
export interface Group {
  readonly violation: Violation;
  readonly first: Outcome;
  readonly seeds: readonly number[];
}

/** Failed trials by the promise that they break: most have one cause. */
export function groupsOf(outcomes: readonly Outcome[]): readonly Group[] {
  const groups: { violation: Violation; first: Outcome; seeds: number[] }[] = [];
  for (const outcome of outcomes) {
    const { violation, seed } = outcome;
    if (!violation) continue;
    const group = groups.find((one) => isSame(one.violation, violation));
    if (group) group.seeds.push(seed);
    else groups.push({ violation, first: outcome, seeds: [seed] });
  }
  return groups;
}
