import type { EpochMillis } from '../signals/signal';
import type { Json } from './rule';

/** Why people are written to. */
export const notificationKinds = ['escalated', 'approval', 'recovered', 'held'] as const;
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
  /**
   * May it start now? All guards are asked. Answered by `admission.*`. Only `start` claims what it needs; the others want to know
   * before a person is asked, or for the record.
   */
  | { readonly type: 'admit'; readonly remediation: string; readonly to: 'start' | 'ask' | 'record' }
  /** Answered by `start.*`. */
  | { readonly type: 'start'; readonly remediation: string; readonly plan: Json }
  /** Answered by `check.*`. */
  | { readonly type: 'check'; readonly remediation: string; readonly plan: Json; readonly handle: string | null }
  /** Answered by `notification.*`. */
  | {
      readonly type: 'notify';
      readonly kind: NotificationKind;
      readonly contact: string;
      /** Whether it is one of many that have one cause, and people are to get one message for all. */
      readonly ofMany: boolean;
    }
  /** Come back at `at` with `timer.fired`. There is at most one wake-up: a new one replaces the old. */
  | { readonly type: 'wake'; readonly at: EpochMillis };

/** Whether an effect changes anything outside of Homeostat. */
export function touches(effect: Effect): boolean {
  return effect.type === 'start' || effect.type === 'notify';
}
