import { z } from 'zod';
import { conditions } from '../../signals/conditions';
import { resourceKinds } from '../../signals/signal';
import { durationPattern, durationText, parseDuration } from '../duration';
import { ladderSchema, snapshotFirst } from './ladder';
import type { RemediationFacts } from './remediation-facts';
import type { Contact } from '../policy';
import { modes } from '../rule';
import { sightingsAtMost } from '../storm';

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

/** Seconds, written as people write a duration. */
const duration = (from: number, to: number, description: string) =>
  z
    .string('write a duration with its unit, such as 90s, 2m, 1h30m or 2d')
    .regex(durationPattern, 'write a duration with its unit, such as 90s, 2m, 1h30m or 2d')
    .transform((text, context) => {
      const seconds = parseDuration(text) ?? 0;
      if (seconds >= from && seconds <= to) return seconds;
      context.addIssue(
        seconds < from
          ? `${text} is too short: at least ${durationText(from)}`
          : `${text} is too long: at most ${durationText(to)}`,
      );
      return z.NEVER;
    })
    .meta({ description });

/** A count of members, or their share. */
const minHealthy = z
  .union([
    z.int().min(0).max(10_000),
    z
      .string()
      .regex(/^(100|[1-9]?[0-9])%$/, 'write a percent from 0% to 100%, or a count')
      .transform((text) => ({ percent: Number(text.slice(0, -1)) })),
  ])
  .transform((value) => (typeof value === 'number' ? { count: value } : value))
  .meta({
    description: 'Members of the group, as a count or a percent, that must stay healthy beside what is touched.',
  });

const verify = z.strictObject({
  within: duration(1, day, 'The symptom must be gone this soon after a remediation is done.').optional(),
  healthyFor: duration(1, day, 'The symptom must stay gone this long.').optional(),
});

const limits = z.strictObject({
  atOnce: z
    .int()
    .min(1)
    .max(1_000)
    .optional()
    .meta({ description: 'Incidents of the rule that may touch something at one time.' }),
  perHour: z
    .int()
    .min(1)
    .max(1_000)
    .optional()
    .meta({ description: 'Remediations that the rule may start in any 60 minutes.' }),
  minHealthy: minHealthy.optional(),
  attempts: z
    .int()
    .min(1)
    .max(100)
    .optional()
    .meta({ description: 'Remediations that may be started for one sickness, until it has stayed away.' }),
  backoff: duration(0, 1_800, 'From an attempt to the next on the same sickness; doubled after each.').optional(),
  recursWithin: duration(
    0,
    2 * day,
    'A sickness that comes back this soon was not healed: it goes on where the last incident left off.',
  ).optional(),
});

const count = (most: number, description: string) => z.int().min(1).max(most).meta({ description });

/** Limits over all rules together. What is absent has a default: there is no policy without these. */
const overall = z.strictObject({
  account: z
    .strictObject({
      atOnce: count(1_000, 'Incidents of one account that may touch something at one time.').default(3),
      perHour: count(1_000, 'Remediations that may be started in one account in any 60 minutes.').default(12),
    })
    .prefault({}),
  group: z
    .strictObject({
      perHour: count(
        1_000,
        'Remediations that may be started on one group or its members in any 60 minutes. One at a time, always.',
      ).default(4),
    })
    .prefault({}),
  storm: z
    .strictObject({
      group: count(sightingsAtMost, 'So many resources of one group that fall sick together are a storm.').default(4),
      zone: count(sightingsAtMost, 'The same of one Availability Zone.').default(6),
      region: count(sightingsAtMost, 'The same of one region.').default(15),
      within: duration(60, 3_600, 'Together means within this time.').prefault('5m'),
      sick: z
        .string()
        .regex(/^(100|[1-9]?[0-9])%$/, 'write a percent from 0% to 100%')
        .transform((text) => Number(text.slice(0, -1)))
        .meta({ description: 'More members of a group than this sick at once, and at least two, are a storm.' })
        .prefault('40%'),
      coolDown: duration(60, 6 * 3_600, 'It must have been calm for so long before anything starts again.').prefault(
        '10m',
      ),
      pace: duration(1, 3_600, 'After that, for as long again, starts in its scope are so far apart.').prefault('2m'),
    })
    .prefault({}),
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

/** An SNS topic that people read. A FIFO topic cannot be subscribed to by e-mail or chat. */
const topicPattern = /^arn:aws(-[a-z]+)*:sns:[a-z]{2}(-[a-z]+)+-\d:\d{12}:[A-Za-z0-9_-]{1,256}$/;
const contact = z
  .strictObject({
    topic: z
      .string()
      .regex(topicPattern, 'write the ARN of a standard SNS topic: arn:aws:sns:REGION:ACCOUNT:NAME')
      .optional(),
    format: z.enum(['email', 'chat']).optional().meta({ description: 'Of a topic. If absent: email.' }),
    opsItems: z
      .literal(true, 'write true, or a topic instead')
      .optional()
      .meta({ description: 'Instead of a topic: OpsItems in Systems Manager, in the account that Homeostat runs in.' }),
    severity: z.int().min(1).max(4).optional().meta({ description: 'Of OpsItems: 1 is the worst. If absent: 2.' }),
  })
  .transform((written, context): Contact => {
    const { topic, format = 'email', opsItems, severity = 2 } = written;
    const stray = opsItems ? 'format' : 'severity';
    if (topic === undefined && !opsItems) context.addIssue('write a topic, or opsItems: true');
    else if (topic !== undefined && opsItems) context.addIssue('write a topic or opsItems: make two contacts of it');
    else if (written[stray] !== undefined) context.addIssue(`${stray} is not of this kind of contact`);
    return topic === undefined ? { opsItems: true, severity } : { topic, format };
  })
  .meta({
    anyOf: [{ required: ['topic'] }, { required: ['opsItems'] }],
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
export function policySchema(remediations: readonly RemediationFacts[]): z.ZodType<WrittenPolicy> {
  return schema(remediations);
}

/** The JSON Schema by which an editor completes and checks a policy: what it refuses, `homeostat check` refuses too. */
export function policyJsonSchema(remediations: readonly RemediationFacts[]): Record<string, unknown> {
  return z.toJSONSchema(schema(remediations), { io: 'input', unrepresentable: 'any' });
}
