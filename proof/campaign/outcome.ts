import type { FaultName } from '../faults/catalogue';
import type { Violation } from '../invariants/invariant';
import type { Line } from '../journal';
import { runTrial, type Trial, type TrialPlan } from '../trial';

/** A trial to run, in whichever thread. */
export interface Job {
  readonly plan: TrialPlan;
  /** Whether its lines are wanted; most trials are run for their outcome alone. */
  readonly keepsLines: boolean;
}

/** What came of a trial, as it passes between threads. */
export interface Outcome extends Omit<Trial, 'mix'> {
  /** Faults that it had. */
  readonly had: readonly FaultName[];
}

/** The promise that a trial breaks which throws, hangs or takes its thread with it. */
const endsOfItself = { invariant: 'trial', promise: 'a trial runs to its end', at: 0 } as const;

/** Runs a trial; one that throws has failed. */
export async function outcomeOf({ plan, keepsLines }: Job): Promise<Outcome> {
  try {
    const { mix, ...rest } = await runTrial(plan, keepsLines);
    return { ...rest, had: Object.keys(mix) as FaultName[] };
  } catch (error) {
    return brokenOff(plan, error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

/** The outcome of a trial that did not come to its end. */
export function brokenOff(plan: TrialPlan, what: string): Outcome {
  const violation: Violation = { ...endsOfItself, what };
  const lines: readonly Line[] = [];
  return {
    seed: plan.seed,
    violation,
    hash: 'broken off',
    lines,
    coverage: new Map(),
    faults: new Map(),
    incidents: 0,
    ailments: 0,
    had: plan.only ?? [],
  };
}
