import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { selfDimension, selfNamespace, type SelfMetric } from '../../runtime/lambda/self-metrics';
import type { Deployment } from './deployment';

/** A gauge is what there is now, and its greatest value counts; anything else is summed up. */
const gauges: ReadonlySet<SelfMetric> = new Set<SelfMetric>([
  'StuckIncidents',
  'ParkedIncidents',
  'ContactsNotReached',
]);

/** A metric that the functions count, of this deployment. */
export function selfMetric({ name }: Deployment, metricName: SelfMetric, minutes = 5): Metric {
  return new Metric({
    namespace: selfNamespace,
    metricName,
    dimensionsMap: { [selfDimension]: name },
    statistic: gauges.has(metricName) ? 'Maximum' : 'Sum',
    period: Duration.minutes(minutes),
  });
}
