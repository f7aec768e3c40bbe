import type { Committed, Truth, Write } from '../truth';

/** Something that holds after every single thing that happens, whatever goes wrong. */
export interface Invariant {
  /** As the safety reference numbers it, `I1` to `I26`. */
  readonly id: `I${number}`;
  /** What it promises, in the present tense. */
  readonly promise: string;
  /** Each answers what is wrong, in words; undefined where nothing is. The truth is as it was before. */
  readonly onCommit?: (made: Committed, truth: Truth) => string | undefined;
  readonly onWrite?: (write: Write, truth: Truth) => string | undefined;
  /** Once everything is healed and has had its time. */
  readonly atEnd?: (truth: Truth) => string | undefined;
}

/** That one of them does not hold. */
export interface Violation {
  readonly invariant: string;
  readonly promise: string;
  readonly at: number;
  readonly what: string;
}
