import type { AlarmCondition } from '../alarm-condition';
import { healthCheck } from '../subjects';

/** Route 53 is in no Region: it measures in us-east-1, and there its alarms are. */
export const route53Metrics: readonly AlarmCondition[] = [
  {
    namespaces: ['AWS/Route53'],
    metrics: ['HealthCheckStatus', 'HealthCheckPercentageHealthy'],
    subject: healthCheck,
    condition: 'endpoint-unhealthy',
  },
];
