import type { Effect, NotificationKind } from '../effect';
import { rungOf, tierOf, type Context, type Scope } from './scope';
import { lookAgainAfter, lookLaterAfter, second } from './waits';

/** An action of the machine that asks the runtime for one effect. */
interface Asking {
  readonly type: 'request';
  readonly params: (scope: Scope) => Effect;
}

const request = (params: (scope: Scope) => Effect): Asking => ({ type: 'request', params });
export const wakeIn = (milliseconds: number): Asking =>
  request(({ event }: Scope): Effect => ({ type: 'wake', at: event.at + milliseconds }));
export const wakeAtDeadline = request(({ context, event }: Scope): Effect => ({
  type: 'wake',
  at: context.deadlineAt ?? event.at,
}));
const wakeOrDeadline = (milliseconds: (context: Context) => number) =>
  request(({ context, event }: Scope): Effect => ({
    type: 'wake',
    at: Math.min(event.at + milliseconds(context), context.deadlineAt ?? Infinity),
  }));
export const lookAgain = wakeOrDeadline(() => lookAgainAfter);
export const lookLater = wakeOrDeadline(() => lookLaterAfter);
export const checkAgain = wakeOrDeadline((context) => (context.planned?.patience.checkEvery ?? 30) * second);
export const wakeWhenSettled = request(({ context, event }: Scope): Effect => ({
  type: 'wake',
  at: context.settledAt ?? event.at,
}));
export const readSymptom = request((): Effect => ({ type: 'read-symptom' }));
export const plan = request(({ context }: Scope): Effect => {
  const rung = rungOf(context);
  return { type: 'plan', remediation: rung?.remediation ?? '', parameters: rung?.parameters ?? {} };
});
export const admit = request(({ context }: Scope): Effect => ({
  type: 'admit',
  remediation: context.planned?.remediation ?? '',
}));
export const start = request(({ context }: Scope): Effect => ({
  type: 'start',
  remediation: context.planned?.remediation ?? '',
  plan: context.planned?.plan ?? null,
}));
export const check = request(({ context }: Scope): Effect => ({
  type: 'check',
  remediation: context.planned?.remediation ?? '',
  plan: context.planned?.plan ?? null,
  handle: context.handle,
}));
export const notify = (kind: NotificationKind): Asking =>
  request(({ context }: Scope): Effect => ({ type: 'notify', kind, contact: tierOf(context).contact }));
