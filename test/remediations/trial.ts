import type { Check, Remediation, Target } from '../../remediations/remediation';
import type { Call } from '../../simulator/ledger';
import { bench, type Bench } from './account';
import type { Scenario } from './scenario';

/** A remediation on the ground of one of its scenarios. */
export interface Trial extends Bench {
  readonly target: Target;
  plan(): ReturnType<Remediation['plan']>;
}

/** A new account for it, with what the scenario puts there. */
export function trial(remediation: Remediation, scenario: Scenario): Trial {
  const on = bench();
  const resource = scenario.build(on);
  const since = on.clock.now();
  const target = { resource, condition: scenario.condition, attemptKey: 'incident-1/attempt-1', since };
  return { ...on, target, plan: () => remediation.plan(target, scenario.parameters ?? {}, on.aws) };
}

/** The plan as the store gives it back. */
export async function planned(on: Trial): Promise<unknown> {
  const planning = await on.plan();
  if (planning.kind !== 'planned') throw new Error(`${planning.kind}: ${planning.reason}`);
  return JSON.parse(JSON.stringify(planning.plan)) as unknown;
}

/** An operation by its service, as IAM calls the action. */
export const nameOf = ({ service, operation }: Call): string => `${service}:${operation}`;

/**
 * Leads a plan to its end as the machine does: checks, lets time pass, and calls `start` when a step is due. `startAgain`
 * calls every start twice. A start that throws is looked up, and not repeated unless the check says so.
 */
export async function lead(
  remediation: Remediation,
  on: Trial,
  scenario: Scenario,
  startAgain = false,
): Promise<Check> {
  const plan = await planned(on);
  let handle: string | undefined;
  const start = async (): Promise<void> => {
    const answer = await remediation.start(plan, on.aws).catch(() => undefined);
    if (answer?.kind === 'started') handle = answer.handle ?? handle;
  };
  const starts = async (): Promise<void> => {
    await start();
    if (startAgain) await start();
  };
  await starts();
  let check: Check = { kind: 'pending', detail: 'not looked yet' };
  for (let round = 0; round < 12; round += 1) {
    await on.pass(scenario.takes / 2);
    check = await remediation.check(plan, handle, on.aws);
    if (check.kind === 'done' || check.kind === 'failed') return check;
    if (check.kind === 'continue') await starts();
  }
  return check;
}
