import { z } from 'zod';
import { sightingsAtMost } from '../storm';
import { duration } from './written-duration';

const day = 86_400;

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

/** Limits of a rule. */
export const limits = z.strictObject({
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
export const overall = z.strictObject({
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
