import type { KnownCondition } from '../conditions';
import type { ResourceKind } from '../signal';
import type { AlarmCondition } from './alarm-condition';
import { dynamodbMetrics } from './metrics/dynamodb';
import { ec2Metrics } from './metrics/ec2';
import { ecsMetrics } from './metrics/ecs';
import { efsMetrics } from './metrics/efs';
import { emrMetrics } from './metrics/emr';
import { elasticacheMetrics } from './metrics/elasticache';
import { lambdaMetrics } from './metrics/lambda';
import { loadBalancingMetrics } from './metrics/load-balancing';
import { monitoringMetrics } from './metrics/monitoring';
import { rdsMetrics } from './metrics/rds';
import { route53Metrics } from './metrics/route53';

/** What the usual alarms on AWS's own metrics mean. */
const alarmConditions: readonly AlarmCondition[] = [
  ...ec2Metrics,
  ...ecsMetrics,
  ...loadBalancingMetrics,
  ...rdsMetrics,
  ...dynamodbMetrics,
  ...elasticacheMetrics,
  ...route53Metrics,
  ...efsMetrics,
  ...emrMetrics,
  ...monitoringMetrics,
  ...lambdaMetrics,
];

/** One metric with its dimensions, as an alarm names it. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: ReadonlyMap<string, string>;
}

/** The sickness that an alarm on this metric tells of; undefined when the table has no such metric by these dimensions. */
export function alarmCondition(metric: Metric): KnownCondition | undefined {
  return alarmConditions.find(
    (row) =>
      row.namespaces.includes(metric.namespace) &&
      row.metrics.includes(metric.name) &&
      [...metric.dimensions].every(([dimension, value]) => {
        if (dimension === row.subject.dimension || dimension === row.subject.within) return true;
        const allowed = new Map(Object.entries(row.beside ?? {})).get(dimension);
        return allowed === 'any' || allowed?.includes(value) === true;
      }) &&
      metric.dimensions.has(row.subject.dimension) &&
      (row.demands === undefined || metric.dimensions.has(row.demands)),
  )?.condition;
}

/** A metric by whose alarm a sickness is told, and the dimensions that it takes. */
export interface TellingMetric {
  readonly namespace: string;
  readonly metric: string;
  /** Names the resource. */
  readonly dimension: string;
  /** Names what the resource is in, where its name is unique only there. */
  readonly within?: string;
  /** What has to stand beside it. */
  readonly beside: Readonly<Record<string, string>>;
}

/** Every metric whose alarm tells of this condition of a resource of this kind. */
export function alarmsOn(condition: string, kind: ResourceKind): readonly TellingMetric[] {
  return alarmConditions
    .filter((row) => row.condition === condition && row.subject.kind === kind)
    .flatMap(({ namespaces, metrics, subject: { dimension, within }, beside = {} }) => {
      const fixed = Object.entries(beside).flatMap(([name, values]) =>
        values === 'any' ? [] : values.slice(0, 1).map((value) => [name, value] as const),
      );
      return namespaces.flatMap((namespace) =>
        metrics.map((metric) => ({
          namespace,
          metric,
          dimension,
          ...(within !== undefined && { within }),
          beside: Object.fromEntries(fixed),
        })),
      );
    });
}
