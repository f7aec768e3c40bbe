import { z } from 'zod';
import { resourceKinds } from '../signals/signal';
import { guardNames } from './guards/names';

/** When it happened, in epoch milliseconds; the only clock that the machine knows. */
const at = z.number().int().nonnegative();
const reason = z.string();
const json = z.json();

/**
 * Everything that can happen to an incident, as `subject.participle`. What is not one of these never reaches the machine:
 * xstate itself would take a forged `xstate.after…` for one of its own.
 */
export const incidentEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('incident.opened'),
    at,
    detail: reason,
    /** The sickness has come back too soon after the incident before: this goes on where that left off. */
    recurrence: z
      .strictObject({
        of: z.string(),
        /** How that ended, in words. */
        after: z.string(),
        rung: z.number().int().nonnegative(),
        spent: z.number().int().nonnegative(),
        lastStartAt: at.nullable(),
      })
      .optional(),
  }),
  /** The same sickness was signalled again. */
  z.strictObject({ type: z.literal('signal.repeated'), at, detail: reason }),
  z.strictObject({ type: z.literal('signal.recovered'), at, detail: reason }),
  z.strictObject({ type: z.literal('signal.progressed'), at, detail: reason }),
  /** Something that this incident touches, or whose members it touches, has fallen sick meanwhile. */
  z.strictObject({
    type: z.literal('signal.echoed'),
    at,
    detail: reason,
    resource: z.strictObject({ kind: z.enum(resourceKinds), id: z.string(), account: z.string(), region: z.string() }),
    condition: z.string(),
    alarmArn: z.string().optional(),
  }),
  /** A wake-up came. `revision` is that of the commit which armed it. */
  z.strictObject({ type: z.literal('timer.fired'), at, revision: z.number().int().nonnegative() }),
  /** What was seen when looking for the symptom; unreadable is never taken for gone. */
  /** `elsewhere`: what it was opened for is not seen to be sick, but something that it has caused is. */
  z.strictObject({
    type: z.literal('symptom.present'),
    at,
    detail: reason,
    elsewhere: z.literal(true).optional(),
  }),
  z.strictObject({ type: z.literal('symptom.gone'), at, detail: reason }),
  z.strictObject({ type: z.literal('symptom.unreadable'), at, detail: reason }),
  z.strictObject({
    type: z.literal('plan.made'),
    at,
    remediation: z.string(),
    plan: json,
    /** Changes when anything of the plan changes; what a person approves is this. */
    planHash: z.string(),
    /** Keys of the resources that it changes, and of the group that they are in: what is claimed, and what its credentials name. */
    touches: z.array(z.string()).readonly(),
    summary: z.string(),
    /** What is lost for good by it, in words. */
    destroys: z.array(z.string()).readonly(),
    /** Seconds between checks, and from the start until the attempt has failed. */
    patience: z.strictObject({ checkEvery: z.number().positive(), giveUpAfter: z.number().positive() }),
  }),
  z.strictObject({ type: z.literal('plan.refused'), at, remediation: z.string(), reason }),
  /** Somebody else is at work there: it is asked again later. */
  z.strictObject({ type: z.literal('plan.busy'), at, remediation: z.string(), reason }),
  z.strictObject({ type: z.literal('plan.notNeeded'), at, remediation: z.string(), reason }),
  z.strictObject({ type: z.literal('approval.granted'), at, by: z.string(), planHash: z.string() }),
  z.strictObject({ type: z.literal('approval.denied'), at, by: z.string() }),
  z.strictObject({ type: z.literal('admission.granted'), at }),
  z.strictObject({
    type: z.literal('admission.refused'),
    at,
    refusals: z
      .array(
        z.strictObject({
          guard: z.enum(guardNames),
          reason,
          until: at.optional(),
          lasting: z.literal(true).optional(),
        }),
      )
      .min(1)
      .readonly(),
  }),
  z.strictObject({ type: z.literal('start.succeeded'), at, handle: z.string().optional() }),
  z.strictObject({ type: z.literal('start.refused'), at, reason }),
  /** Whether AWS did it is unknown: it is looked up, never repeated blindly. */
  z.strictObject({ type: z.literal('start.unknown'), at, reason }),
  z.strictObject({ type: z.literal('check.done'), at, detail: reason }),
  z.strictObject({ type: z.literal('check.pending'), at, detail: reason }),
  z.strictObject({ type: z.literal('check.failed'), at, detail: reason }),
  z.strictObject({ type: z.literal('check.notStarted'), at, detail: reason }),
  z.strictObject({ type: z.literal('check.continue'), at, detail: reason }),
  /** `folded`: it is one of many, and goes out with them in one message. */
  z.strictObject({ type: z.literal('notification.sent'), at, contact: z.string(), folded: z.boolean().optional() }),
  z.strictObject({ type: z.literal('notification.failed'), at, contact: z.string(), reason }),
  z.strictObject({ type: z.literal('escalation.acknowledged'), at, by: z.string() }),
  /** A person says that it is over. */
  z.strictObject({ type: z.literal('incident.closed'), at, by: z.string() }),
]);

export type IncidentEvent = z.infer<typeof incidentEventSchema>;
