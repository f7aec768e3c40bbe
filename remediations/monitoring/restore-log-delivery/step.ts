import { z } from 'zod';
import type { EpochMillis } from '../../../signals/signal';
import type { LogGroup } from '../../../vitals/monitoring/log-group';
import { standingOf, type ChangeStanding } from '../../absolute-change';

/** CloudWatch Logs takes no other numbers of days. */
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
/** CloudWatch Logs takes no more of one log group. */
const mostFilters = 2;
const day = 24 * 60 * 60_000;

const filter = z.strictObject({
  name: z.string().regex(/^[^:*\p{Cc}]{1,512}$/u, 'a filter is named without colons and asterisks'),
  /** Which events are delivered; all of them if it is empty. */
  pattern: z.string().max(1_024).default(''),
  /** ARN of a stream, a delivery stream, a function or a destination. */
  destination: z.string().regex(/^arn:[a-z-]+:(kinesis|firehose|lambda|logs):[a-z0-9-]+:\d{12}:\S+$/),
  /** ARN of the role by which it is delivered; none to a function. */
  role: z
    .string()
    .regex(/^arn:[a-z-]+:iam::\d{12}:role\/\S+$/)
    .optional(),
});

/** What a log group should be like. */
export const desired = z.strictObject({
  /** Days. If absent, its retention is no matter. */
  retention: z
    .number()
    .refine((days) => retentions.includes(days), `CloudWatch Logs keeps for ${retentions.join(', ')} days`)
    .optional(),
  filters: z.array(filter).max(mostFilters).default([]),
  /** ARN of the key that a new one is encrypted with. */
  key: z
    .string()
    .regex(/^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/\S+$/)
    .optional(),
});
export type Desired = z.output<typeof desired>;

/** One call of what is to be done. */
export const step = z.discriminatedUnion('how', [
  z.strictObject({ how: z.literal('create'), key: z.string().optional() }),
  z.strictObject({ how: z.literal('retain'), days: z.number() }),
  z.strictObject({ how: z.literal('subscribe'), filter }),
]);
export type Step = z.output<typeof step>;

/** All that is missing of what it should be. What is there and is otherwise was made so by somebody, and stays. */
export function missingOf(wanted: Desired, group: LogGroup): readonly Step[] {
  const { retention: days, filters, key } = wanted;
  const retain: Step[] = days === undefined ? [] : [{ how: 'retain', days }];
  const all: Step[] = [
    { how: 'create', ...(key !== undefined && { key }) },
    ...retain,
    ...filters.map((each) => ({ how: 'subscribe' as const, filter: each })),
  ];
  return all.filter((each) => stepStanding(each, group) === 'due');
}

/** Where one step stands. What comes after the creation is due while there is no log group. */
export function stepStanding(one: Step, group: LogGroup): ChangeStanding {
  if (group.kind === 'absent') return 'due';
  switch (one.how) {
    case 'create':
      return 'made';
    case 'retain':
      return standingOf({ from: undefined, to: one.days }, group.retention);
    case 'subscribe': {
      const { name, pattern, destination, role } = one.filter;
      const now = group.filters.find((each) => each.name === name);
      return standingOf({ from: undefined, to: { name, pattern, destination, role } }, now);
    }
  }
}

/** Why it must not be made so; undefined where it may. */
export function objectionTo(name: string, steps: readonly Step[], group: LogGroup): string | undefined {
  const added = steps.flatMap((each) => (each.how === 'subscribe' ? [each.filter] : []));
  // A function that is told of its own log writes into it when it is told, and so on.
  const loop = added.find(({ destination }) => name === `/aws/lambda/${functionIn(destination)}`);
  if (loop)
    return `${name} is the log of the function that ${loop.name} delivers to: it would be told of itself for ever`;
  const there =
    group.kind === 'found' ? group.filters.filter((one) => !added.some((each) => each.name === one.name)) : [];
  return there.length + added.length > mostFilters
    ? `${name} has the filters ${there.map((one) => one.name).join(' and ')}, and CloudWatch Logs takes ${mostFilters}`
    : undefined;
}

function functionIn(arn: string): string | undefined {
  return /:lambda:[^:]*:\d+:function:([\w-]+)/.exec(arn)?.[1];
}

/** What a retention would delete for good; undefined where nothing can be so old. */
export function lostBy(steps: readonly Step[], group: LogGroup, now: EpochMillis): string | undefined {
  const retain = steps.find((each) => each.how === 'retain');
  if (!retain || group.kind === 'absent' || now - group.createdAt < retain.days * day) return undefined;
  return `what ${group.name} holds of more than ${retain.days} days ago`;
}

/** The step in words. */
export function stepInWords(one: Step): string {
  switch (one.how) {
    case 'create':
      return 'create it';
    case 'retain':
      return `keep its events for ${one.days} days`;
    case 'subscribe':
      return `deliver to ${one.filter.destination} by ${one.filter.name}`;
  }
}
