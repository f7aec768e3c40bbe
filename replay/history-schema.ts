import { z } from 'zod';
import { resourceKinds } from '../signals/signal';
import { states } from '../statemachines/incident';
import { incidentEventSchema } from '../statemachines/incident-event';
import { modes } from '../statemachines/rule';

/** In epoch milliseconds. */
const at = z.number().int().nonnegative();
const seconds = z.number().nonnegative();
const count = z.number().int().nonnegative();
const state = z.enum(states);
const resource = z.object({ kind: z.enum(resourceKinds), id: z.string(), account: z.string(), region: z.string() });
const tier = z.object({ contact: z.string(), afterSeconds: seconds });

const rule = z.object({
  name: z.string(),
  mode: z.enum(modes),
  waitSeconds: seconds,
  holdDownSeconds: seconds,
  ladder: z.array(
    z.object({
      remediation: z.string(),
      approval: z.enum(['twoPeople', 'required', 'notRequired']),
      parameters: z.record(z.string(), z.json()),
    }),
  ),
  verify: z.object({ withinSeconds: seconds, healthyForSeconds: seconds }),
  limits: z.object({
    atOnce: count,
    perHour: count,
    minHealthy: z.union([z.strictObject({ count }), z.strictObject({ percent: z.number() })]),
    attempts: count,
    backoffSeconds: seconds,
    recursWithinSeconds: seconds,
  }),
  approvalWithinSeconds: seconds,
  escalate: z.tuple([tier], tier),
});

const call = z.object({
  at,
  action: z.string(),
  access: z.enum(['read', 'write']),
  input: z.unknown(),
  error: z.string().optional(),
});

/** A history as it is written. What the machine remembered at the end is compared and not read, so its shape is open. */
export const historySchema = z.object({
  format: z.literal(1),
  release: z.string(),
  uninterrupted: z.literal(true).optional(),
  opened: z.object({
    id: z.string(),
    machine: z.object({ name: z.string(), version: z.number() }),
    rule,
    condition: z.string(),
    resource,
    evidence: z.object({ alarmArn: z.string().optional(), healthEventArn: z.string().optional() }),
    place: z.object({ zone: z.string().optional(), groups: z.array(resource) }),
    openedAt: at,
  }),
  entries: z
    .array(
      z.object({
        at,
        event: incidentEventSchema,
        from: state,
        to: state,
        remediation: z.string().optional(),
        calls: z.array(call).default([]),
        wakeAt: at.nullable().optional(),
      }),
    )
    .min(1),
  ended: z.object({
    revision: count,
    state,
    memory: z.record(z.string(), z.json()),
    wake: z.object({ at, revision: count }).nullable(),
  }),
});
