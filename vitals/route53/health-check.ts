import { plainText } from '../../signals/plain-text';
import { orAbsent } from '../absent';
import type { Calls } from '../aws';
import { latestValues } from '../latest-values';
import { defineVitals } from '../vitals';
import { readRoute53Tags } from './tags';

/** Whether the text can be the id of a health check. */
export function isHealthCheckId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** The action of `readStanding`. */
export const standingReads = ['cloudwatch:GetMetricData'] as const;

export type Standing = 'healthy' | 'unhealthy' | 'silent';

/**
 * What a health check found last, by its metric: Route 53 measures it in us-east-1 alone. CloudWatch is asked and not Route 53,
 * whose control plane may be down when an endpoint is. `silent`: there was no value for a quarter of an hour.
 */
export async function readStanding(id: string, aws: Calls<(typeof standingReads)[number]>): Promise<Standing> {
  const metric = { namespace: 'AWS/Route53', name: 'HealthCheckStatus', dimensions: { HealthCheckId: id } };
  const [value] = await latestValues([metric], 'Average', aws);
  if (value === undefined) return 'silent';
  return value >= 1 ? 'healthy' : 'unhealthy';
}

/** The action of `readDoubt`. */
export const doubtReads = ['route53:GetHealthCheck'] as const;

/**
 * Why a health check that counts as healthy says nothing good of what it asks, such as `is disabled`; undefined where it does. Only
 * the control plane tells.
 */
export async function readDoubt(id: string, aws: Calls<(typeof doubtReads)[number]>): Promise<string | undefined> {
  const answer = await orAbsent('NoSuchHealthCheck', aws.route53.getHealthCheck({ HealthCheckId: id }));
  if (!answer) return 'no longer exists';
  const { HealthCheckConfig: config } = answer.HealthCheck ?? {};
  if (!config) throw new Error(`Route 53 answered nothing about the health check ${id}`);
  if (config.Disabled) return 'is disabled, which Route 53 takes for healthy: enable it first';
  return config.Inverted ? 'is inverted: it is healthy while there is no answer' : undefined;
}

/** Health checks of Route 53. One stands in no zone: it is asked from all over the world. */
export const healthCheckVitals = defineVitals({
  kind: 'health-check',
  reads: [...standingReads, 'route53:GetHealthCheck', 'route53:ListTagsForResource'],
  // An alarm may be stricter than the check itself, on how many of those who ask get an answer.
  sees: [],
  async health({ id }, _condition, aws) {
    if (!isHealthCheckId(id)) return { kind: 'unknown', detail: `${plainText(id)} is not the id of a health check` };
    const standing = await readStanding(id, aws);
    if (standing === 'healthy') return { kind: 'healthy', detail: `the health check ${id} gets its answers` };
    if (standing === 'unhealthy') return { kind: 'unhealthy', detail: `the health check ${id} gets no good answers` };
    const found = await orAbsent('NoSuchHealthCheck', aws.route53.getHealthCheck({ HealthCheckId: id }));
    return found
      ? { kind: 'unknown', detail: `CloudWatch has nothing of the health check ${id}` }
      : { kind: 'gone', detail: `the health check ${id} no longer exists` };
  },
  async tags({ id }, aws) {
    return (await readRoute53Tags('healthcheck', id, 'NoSuchHealthCheck', aws)) ?? {};
  },
  place: () => Promise.resolve({ groups: [] }),
});
