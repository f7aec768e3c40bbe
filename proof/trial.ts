import type { Coverage } from './coverage';
import { makeClients } from './deployment/network';
import { drawMix, type Mix } from './faults';
import type { FaultName } from './faults/catalogue';
import type { Violation } from './invariants/invariant';
import type { Line } from './journal';
import { Randomness } from './randomness';
import { drawScenario } from './scenario';
import { Stage } from './stage';

/** Which trial to run. */
export interface TrialPlan {
  readonly seed: number;
  /** Faults that it has; absent: those that its seed draws. */
  readonly only?: readonly FaultName[];
  /** What falls sick in it, by its place in the scenario; absent: all of it. */
  readonly ailments?: readonly number[];
}

/** What came of a trial. */
export interface Trial {
  readonly seed: number;
  readonly mix: Mix;
  readonly violation?: Violation;
  /** Of everything that happened. */
  readonly hash: string;
  /** Empty unless they were asked for. */
  readonly lines: readonly Line[];
  readonly coverage: Coverage;
  readonly faults: ReadonlyMap<FaultName, number>;
  readonly incidents: number;
  /** Things that fall sick in its scenario, whether or not the plan leaves them away. */
  readonly ailments: number;
}

/** Runs one trial: a deployment in a world in which things fall sick and go wrong, then in one that is healed. */
export async function runTrial({ seed, only, ailments }: TrialPlan, keepsLines = false): Promise<Trial> {
  await makeClients();
  const random = new Randomness(seed);
  const drawn = drawMix(random.of('mix'));
  const mix: Mix = only
    ? Object.fromEntries(Object.entries(drawn).filter(([name]) => only.includes(name as FaultName)))
    : drawn;
  // What there is hangs on the seed alone: with a fault less it is the same account, and the same policy.
  const drawnScenario = drawScenario(random.of('scenario'), mix);
  const isKept = (_: unknown, index: number): boolean => ailments?.includes(index) ?? true;
  const scenario = { ...drawnScenario, ailments: drawnScenario.ailments.filter(isKept) };
  const stage = new Stage(scenario, mix, random, keepsLines);
  await stage.run(seed);
  const { inspector, journal, faults, truth } = stage;
  return {
    seed,
    mix,
    ...(inspector.violation && { violation: inspector.violation }),
    hash: journal.digest(),
    lines: journal.lines(),
    coverage: inspector.coverage,
    faults: faults.counts(),
    incidents: truth.incidents.size,
    ailments: drawnScenario.ailments.length,
  };
}
