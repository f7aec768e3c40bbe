import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { AnswerPage } from './answer-page';
import type { Deployment } from './deployment';
import type { Functions } from './functions';
import { selfMetric } from './self-metrics';
import type { WorkQueue } from './work-queue';

/** One alarm about Homeostat itself: it sounds when the metric is above `above`. */
interface Watch {
  readonly id: string;
  /** What is wrong, for whoever is called. `docs/operating.md` says what to do about each. */
  readonly says: string;
  readonly metric: IMetric;
  readonly above?: number;
  readonly periods?: number;
}

/** Who watches the watchman: alarms on the deployment, all to its own topic. */
export class SelfAlarms extends Construct {
  readonly alarms: readonly Alarm[];

  constructor(
    scope: Construct,
    id: string,
    private readonly deployment: Deployment,
    private readonly topic: ITopic,
    parts: { readonly queues: WorkQueue; readonly functions: Functions; readonly page?: AnswerPage },
  ) {
    super(scope, id);
    const all = [...watches(deployment, parts), ...(parts.page ? watchesOfPage(deployment, parts.page) : [])];
    this.alarms = [...all.map((watch) => this.alarm(watch)), this.heartbeat()];
  }

  private alarm({ id, says, metric, above = 0, periods = 1 }: Watch): Alarm {
    const alarm = new Alarm(this, id, {
      alarmName: `${this.deployment.name}-${id}`,
      alarmDescription: says,
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    return this.told(alarm);
  }

  /** The one alarm to which silence is bad news. */
  private heartbeat(): Alarm {
    const alarm = new Alarm(this, 'sweeper-silent', {
      alarmName: `${this.deployment.name}-sweeper-silent`,
      alarmDescription: 'The sweeper has not finished for five minutes: lost wake-ups are not found.',
      metric: selfMetric(this.deployment, 'SweeperHeartbeat', 1),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 5,
      treatMissingData: TreatMissingData.BREACHING,
    });
    return this.told(alarm);
  }

  private told(alarm: Alarm): Alarm {
    const action = new SnsAction(this.topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    return alarm;
  }
}

type Parts = ConstructorParameters<typeof SelfAlarms>[4];

function watches(deployment: Deployment, { queues, functions }: Parts): readonly Watch[] {
  const own = (name: Parameters<typeof selfMetric>[1]): IMetric => selfMetric(deployment, name);
  const period = Duration.minutes(5);
  const letters = { period, statistic: 'Maximum' };
  const { worker, sweeper } = functions;
  return [
    {
      id: 'dead-letters',
      says: 'Events or wake-ups failed five times and wait among the dead letters.',
      metric: queues.deadLetters.metricApproximateNumberOfMessagesVisible(letters),
    },
    {
      id: 'missed-sweeps',
      says: 'A sweep failed or could not be started.',
      metric: queues.missedSweeps.metricApproximateNumberOfMessagesVisible(letters),
    },
    {
      id: 'work-waits',
      says: 'The oldest message has waited for ten minutes: healing lags behind.',
      metric: queues.work.metricApproximateAgeOfOldestMessage(letters),
      above: 600,
    },
    { id: 'worker-errors', says: 'The worker failed as a whole.', metric: worker.metricErrors({ period }), periods: 2 },
    {
      id: 'worker-throttled',
      says: 'Lambda has no room for the worker.',
      metric: worker.metricThrottles({ period }),
      periods: 2,
    },
    { id: 'sweeper-errors', says: 'The sweeper failed.', metric: sweeper.metricErrors({ period }), periods: 2 },
    {
      id: 'sweeper-throttled',
      says: 'Lambda has no room for the sweeper.',
      metric: sweeper.metricThrottles({ period }),
    },
    { id: 'stuck-incidents', says: 'Incidents move no more.', metric: own('StuckIncidents') },
    { id: 'parked-incidents', says: 'Incidents of another version were set aside.', metric: own('ParkedIncidents') },
    { id: 'people-not-told', says: 'A message to people could not be sent.', metric: own('NotificationsFailed') },
    {
      id: 'contact-not-reached',
      says: 'The topic of a contact does not exist, nobody reads it, or its deliveries fail.',
      metric: own('ContactsNotReached'),
    },
    {
      id: 'timers-not-armed',
      says: 'Wake-ups could not be armed; the sweeper does their work.',
      metric: own('TimersNotArmed'),
    },
    { id: 'events-too-old', says: 'Events came too late to be acted on.', metric: own('EventsTooOld') },
    {
      id: 'invalid-events',
      says: 'Events came that are not as AWS sends them.',
      metric: own('InvalidEvents'),
      above: 10,
    },
    {
      id: 'subscribers-not-told',
      says: 'State changes did not reach the event bus.',
      metric: own('StateEventsNotSent'),
    },
  ];
}

function watchesOfPage(deployment: Deployment, { function: page }: AnswerPage): readonly Watch[] {
  const period = Duration.minutes(5);
  return [
    { id: 'answer-errors', says: 'The page that people answer on failed.', metric: page.metricErrors({ period }) },
    {
      id: 'answers-failed',
      says: 'The page could not read or write, so people could not answer by a link.',
      metric: selfMetric(deployment, 'AnswersFailed'),
    },
    {
      id: 'answer-throttled',
      says: 'The page is called more often than people would: answers by a link may not get through.',
      metric: page.metricThrottles({ period }),
      periods: 2,
    },
    {
      id: 'links-not-made',
      says: 'Messages to people went out without a link to answer by.',
      metric: selfMetric(deployment, 'LinksNotMade'),
    },
  ];
}
