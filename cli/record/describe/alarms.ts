import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { everyItem } from '../../../vitals/pages';
import { type Describer, type Describing, eachOf, type Entry, item, missing, type Named, pairs } from './describer';

interface Made {
  readonly entry: Entry;
  readonly leads: readonly Named[];
}

const statistics = ['Average', 'Maximum', 'Minimum', 'SampleCount', 'Sum'];
const resourceTag = 'homeostat:resource';

/** CloudWatch alarms. One that no single metric and threshold makes is left to the replay, which holds it as it was recorded. */
export const alarms: Describer = {
  atOnce: 100,
  describe: async (ids, describing) => {
    const { cloudwatch } = describing.aws;
    const read = {
      AlarmNames: [...ids],
      AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] as ('MetricAlarm' | 'CompositeAlarm')[],
    };
    const found = await everyItem(
      async (token) => cloudwatch.describeAlarms({ ...read, ...token }),
      (page) => [
        ...(page.MetricAlarms ?? []),
        ...(page.CompositeAlarms ?? []).map((one) => ({ ...one, composite: true })),
      ],
    );
    const described = await eachOf(found, async (alarm): Promise<Made> =>
      'composite' in alarm
        ? { entry: leftOut(alarm.AlarmName ?? '', 'a composite alarm'), leads: [] }
        : describe(alarm, describing),
    );
    const entries = described.map(({ entry }) => entry);
    return { entries: [...entries, ...missing(ids, entries)], leads: described.flatMap(({ leads }) => leads) };
  },
};

function leftOut(of: string, what: string): Entry {
  return { of, item: {}, notes: [`${what}: the replay holds it as recorded`] };
}

async function describe(alarm: MetricAlarm, { aws, redaction }: Describing): Promise<Made> {
  const { AlarmName: name = '', AlarmArn, Namespace, MetricName, Threshold, Statistic = '' } = alarm;
  if (Namespace === undefined || MetricName === undefined || Threshold === undefined) {
    return { entry: leftOut(name, 'an alarm on a formula, a query or a band'), leads: [] };
  }
  const { Tags } = AlarmArn === undefined ? {} : await aws.cloudwatch.listTagsForResource({ ResourceARN: AlarmArn });
  const dimensions = (alarm.Dimensions ?? []).map(({ Name = '', Value = '' }): [string, string] => [Name, Value]);
  const about = instanceOf(pairs(Tags), { namespace: Namespace, name: MetricName }, dimensions);
  return {
    entry: {
      of: name,
      item: item({
        name: redaction.name(name),
        metric: redaction.metric({
          namespace: Namespace,
          name: MetricName,
          dimensions: Object.fromEntries(dimensions),
        }),
        ...limitOf(alarm.ComparisonOperator ?? '', Threshold),
        every: alarm.Period,
        periods: alarm.EvaluationPeriods,
        statistic: statistics.includes(Statistic) ? Statistic : undefined,
        missing: alarm.TreatMissingData,
        tellsOf: about,
        tags: redaction.tags(pairs(Tags)),
      }),
      notes: notesOn(alarm),
    },
    leads: about === undefined ? [] : [{ kind: 'instances', id: about }],
  };
}

function notesOn({ EvaluationPeriods = 1, DatapointsToAlarm, ExtendedStatistic }: MetricAlarm): readonly string[] {
  const enough = DatapointsToAlarm ?? EvaluationPeriods;
  return [
    ...(enough < EvaluationPeriods ? [`that ${enough} of its ${EvaluationPeriods} datapoints are enough`] : []),
    ...(ExtendedStatistic ? [`its statistic ${ExtendedStatistic}`] : []),
  ];
}

/** An account file says beyond what value it is sick, and not at what value. */
function limitOf(comparison: string, threshold: number): { readonly above?: number; readonly below?: number } {
  const hair = Math.max(Math.abs(threshold), 1) * 1e-9;
  switch (comparison) {
    case 'GreaterThanThreshold':
      return { above: threshold };
    case 'GreaterThanOrEqualToThreshold':
      return { above: threshold - hair };
    case 'LessThanThreshold':
      return { below: threshold };
    default:
      return { below: threshold + hair };
  }
}

/** What the CloudWatch agent measures and a replay does, too. */
const measured = ['disk_used_percent', 'procstat_lookup_pid_count'];

/** The instance whose health a metric shows that is not EC2's own: by a tag of the alarm, or by the metric itself. */
function instanceOf(
  tags: readonly (readonly [string, string])[],
  { namespace, name: metric }: { readonly namespace: string; readonly name: string },
  dimensions: readonly (readonly [string, string])[],
): string | undefined {
  if (namespace === 'AWS/EC2' || (namespace === 'CWAgent' && measured.includes(metric))) return undefined;
  const tagged = tags.find(([key]) => key === resourceTag)?.[1];
  const id = tagged === undefined ? new Map(dimensions).get('InstanceId') : /^ec2-instance\/(i-.+)$/.exec(tagged)?.[1];
  return id !== undefined && /^i-[0-9a-f]{8,17}$/.test(id) ? id : undefined;
}
