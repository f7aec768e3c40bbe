import { z } from 'zod';

/** AWS takes no other numbers of days. */
export const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const filterSchema = z.strictObject({
  name: z.string().min(1),
  pattern: z.string().default(''),
  destination: z.string(),
  role: z.string().optional(),
});

/** A log group as a description of an account writes it. */
export const logGroupSchema = z.strictObject({
  name: z.string().regex(/^[\w.\-/#]{1,512}$/, 'a log group is named by up to 512 letters, digits and _ - / . #'),
  /** Days; for ever unless it is said. */
  retention: z
    .number()
    .refine((days) => retentions.includes(days), 'CloudWatch Logs knows no such retention')
    .optional(),
  filters: z.array(filterSchema).max(2).default([]),
  /** Log events that are written to it, in one minute. */
  load: z.number().nonnegative().default(60),
  ageDays: z.number().nonnegative().default(400),
  tags: z.record(z.string(), z.string()).default({}),
});
export type LogGroupInput = z.input<typeof logGroupSchema>;
type Described = z.infer<typeof logGroupSchema>;

/** A log group as it is now. */
export interface LogGroup extends Omit<Described, 'ageDays'> {
  readonly arn: string;
  readonly createdAt: number;
  readonly kmsKeyId: string | undefined;
  filters: Described['filters'];
}

/** What people do to a log group, and a destination that takes nothing any more, or again. */
export const logsHappeningSchema = z.union([
  z.strictObject({ delete: z.string() }),
  z.strictObject({ deleteFilter: z.string(), of: z.string() }),
  z.strictObject({ deleteRetention: z.string() }),
  z.strictObject({ destination: z.string(), is: z.enum(['failing', 'back']) }),
]);
export type LogsHappening = z.infer<typeof logsHappeningSchema>;

/** A log group's metrics in a minute; those of deliveries by one filter where it is named. */
export function logGroupMetric(
  name: string,
  { filters, load }: LogGroup,
  filterName: string | undefined,
  takes: (destination: string) => boolean,
): number | undefined {
  const asked = filters.filter((filter) => filterName === undefined || filter.name === filterName);
  const failing = asked.filter(({ destination }) => !takes(destination)).length;
  switch (name) {
    case 'IncomingLogEvents':
      return load;
    case 'ForwardedLogEvents':
      return asked.length === 0 ? undefined : load * (asked.length - failing);
    case 'DeliveryErrors':
      return asked.length === 0 ? undefined : load * failing;
    default:
      return undefined;
  }
}
