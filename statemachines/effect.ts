import type { EpochMillis } from '../signals/signal';
import type { Json } from './rule';

/** Why people are written to. */
export const notificationKinds = ['escalated', 'approval', 'recovered'] as const;
export type NotificationKind = (typeof notificationKinds)[number];

/**
 * What the machine asks the runtime to do. `start` and `notify` touch the world, so they are committed before they are done;
 * the others only look.
 */
export type Effect =
  /** Is the symptom there? Answered by `symptom.*`. */
  | { readonly type: 'read-symptom' }
  /** Answered by `plan.*`. */
  | { readonly type: 'plan'; readonly remediation: string; readonly parameters: { readonly [key: string]: Json } }
  /** May it start now? Limits, claims and windows. Answered by `admission.*`. */
  | { readonly type: 'admit'; readonly remediation: string }
  /** Answered by `start.*`. */
  | { readonly type: 'start'; readonly remediation: string; readonly plan: Json }
  /** Answered by `check.*`. */
  | { readonly type: 'check'; readonly remediation: string; readonly plan: Json; readonly handle: string | null }
  /** Answered by `notification.*`. */
  | { readonly type: 'notify'; readonly kind: NotificationKind; readonly contact: string }
  /** Come back at `at` with `timer.fired`. There is at most one wake-up: a new one replaces the old. */
  | { readonly type: 'wake'; readonly at: EpochMillis };

/** Whether an effect changes anything outside of Homeostat. */
export function touches(effect: Effect): boolean {
  return effect.type === 'start' || effect.type === 'notify';
}
