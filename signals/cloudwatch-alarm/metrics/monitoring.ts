import type { AlarmCondition } from '../alarm-condition';
import { logGroup, topic } from '../subjects';

/** What the watchers measure of themselves: CloudWatch Logs of its subscription filters, and SNS of its deliveries. */
export const monitoringMetrics: readonly AlarmCondition[] = [
  {
    namespaces: ['AWS/Logs'],
    metrics: ['DeliveryErrors', 'DeliveryThrottling'],
    subject: logGroup,
    condition: 'log-delivery-broken',
    beside: { DestinationType: 'any', FilterName: 'any' },
  },
  {
    // What went to a dead-letter queue is not lost, and was not delivered either.
    namespaces: ['AWS/SNS'],
    metrics: [
      'NumberOfNotificationsFailed',
      'NumberOfNotificationsRedrivenToDlq',
      'NumberOfNotificationsFailedToRedriveToDlq',
      'NumberOfNotificationsDelivered',
    ],
    subject: topic,
    condition: 'topic-delivery-failing',
  },
];
