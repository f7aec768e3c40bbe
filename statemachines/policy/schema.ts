import { z } from 'zod';
import { conditions } from '../../signals/conditions';
import { resourceKinds } from '../../signals/signal';
import { ladderSchema, snapshotFirst } from './ladder';
import type { RemediationFacts } from './remediation-facts';
import { modes } from '../rule';
import { contact } from './written-contact';
import { duration } from './written-duration';
import { limits, overall } from './written-limits';

const day = 86_400;

/** Name of a rule, condition or contact. */
const nameSchema = z
  .string()
  .max(63, 'a name has at most 63 characters')
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'a name is in kebab-case, such as web-tier');

const conditionName = nameSchema.meta({
  description: 'A condition that Homeostat knows, or one that a mapping under `conditions` names.',
  anyOf: [{ enum: conditions.map(({ name }) => name) }, {}],
});

const verify = z.strictObject({
  within: duration(1, day, 'The symptom must be gone this soon after a remediation is done.').optional(),
  healthyFor: duration(1, day, 'The symptom must stay gone this long.').optional(),
});

const after = duration(1, 7 * day, 'How long the tier before has, without acknowledgement.');
const escalate = z
  .array(z.union([nameSchema, z.record(nameSchema, z.strictObject({ after }))]))
  .min(1, 'name at least one contact: a rule that fails must reach a person')
  .meta({ description: 'Whom to call, in this order.' });

const approval = z.strictObject({ within: duration(1, 7 * day, 'People have this long to answer.') });
const mode = z
  .enum(modes)
  .meta({ description: 'observe: record what would be done; approve: ask a person first; act: do it.' });
const wait = duration(0, day, "AWS's own healing gets this long first.");

const holdDown = duration(0, 900, 'It must have been sick this long without a break before anything starts.');

const pattern = z.record(z.string(), z.unknown());
const resource = z
  .strictObject({
    kind: z.enum(resourceKinds),
    id: z.union([
      z.string().min(1),
      z.strictObject({ path: z.string().regex(/^[^.\s]+(\.[^.\s]+)*$/, 'write a path such as detail.instance-id') }),
    ]),
  })
  .meta({
    description: 'Of what the event speaks: a fixed resource, or the one whose id stands in the event at `path`.',
  });

const mapping = z.strictObject({
  condition: conditionName,
  events: pattern.meta({ description: 'An EventBridge event pattern.' }),
  resource,
  means: z.enum(['unhealthy', 'recovered']).default('unhealthy'),
});

const rule = (remediations: readonly RemediationFacts[]) =>
  z.strictObject({
    name: nameSchema,
    on: z.array(conditionName).min(1, 'name at least one condition').optional(),
    events: pattern.optional().meta({ description: 'Instead of `on`: an EventBridge event pattern.' }),
    resource: resource.optional(),
    where: pattern.optional().meta({
      description:
        'An event pattern over account, region, resource (kind, id), tags, condition and source; a bare value means a list of it.',
    }),
    mode: mode.optional(),
    wait: wait.optional(),
    holdDown: holdDown.optional(),
    try: ladderSchema(remediations),
    snapshotFirst: snapshotFirst.optional(),
    verify: verify.optional(),
    limits: limits.optional(),
    approval: approval.optional(),
    escalate: escalate.optional(),
  });

const window = z.strictObject({
  name: z.string().min(1).max(80),
  cron: z
    .string()
    .regex(/^\S+( \S+){4}$/, 'write five fields: minute hour day month weekday, such as 0 22 * * 5')
    .meta({ description: 'When it begins: minute hour day month weekday.' }),
  for: duration(60, 31 * day, 'How long it lasts.'),
  timezone: z.string().default('UTC').meta({ description: 'IANA name, such as Europe/Berlin.' }),
  then: z.enum(['observe', 'approve']),
});

const schema = (remediations: readonly RemediationFacts[]) =>
  z.strictObject({
    mode,
    accounts: z
      .array(z.string("an account is text: '111122223333', in quotes").regex(/^\d{12}$/, 'an account has 12 digits'))
      .min(1)
      .optional(),
    regions: z
      .array(z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'write a region such as eu-central-1'))
      .min(1)
      .optional(),
    defaults: z
      .strictObject({
        wait: wait.optional(),
        holdDown: holdDown.optional(),
        verify: verify.optional(),
        limits: limits.optional(),
        approval: approval.optional(),
        escalate: escalate.optional(),
      })
      .optional(),
    limits: overall.prefault({}),
    conditions: z.array(mapping).optional(),
    rules: z.array(rule(remediations)),
    contacts: z.record(nameSchema, contact),
    windows: z.array(window).optional(),
  });

/** A policy as its author writes it, with every duration in seconds. */
export type WrittenPolicy = z.output<ReturnType<typeof schema>>;
export type WrittenRule = WrittenPolicy['rules'][number];

/** The shape of a policy; what depends on several parts of it is checked by the inspections beside this file. */
export const policySchema: (remediations: readonly RemediationFacts[]) => z.ZodType<WrittenPolicy> = madeOnce(schema);

/** The JSON Schema by which an editor completes and checks a policy: what it refuses, `homeostat check` refuses too. */
export const policyJsonSchema = madeOnce((remediations): Readonly<Record<string, unknown>> =>
  z.toJSONSchema(policySchema(remediations), { io: 'input', unrepresentable: 'any' }),
);

/** To make a schema takes longer than to read a policy by it. */
function madeOnce<T>(make: (remediations: readonly RemediationFacts[]) => T): typeof make {
  const made = new WeakMap<readonly RemediationFacts[], T>();
  return (remediations) => {
    const known = made.get(remediations) ?? make(remediations);
    made.set(remediations, known);
    return known;
  };
}
