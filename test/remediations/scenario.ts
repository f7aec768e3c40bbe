import type { Resource } from '../../signals/signal';
import type { Bench } from './account';

/** An account in which a remediation has something to do. */
export interface Scenario {
  readonly condition: string;
  /** What the policy says; nothing leaves every default. */
  readonly parameters?: object;
  /** Fills the account and answers what is sick. */
  build(bench: Bench): Resource;
  /** Seconds after which AWS is done with what `start` asked for; each further step of a `continue` takes as long. */
  readonly takes: number;
  /**
   * Lets AWS, or people, be at work on what is sick, or on what it is a part of; absent where AWS shows no such work, as of a
   * setting that is another one at once.
   */
  putToWork?(bench: Bench, sick: Resource): void;
  /** What the plan says would be lost for good; absent where nothing is. */
  readonly loses?: RegExp;
  /** That it is not there is the sickness: it is made anew, in an empty account too. */
  readonly isAbsence?: true;
  /** Makes what `build` made sick well again; absent where AWS itself can't tell that it is sick. */
  recover?(bench: Bench, sick: Resource): void;
}
