import type { Check, Planning, Remediation, Start } from '../../remediations/remediation';
import type { Resource } from '../../signals/signal';
import type { Bench } from './account';

/** One remediation led by hand, verb by verb. */
export interface Attempt {
  plan(): Promise<Planning<unknown>>;
  /** Starts what the first plan said; keeps the handle as the machine does. */
  start(): Promise<Start>;
  check(): Promise<Check>;
  /** What a machine that got no answer from `start` learns. */
  checkWithoutHandle(): Promise<Check>;
  undo(): Promise<Start | undefined>;
}

export function attempt(
  remediation: Remediation,
  { aws }: Bench,
  target: { readonly resource: Resource; readonly condition: string },
  parameters: object = {},
): Attempt {
  let stored: unknown;
  let handle: string | undefined;
  const plan = () => remediation.plan({ ...target, attemptKey: 'incident-1/1' }, parameters, aws);
  const planned = async (): Promise<unknown> => {
    if (stored !== undefined) return stored;
    const planning = await plan();
    if (planning.kind !== 'planned') throw new Error(`${planning.kind}: ${planning.reason}`);
    stored = JSON.parse(JSON.stringify(planning.plan)) as unknown;
    return stored;
  };
  return {
    async plan() {
      const planning = await plan();
      if (planning.kind === 'planned') stored ??= planning.plan;
      return planning;
    },
    async start() {
      const answer = await remediation.start(await planned(), aws);
      if (answer.kind === 'started') handle = answer.handle ?? handle;
      return answer;
    },
    check: async () => remediation.check(await planned(), handle, aws),
    checkWithoutHandle: async () => remediation.check(await planned(), undefined, aws),
    undo: async () => remediation.undo?.(await planned(), aws),
  };
}

/** An answer that says no, or not now, for a reason like this. */
export function no(kind: 'refused' | 'notNeeded' | 'busy', reason: RegExp): object {
  return { kind, reason: expect.stringMatching(reason) as string };
}

/** From now on the account answers an operation like this, whatever it holds. An `Error` is thrown. */
export function answerWith({ account }: Bench, service: string, operation: string, answer: object): void {
  const { operations } =
    (account.services as unknown as Record<string, { readonly operations: object }>)[service] ?? {};
  if (!operations || !(operation in operations)) throw new Error(`nothing answers ${service}:${operation}`);
  const answers = (): object => {
    if (answer instanceof Error) throw answer;
    return answer;
  };
  Object.assign(operations, { [operation]: answers });
}

/** What AWS says of something that it does not know. */
export function unknown(name: string): Error {
  return Object.assign(new Error('it does not exist'), { name, $fault: 'client' });
}
