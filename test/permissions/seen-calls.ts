import { remediations } from '../../remediations';
import type { Remediation } from '../../remediations/remediation';
import { snapshotFirst } from '../../remediations/snapshot-first';
import type { Resource } from '../../signals/signal';
import { readAlarm } from '../../vitals/cloudwatch/alarm';
import { readShiftedZones } from '../../vitals/load-balancing/autoshift';
import { readActiveMutes } from '../../vitals/cloudwatch/mute-rules';
import { vitalsOf } from '../../vitals/index';
import { bench, type Bench } from '../remediations/account';
import { attempt } from '../remediations/attempt';
import type { Scenario } from '../remediations/scenario';
import { scenarios } from '../remediations/scenarios';

/** Who looks at everything; each remediation starts as itself. */
export const reader = 'reader';

/** One call that the simulated account got. */
export interface SeenCall {
  /** Whose role makes it: `reader`, or the name of a remediation. */
  readonly by: string;
  readonly action: string;
  readonly access: 'read' | 'write';
  /** A snapshot is taken first where what could be lost can be kept. */
  readonly keeps: boolean;
  readonly input: object;
  /** What the plan said that it touches. */
  readonly touches: readonly Resource[];
  /** ARNs of the Auto Scaling groups among those: a call names a group by its name, or only a member of it. */
  readonly groups: Readonly<Record<string, string>>;
}

/** Every call that the scenarios make, with a snapshot first and without: vitals, plan, each start, each check, and undo. */
export async function seenCalls(): Promise<readonly SeenCall[]> {
  const seen: SeenCall[] = [];
  for (const remediation of remediations) {
    for (const scenario of scenarios.filter((one) => one.remediation === remediation.name)) {
      seen.push(...(await callsIn(remediation, scenario, false)));
      if (typeof remediation.snapshots === 'object') seen.push(...(await callsIn(remediation, scenario, true)));
    }
  }
  // Each check looks the same way again.
  return [...new Map(seen.map((call) => [JSON.stringify(call), call])).values()];
}

async function callsIn(plain: Remediation, scenario: Scenario, keeps: boolean): Promise<readonly SeenCall[]> {
  const remediation = keeps ? snapshotFirst(plain) : plain;
  const on = bench();
  const seen: SeenCall[] = [];
  const resource = scenario.build(on);
  const trial = attempt(remediation, on, { resource, condition: scenario.condition }, scenario.parameters);
  let touches: readonly Resource[] = [];
  const as = async <T>(by: string, act: () => Promise<T>): Promise<T> => {
    const before = on.calls.length;
    const answer = await act();
    for (const { service, operation, access, input } of on.calls.slice(before)) {
      seen.push({
        by,
        action: `${service}:${operation}`,
        access,
        keeps,
        input,
        touches,
        groups: groupsAmong(touches, on),
      });
    }
    return answer;
  };
  await as(reader, () => lookAt(resource, scenario.condition, on));
  const planning = await as(reader, trial.plan);
  if (planning.kind === 'planned') touches = planning.touches;
  // Of some no snapshot can be made, and nothing starts.
  else if (keeps) return seen;
  await as(remediation.name, trial.start);
  for (let round = 0; round < 12; round += 1) {
    await on.pass(keeps ? Math.max(scenario.takes, 600) / 2 : scenario.takes / 2);
    const { kind, detail } = await as(reader, trial.check);
    if (kind === 'failed') throw new Error(`the scenario of ${remediation.name} on ${resource.kind} failed: ${detail}`);
    if (kind === 'done') break;
    if (kind === 'continue') await as(remediation.name, trial.start);
  }
  await as(remediation.name, trial.undo);
  return seen;
}

/** What the runtime looks at before and after: tags, health, the alarm that told of it and who has muted it, and what AWS has shifted. */
async function lookAt(resource: Resource, condition: string, { aws, account }: Bench): Promise<void> {
  const vitals = vitalsOf(resource.kind);
  await vitals?.tags(resource, aws);
  await vitals?.health(resource, condition, aws);
  const metric = { namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions: {} };
  const { arn } = account.services.cloudwatch.add({ name: 'web-is-slow', state: 'ALARM', metric });
  await readAlarm(arn, aws);
  await readActiveMutes(arn, aws);
  account.services['arc-zonal-shift'].beginAutoshift(`${resource.region}a`);
  await readShiftedZones(aws);
  account.services['arc-zonal-shift'].endAutoshift(`${resource.region}a`);
}

function groupsAmong(touches: readonly Resource[], { account }: Bench): Readonly<Record<string, string>> {
  const names = touches.filter(({ kind }) => kind === 'auto-scaling-group').map(({ id }) => id);
  return Object.fromEntries(names.map((name) => [name, account.services.autoscaling.group(name)?.arn ?? '']));
}
