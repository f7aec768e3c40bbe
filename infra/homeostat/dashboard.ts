import { AlarmStatusWidget, Dashboard, GraphWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Deployment } from './deployment';
import type { Functions } from './functions';
import type { SelfAlarms } from './self-alarms';
import { selfMetric } from './self-metrics';
import type { WorkQueue } from './work-queue';

/** One page on how Homeostat itself is. */
export function createDashboard(
  scope: Construct,
  deployment: Deployment,
  { queues, functions, alarms }: { queues: WorkQueue; functions: Functions; alarms: SelfAlarms },
): Dashboard {
  const graph = (title: string, left: IMetric[]): GraphWidget => new GraphWidget({ title, left, width: 12 });
  const own = (name: Parameters<typeof selfMetric>[1]): IMetric => selfMetric(deployment, name);
  const { worker, sweeper } = functions;
  return new Dashboard(scope, 'Dashboard', {
    dashboardName: deployment.name,
    widgets: [
      [new AlarmStatusWidget({ title: 'Alarms on itself', alarms: [...alarms.alarms], width: 24 })],
      [
        graph('Work', [
          queues.work.metricNumberOfMessagesReceived(),
          queues.work.metricApproximateNumberOfMessagesVisible(),
          queues.deadLetters.metricApproximateNumberOfMessagesVisible(),
        ]),
        graph('Age of the oldest message', [queues.work.metricApproximateAgeOfOldestMessage()]),
      ],
      [
        graph('Duration', [worker.metricDuration({ statistic: 'p95' }), sweeper.metricDuration({ statistic: 'p95' })]),
        graph('Errors and throttles', [
          worker.metricErrors(),
          sweeper.metricErrors(),
          worker.metricThrottles(),
          sweeper.metricThrottles(),
        ]),
      ],
      [
        graph('Incidents', [own('StuckIncidents'), own('ParkedIncidents'), own('NotificationsFailed')]),
        graph('Events and wake-ups', [
          own('EventsTooOld'),
          own('InvalidEvents'),
          own('LostTimers'),
          own('TimersNotArmed'),
        ]),
      ],
    ],
  });
}
