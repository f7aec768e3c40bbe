import type { Effect, NotificationKind } from '../effect';
import { rungOf, tierOf, type Context, type Scope } from './scope';
import { lacksApproval } from './approval';
import { heldRetryAfter, lookAgainAfter, lookLaterAfter, lookSeldomAfter, second } from './waits';

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
export const wakeOrDeadline = (milliseconds: (context: Context) => number): Asking =>
  request(({ context, event }: Scope): Effect => ({
    type: 'wake',
    at: Math.min(event.at + milliseconds(context), context.deadlineAt ?? Infinity),
  }));
export const lookAgain = wakeOrDeadline(() => lookAgainAfter);
export const lookLater = wakeOrDeadline(() => lookLaterAfter);
export const lookSeldom = wakeOrDeadline(() => lookSeldomAfter);
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
  to: context.rule.mode === 'observe' ? 'record' : lacksApproval(context) ? 'ask' : 'start',
}));
/** When the guards know when it is worth asking again, then; at the end of the patience at the latest. */
export const wakeWhenHeld = request(({ context, event }: Scope): Effect => {
  const refusals = event.type === 'admission.refused' ? event.refusals : [];
  const soonest = Math.max(event.at + heldRetryAfter, ...refusals.flatMap(({ until }) => until ?? []));
  return { type: 'wake', at: Math.min(soonest, context.held?.until ?? soonest) };
});
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
  request(({ context }: Scope): Effect => ({
    type: 'notify',
    kind,
    contact: tierOf(context).contact,
    ofMany: kind === 'held' || (context.held?.storm ?? false),
  }));
