import type { MetricAlarm, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { plainText } from '../../signals/plain-text';

/** How to ask CloudWatch for what an alarm watches, or why the answer would prove nothing. */
export type AlarmQuery =
  | {
      readonly kind: 'query';
      readonly queries: MetricDataQuery[];
      /** Id of the query whose values the alarm compares. */
      readonly watched: string;
      readonly periodSeconds: number;
    }
  | { readonly kind: 'unprovable'; readonly because: string };

const unprovable = (because: string): AlarmQuery => ({ kind: 'unprovable', because: plainText(because) });

/**
 * The question about the metric, or the formula over metrics, that an alarm watches. `witnesses`: namespaces that are believed
 * beside those of AWS.
 */
export function queryFor(alarm: MetricAlarm, witnesses: readonly string[] = []): AlarmQuery {
  if (alarm.EvaluationCriteria !== undefined) return unprovable('it watches a query');
  if (alarm.EvaluationWindow !== undefined && alarm.EvaluationWindow.SlidingWindow === undefined) {
    return unprovable('it watches fixed hours or days');
  }
  const queries = alarm.Metrics?.length ? alarm.Metrics : ownMetric(alarm);
  const [watched, ...others] = queries.filter(({ ReturnData }) => ReturnData !== false);
  if (watched?.Id === undefined || others.length > 0) return unprovable('it does not say which metric it watches');
  const because = doubtIn(queries, witnesses);
  if (because !== undefined) return unprovable(because);
  const periodSeconds = Math.max(...queries.map(({ Period, MetricStat }) => MetricStat?.Period ?? Period ?? 0));
  if (periodSeconds < 1) return unprovable('it does not say over what time it watches its metric');
  return { kind: 'query', queries, watched: watched.Id, periodSeconds };
}

function ownMetric(alarm: MetricAlarm): MetricDataQuery[] {
  const { Namespace, MetricName, Dimensions, Period, Statistic, ExtendedStatistic, Unit } = alarm;
  if (MetricName === undefined) return [];
  const MetricStat = {
    Metric: { Namespace, MetricName, Dimensions },
    Period,
    Stat: ExtendedStatistic ?? Statistic,
    Unit,
  };
  return [{ Id: 'watched', MetricStat, ReturnData: true }];
}

/** Functions and words of a formula that make something of the alarm's own metrics. Others fetch what nobody can vouch for. */
const arithmetic = new Set(
  (
    'ABS AND ASC AVG CEIL DATAPOINT_COUNT DATE DAY DESC DIFF DIFF_TIME EPOCH FILL FIRST FLOOR HOUR IF LAST LINEAR LOG LOG10 ' +
    'MAX METRICS METRIC_COUNT MIN MINUTE MONTH OR PERIOD RATE REMOVE_EMPTY REPEAT RUNNING_SUM SLICE SORT STDDEV SUM ' +
    'TIME_SERIES YEAR'
  ).split(' '),
);

/** Why what these queries answer would prove nothing; undefined where it is AWS's own measuring. */
function doubtIn(queries: readonly MetricDataQuery[], witnesses: readonly string[]): string | undefined {
  const namespaces = queries.flatMap(({ MetricStat }) => (MetricStat ? [MetricStat.Metric?.Namespace ?? ''] : []));
  // Whoever may call PutMetricData can write to any namespace but AWS's own.
  const written = namespaces.find((namespace) => !namespace.startsWith('AWS/') && !witnesses.includes(namespace));
  if (written !== undefined) return `metrics of ${written || 'no namespace'} can be written by anybody with leave to`;
  if (namespaces.length === 0) return 'it watches no metric of its own';
  const known = new Set([...arithmetic, ...queries.map(({ Id }) => Id)]);
  const words = queries.flatMap(({ Expression = '' }) => Expression.replace(/"[^"]*"|'[^']*'/g, '').match(word) ?? []);
  const unknown = words.find((one) => !known.has(one));
  return unknown === undefined ? undefined : `its formula asks for more than metrics: ${unknown}`;
}

const word = /(?<![\w.])[a-z_]\w*/gi;
