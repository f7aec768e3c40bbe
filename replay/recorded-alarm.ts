import { z } from 'zod';

/** The part of an alarm's event that says what the alarm measures, and how. */
const alarmEvent = z.object({
  detail: z.object({
    alarmName: z.string(),
    state: z.object({ reason: z.string().default(''), reasonData: z.string().optional() }),
    configuration: z.object({
      metrics: z
        .array(
          z.object({
            metricStat: z
              .object({
                metric: z.object({
                  namespace: z.string(),
                  name: z.string(),
                  dimensions: z.record(z.string(), z.string()).default({}),
                }),
                period: z.number().positive(),
              })
              .optional(),
          }),
        )
        .default([]),
    }),
  }),
});

const reasonData = z.object({ threshold: z.number().optional() });

/** CloudWatch's words for how a value compares with the threshold that it crosses. */
const comparisons = [
  ['greater than or equal to the threshold', 'GreaterThanOrEqualToThreshold'],
  ['less than or equal to the threshold', 'LessThanOrEqualToThreshold'],
  ['greater than the threshold', 'GreaterThanThreshold'],
  ['less than the threshold', 'LessThanThreshold'],
] as const;

/** How a value must compare with the threshold of an alarm for it to go off. */
export type Comparison = (typeof comparisons)[number][1];

/** An alarm as its event describes it. */
export interface RecordedAlarm {
  readonly name: string;
  /** Absent for a composite alarm, a formula or a query. */
  readonly measures?: {
    readonly metric: {
      readonly namespace: string;
      readonly name: string;
      readonly dimensions: Readonly<Record<string, string>>;
    };
    readonly periodSeconds: number;
  };
  /** Absent where CloudWatch did not say it, as for anomaly detection. */
  readonly threshold?: number;
  readonly comparison?: Comparison;
}

/** Whether a value makes the alarm go off. */
export function isCrossed(value: number, threshold: number, comparison: Comparison): boolean {
  switch (comparison) {
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= threshold;
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'LessThanThreshold':
      return value < threshold;
  }
}

/** What an event says of its alarm; undefined for any other event. */
export function recordedAlarm(event: unknown): RecordedAlarm | undefined {
  const read = alarmEvent.safeParse(event);
  if (!read.success) return undefined;
  const { alarmName, state, configuration } = read.data.detail;
  const stats = configuration.metrics.flatMap(({ metricStat }) => metricStat ?? []);
  const [stat, ...others] = stats;
  const threshold = thresholdIn(state.reasonData);
  const comparison = comparisons.find(([words]) => state.reason.includes(words))?.[1];
  return {
    name: alarmName,
    ...(stat && others.length === 0 && { measures: { metric: stat.metric, periodSeconds: stat.period } }),
    ...(threshold !== undefined && { threshold }),
    ...(comparison && { comparison }),
  };
}

function thresholdIn(data: string | undefined): number | undefined {
  try {
    return reasonData.safeParse(JSON.parse(data ?? 'null')).data?.threshold;
  } catch {
    return undefined;
  }
}
