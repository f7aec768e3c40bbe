import { z } from 'zod';
import { type AlarmMetric, diagnose, partitionOf } from './cloudwatch-alarm/alarm-diagnosis';
import { alarmSilence } from './cloudwatch-alarm/alarm-silence';
import type { Envelope } from './envelope';
import { plainText } from './plain-text';
import type { Reading } from './signal';
import { defineSource, ignored } from './source';
import { nameText, telling } from './telling';
import { parseTime } from './time';

const name = 'cloudwatch-alarm';

/** What target-tracking policies call their alarms. */
const scalingPrefix = 'TargetTracking-';

const dimensions = z.record(z.string(), z.string()).transform((record) => new Map(Object.entries(record)));
const noTags: Readonly<Record<string, string>> = {};
const tagList = z.array(z.object({ key: z.string(), value: z.string() }));

const detailSchema = z.object({
  alarmName: nameText.max(255),
  state: z.object({
    value: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
    reason: z.string().default(''),
    timestamp: nameText.refine((text) => parseTime(text) !== undefined, 'it is not a time'),
    evaluationState: z.string().optional(),
  }),
  configuration: z.object({
    metrics: z
      .array(
        z.object({
          accountId: z.string().regex(/^\d+$/).optional(),
          expression: z.string().optional(),
          metricStat: z
            .object({
              metric: z.object({
                namespace: z.string().default(''),
                name: z.string(),
                dimensions: dimensions.optional(),
              }),
            })
            .optional(),
        }),
      )
      .default([]),
  }),
  // Sent where tag propagation is on. Its shape is documented in words only: both usual ones are taken, others are none.
  alarmTags: z
    .union([
      z.record(z.string(), z.string()),
      tagList.transform((tags) => Object.fromEntries(tags.map(({ key, value }) => [key, value]))),
    ])
    .catch(noTags),
  // One time series of an alarm on many.
  alarmContributor: z.object({ id: nameText, attributes: dimensions.optional() }).optional(),
});
type AlarmDetail = z.infer<typeof detailSchema>;

/** A CloudWatch alarm has come to another state, or one time series of it has. */
export const cloudwatchAlarm = defineSource({
  name,
  pattern: {
    source: ['aws.cloudwatch'],
    'detail-type': ['CloudWatch Alarm State Change', 'CloudWatch Alarm Contributor State Change'],
  },
  tells: 'any',
  // The same that `emptiness` ignores. Namespaces and metrics are not asked for: a tag of the alarm may say what it is about.
  worthwhile: {
    alarmName: [{ 'anything-but': { prefix: scalingPrefix } }],
    state: { value: ['OK', 'ALARM'] },
  },
  detail: detailSchema,
  read: (detail, event) => {
    const reason = alarmSilence(event) ?? emptiness(detail);
    return reason === undefined ? readAlarm(detail, event) : ignored(reason);
  },
});

/** Why nothing is made of the alarm whatever it is about; undefined when it is to be read. */
function emptiness({ alarmName, state }: AlarmDetail): string | undefined {
  const alarm = `alarm ${plainText(alarmName, 60)}`;
  if (state.evaluationState) return `${alarm} was not evaluated on all its data: ${state.evaluationState}`;
  if (state.value === 'INSUFFICIENT_DATA') return `${alarm} has not the data to tell sickness from health`;
  if (alarmName.startsWith(scalingPrefix)) return `${alarm} is a scaling policy's own, and Auto Scaling acts on it`;
  return undefined;
}

function readAlarm(detail: AlarmDetail, event: Envelope): Reading {
  const { alarmName, state, configuration, alarmContributor: contributor } = detail;
  const alarmArn = `arn:${partitionOf(event.region)}:cloudwatch:${event.region}:${event.account}:alarm:${alarmName}`;
  if (event.resources.length > 0 && !event.resources.includes(alarmArn)) {
    return { kind: 'invalid', reason: plainText(`resources names another alarm than detail.alarmName, ${alarmName}`) };
  }

  const diagnosis = diagnose({
    name: alarmName,
    owner: event,
    metrics: contributor ? contributorMetrics(contributor) : metricsOf(configuration),
    anomaly: configuration.metrics.some(({ expression }) => expression?.startsWith('ANOMALY_DETECTION_BAND')),
    tags: detail.alarmTags,
  });
  if (diagnosis.kind === 'unclear') return ignored(diagnosis.reason);

  const base = telling(event, {
    source: name,
    resource: diagnosis.resource,
    fact: [alarmArn, ...(contributor ? [contributor.id] : []), state.timestamp, state.value].join('/'),
    // The list of datapoints would leave no room for what comes after it.
    detail: `${alarmName} is ${state.value}: ${state.reason.replace(/ \[[^\]]*\]/, '')}`,
    at: parseTime(state.timestamp),
    // The alarm as a whole stays in ALARM for its other time series, so it is no evidence of this one.
    evidence: contributor ? {} : { alarmArn },
  });
  const kind = state.value === 'ALARM' ? 'unhealthy' : 'recovered';
  return { kind: 'signals', signals: [{ kind, condition: diagnosis.condition, ...base }] };
}

function metricsOf(configuration: AlarmDetail['configuration']): readonly AlarmMetric[] {
  return configuration.metrics.flatMap(({ metricStat, accountId }) =>
    metricStat
      ? [
          {
            ...metricStat.metric,
            dimensions: metricStat.metric.dimensions ?? new Map<string, string>(),
            account: accountId,
          },
        ]
      : [],
  );
}

/** The query's text is not read, so a contributor names a resource, and the alarm's tags must name its condition. */
function contributorMetrics(contributor: NonNullable<AlarmDetail['alarmContributor']>): readonly AlarmMetric[] {
  return [{ namespace: '', name: 'one time series', dimensions: contributor.attributes ?? new Map<string, string>() }];
}
