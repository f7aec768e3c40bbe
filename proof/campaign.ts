import { createHash } from 'node:crypto';
import type { Crew } from './campaign/crew';
import { groupsOf, type Group } from './campaign/groups';
import type { Outcome } from './campaign/outcome';
import { merged, missing, type Coverage } from './coverage';
import type { FaultName } from './faults/catalogue';
import { isSame, shrink, type Shrunk } from './shrink';
import type { Violation } from './invariants/invariant';
import type { Line } from './journal';

/** Which seeds a campaign runs, and with which faults. */
export interface CampaignPlan {
  readonly from: number;
  readonly seeds: number;
  /** Faults that trials may have; absent: each those that its seed draws. */
  readonly only?: readonly FaultName[];
  /** Is told after each trial. */
  readonly onProgress?: (done: number, failed: number) => void;
}

/** The smallest trial that was found to break a promise, and how it goes. */
export interface Example extends Shrunk {
  readonly violation: Violation;
  readonly hash: string;
  readonly lines: readonly Line[];
}

/** All failures that break one promise. */
export interface Failure extends Group {
  readonly example: Example;
}

/** What came of a campaign. It hangs on the plan and the code alone, not on how many threads there were. */
export interface Campaign {
  readonly from: number;
  readonly seeds: number;
  readonly incidents: number;
  readonly faults: ReadonlyMap<FaultName, number>;
  readonly coverage: Coverage;
  /** What a campaign of this size has to show and did not. */
  readonly missing: readonly string[];
  /** Of the hashes of all trials. */
  readonly hash: string;
  /** Seeds that were run once more, and those of them that went otherwise the second time. */
  readonly again: { readonly seeds: number; readonly differ: readonly number[] };
  readonly failures: readonly Failure[];
}

/** From so many seeds on a campaign has to show all that is demanded. */
export const showsAllFrom = 1_000;
/** One in so many seeds is run twice; a small campaign runs some twice as well. */
const twiceOneIn = 100;
const twiceAtLeast = 3;

/** Runs a trial for each seed, some twice, and makes the first failure of each promise as small as it gets. */
export async function runCampaign(
  { from, seeds, only, onProgress }: CampaignPlan,
  crew: Pick<Crew, 'run'>,
): Promise<Campaign> {
  let done = 0;
  let failed = 0;
  const runOne = async (seed: number): Promise<Outcome> => {
    const outcome = await crew.run({ plan: { seed, ...(only && { only }) }, keepsLines: false });
    done += 1;
    if (outcome.violation) failed += 1;
    onProgress?.(done, failed);
    return outcome;
  };
  const numbers = Array.from({ length: seeds }, (_, index) => from + index);
  const twice = numbers.slice(0, Math.min(seeds, Math.max(twiceAtLeast, Math.floor(seeds / twiceOneIn))));
  const [outcomes, second] = await Promise.all([Promise.all(numbers.map(runOne)), Promise.all(twice.map(runOne))]);
  const coverage = merged(outcomes.map((one) => one.coverage));
  const failures = await Promise.all(
    groupsOf(outcomes).map(async (group): Promise<Failure> => ({
      ...group,
      example: await exampleOf(group.first, crew),
    })),
  );
  return {
    from,
    seeds,
    incidents: outcomes.reduce((sum, { incidents }) => sum + incidents, 0),
    faults: merged(outcomes.map(({ faults }) => faults)) as ReadonlyMap<FaultName, number>,
    coverage,
    missing: only || seeds < showsAllFrom ? [] : missing(coverage),
    hash: hashOf(outcomes),
    again: {
      seeds: twice.length,
      differ: second.filter(({ hash }, index) => hash !== outcomes[index]?.hash).map(({ seed }) => seed),
    },
    failures,
  };
}

/** Whether a campaign has shown what it is to show. */
export function isGreen({ failures, missing: lacking, again }: Campaign): boolean {
  return failures.length === 0 && lacking.length === 0 && again.differ.length === 0;
}

function hashOf(outcomes: readonly Outcome[]): string {
  const hash = createHash('sha256');
  for (const { seed, hash: own } of outcomes) hash.update(`${seed} ${own}\n`);
  return hash.digest('hex').slice(0, 16);
}

/** Makes a failed trial smaller, and runs it once more to tell how it goes. */
export async function exampleOf(failed: Outcome, crew: Pick<Crew, 'run'>): Promise<Example> {
  const { seed, had, ailments, violation } = failed;
  if (!violation) throw new Error(`Seed ${seed} has not failed: there is nothing to make smaller.`);
  const { plan, runs } = await shrink({ plan: { seed }, had, ailments, violation }, (smaller) =>
    crew.run({ plan: smaller, keepsLines: false }),
  );
  const shown = await crew.run({ plan, keepsLines: true });
  // It went like this a moment ago. Where it does not any more, that is told by `again` and not hidden here.
  const again = isSame(violation, shown.violation) ? (shown.violation ?? violation) : violation;
  return { plan, runs, violation: again, hash: shown.hash, lines: untilBroken(shown.lines) };
}

/** What comes after an invariant is broken, such as that the world is healed, tells nothing of how it came to that. */
function untilBroken(lines: readonly Line[]): readonly Line[] {
  const broken = lines.findIndex(({ who }) => who === 'invariant');
  return broken < 0 ? lines : lines.slice(0, broken + 1);
}
