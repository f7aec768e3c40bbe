import type { AlarmCondition } from '../alarm-condition';
import { table } from '../subjects';

export const dynamodbMetrics: readonly AlarmCondition[] = [
  {
    namespaces: ['AWS/DynamoDB'],
    metrics: ['ReadThrottleEvents', 'WriteThrottleEvents', 'ThrottledRequests'],
    subject: table,
    beside: { GlobalSecondaryIndexName: 'any', Operation: 'any' },
    condition: 'table-throttled',
  },
  {
    namespaces: ['AWS/DynamoDB'],
    metrics: ['ReplicationLatency', 'PendingReplicationCount'],
    subject: table,
    beside: { ReceivingRegion: 'any' },
    condition: 'table-replication-late',
  },
];
