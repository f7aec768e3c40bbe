import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Deployment } from './deployment';

/** What the functions count of themselves, in the namespace `Homeostat`. */
export type SelfMetric =
  | 'SweeperHeartbeat'
  | 'LostTimers'
  | 'StuckIncidents'
  | 'ParkedIncidents'
  | 'EventsTooOld'
  | 'InvalidEvents'
  | 'TimersNotArmed'
  | 'StateEventsNotSent'
  | 'NotificationsFailed';

/** A gauge is what there is now, and its greatest value counts; anything else is summed up. */
const gauges: ReadonlySet<SelfMetric> = new Set<SelfMetric>(['StuckIncidents', 'ParkedIncidents']);

export function selfMetric({ name }: Deployment, metricName: SelfMetric, minutes = 5): Metric {
  return new Metric({
    namespace: 'Homeostat',
    metricName,
    dimensionsMap: { Deployment: name },
    statistic: gauges.has(metricName) ? 'Maximum' : 'Sum',
    period: Duration.minutes(minutes),
  });
}
