import { z } from 'zod';

/** The part of an alarm's event that says what the alarm measures, and how. */
const alarmEvent = z.object({
  detail: z.object({
    alarmName: z.string(),
    state: z.object({ reasonData: z.string().optional() }),
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
}

/** What an event says of its alarm; undefined for any other event. */
export function recordedAlarm(event: unknown): RecordedAlarm | undefined {
  const read = alarmEvent.safeParse(event);
  if (!read.success) return undefined;
  const { alarmName, state, configuration } = read.data.detail;
  const stats = configuration.metrics.flatMap(({ metricStat }) => metricStat ?? []);
  const [stat, ...others] = stats;
  const threshold = thresholdIn(state.reasonData);
  return {
    name: alarmName,
    ...(stat && others.length === 0 && { measures: { metric: stat.metric, periodSeconds: stat.period } }),
    ...(threshold !== undefined && { threshold }),
  };
}

function thresholdIn(data: string | undefined): number | undefined {
  try {
    return reasonData.safeParse(JSON.parse(data ?? 'null')).data?.threshold;
  } catch {
    return undefined;
  }
}
