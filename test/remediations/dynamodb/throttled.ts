import type { Remediation } from '../../../remediations/remediation';
import type { TableInput } from '../../../simulator/dynamodb/control/schema';
import type { TableControl } from '../../../simulator/dynamodb/control';
import { bench, type Bench } from '../account';

type Planning = Awaited<ReturnType<Remediation['plan']>>;

interface Planned extends Bench {
  readonly control: TableControl;
  readonly planning: Planning;
  plan(): Promise<Planning>;
}

interface Started extends Planned {
  start(): ReturnType<Remediation['start']>;
  check(): ReturnType<Remediation['check']>;
  undo(): Promise<Awaited<ReturnType<Remediation['start']>> | undefined>;
}

/** The plan for the table `orders`, which is asked for half as many writes again as it has, unless `described` says otherwise. */
export async function planFor(
  remediation: Remediation,
  condition: string,
  described: Partial<TableInput> = {},
  parameters: object = {},
  prepare: (on: Bench) => void = () => undefined,
): Promise<Planned> {
  const on = bench();
  const { control } = on.account.services.dynamodb;
  control.add({ name: 'orders', load: { read: 10, write: 150 }, ...described });
  prepare(on);
  const target = { resource: on.resource('table', 'orders'), condition, attemptKey: 'incident-1/attempt-1' };
  const plan = () => remediation.plan(target, parameters, on.aws);
  const planning = await plan();
  return { ...on, control, plan, planning };
}

/** As `planFor`; throws where nothing is planned. */
export async function startedFor(
  remediation: Remediation,
  ...rest: Tail<Parameters<typeof planFor>>
): Promise<Started> {
  const on = await planFor(remediation, ...rest);
  if (on.planning.kind !== 'planned') throw new Error(`not planned: ${on.planning.reason}`);
  const { plan } = on.planning;
  return {
    ...on,
    start: () => remediation.start(plan, on.aws),
    check: () => remediation.check(plan, undefined, on.aws),
    undo: async () => remediation.undo?.(plan, on.aws),
  };
}

type Tail<List extends readonly unknown[]> = List extends readonly [unknown, ...infer Rest] ? Rest : never;
