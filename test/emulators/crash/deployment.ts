import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { DynamoDbStore } from '../../../runtime/store/dynamodb-store';
import { createTableInput } from '../../../runtime/store/dynamodb-store/table-definition';
import { clientSettings, freshAccount, region } from '../endpoints';
import type { Admit, Patient } from './patient';

const alarm = 'is-sick';
const threshold = 0.5;
const minute = 60_000;

/** Homeostat as it is deployed, and somebody sick, in an account of an emulator. */
export interface Deployment {
  /** What a function is told by its environment, if AWS is to be reached at this endpoint. */
  readonly environment: (endpoint: string) => Readonly<Record<string, string>>;
  readonly store: DynamoDbStore;
  readonly patient: Patient;
  /** The event by which the alarm tells that the patient is sick, at an instant in epoch milliseconds. */
  alarmEvent(at: number): object;
  /**
   * Lets the metric of the alarm be too high from some minutes before an instant, for as long as anybody could ask: while the
   * alarm is OK nobody does.
   */
  exceed(from: number): Promise<void>;
  setAlarm(state: 'ALARM' | 'OK'): Promise<void>;
  send(body: string): Promise<void>;
  /** The next message, if there is one; it comes again unless it is deleted. */
  receive(): Promise<{ readonly id: string; readonly body: string; readonly receipt: string } | undefined>;
  delete(receipt: string): Promise<void>;
  /** Ends the visibility timeout of a message that was not deleted. */
  giveBack(receipt: string): Promise<void>;
}

export async function deploy(endpoint: string, admit: Admit): Promise<Deployment> {
  const account = freshAccount();
  const settings = clientSettings(endpoint, account);
  const sqs = new SQS({ ...settings, useQueueUrlAsEndpoint: false });
  const cloudwatch = new CloudWatch(settings);
  const dynamodb = new DynamoDB(settings);
  const patient = await admit(settings);
  const { QueueUrl } = await sqs.createQueue({ QueueName: 'homeostat-work' });
  await Promise.all([
    dynamodb.createTable(createTableInput('homeostat')),
    new EventBridge(settings).createEventBus({ Name: 'homeostat' }),
    new Scheduler(settings).createScheduleGroup({ Name: 'homeostat' }),
    topicFor(endpoint),
    cloudwatch.putMetricAlarm({
      AlarmName: alarm,
      Namespace: patient.metric.namespace,
      MetricName: patient.metric.name,
      Dimensions: [{ Name: patient.dimension.name, Value: patient.dimension.value }],
      Statistic: 'Maximum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: threshold,
      ComparisonOperator: 'GreaterThanThreshold',
    }),
  ]);
  return {
    environment: (at) => environmentOf(account, at, new URL(QueueUrl ?? '').pathname),
    store: new DynamoDbStore(dynamodb, 'homeostat'),
    patient,
    alarmEvent: (at) => alarmEvent(account, patient, at),
    exceed: async (from) => {
      const values = Array.from({ length: 120 }, (_, index) => ({
        MetricName: patient.metric.name,
        Dimensions: [{ Name: patient.dimension.name, Value: patient.dimension.value }],
        Timestamp: new Date(from + (index - 10) * minute),
        Value: threshold * 2,
      }));
      await cloudwatch.putMetricData({ Namespace: patient.metric.namespace, MetricData: values });
    },
    setAlarm: async (StateValue) => {
      await cloudwatch.setAlarmState({ AlarmName: alarm, StateValue, StateReason: 'the crash matrix says so' });
    },
    send: async (MessageBody) => {
      await sqs.sendMessage({ QueueUrl, MessageBody });
    },
    receive: async () => {
      const { Messages: [message] = [] } = await sqs.receiveMessage({ QueueUrl, VisibilityTimeout: 600 });
      return message && { id: message.MessageId ?? '', body: message.Body ?? '', receipt: message.ReceiptHandle ?? '' };
    },
    delete: async (ReceiptHandle) => {
      await sqs.deleteMessage({ QueueUrl, ReceiptHandle });
    },
    giveBack: async (ReceiptHandle) => {
      await sqs.changeMessageVisibility({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 });
    },
  };
}

/** The topic that the policy names, which is in an account of its own. */
async function topicFor(endpoint: string): Promise<void> {
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sns:Publish', Resource: '*' }],
  });
  await new SNS(clientSettings(endpoint)).createTopic({ Name: 'oncall', Attributes: { Policy } });
}

function environmentOf(account: string, endpoint: string, queue: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    HOMEOSTAT_TABLE: 'homeostat',
    HOMEOSTAT_BUS: 'homeostat',
    HOMEOSTAT_QUEUE_ARN: `arn:aws:sqs:${region}:${account}:homeostat-work`,
    HOMEOSTAT_SCHEDULE_GROUP: 'homeostat',
    HOMEOSTAT_SCHEDULE_ROLE_ARN: `arn:aws:iam::${account}:role/homeostat-${region}-timer`,
    HOMEOSTAT_ROLE_PREFIX: `homeostat-${region}-`,
    HOMEOSTAT_ACCOUNT: account,
    HOMEOSTAT_REGION: region,
    HOMEOSTAT_PAGE_URL: 'https://page.example.com/',
    HOMEOSTAT_PAGE_ROLE_ID: 'AROAEXAMPLEOFTHEPAGE',
    HOMEOSTAT_NAME: 'homeostat',
    HOMEOSTAT_QUEUE_URL: `${endpoint}${queue}`,
  };
}

function alarmEvent(account: string, { metric, dimension }: Patient, at: number): object {
  const time = new Date(at).toISOString();
  const dimensions = { [dimension.name]: dimension.value };
  return {
    version: '0',
    id: `0c1d2e3f-0000-4000-8000-${account}`,
    'detail-type': 'CloudWatch Alarm State Change',
    source: 'aws.cloudwatch',
    account,
    time: time.replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [`arn:aws:cloudwatch:${region}:${account}:alarm:${alarm}`],
    detail: {
      alarmName: alarm,
      state: { value: 'ALARM', reason: 'Threshold Crossed', timestamp: time.replace('Z', '+0000') },
      previousState: { value: 'OK', reason: 'Threshold Crossed', timestamp: time.replace('Z', '+0000') },
      configuration: {
        metrics: [
          {
            id: 'm1',
            metricStat: {
              metric: { ...metric, dimensions },
              period: 60,
              stat: 'Maximum',
            },
            returnData: true,
          },
        ],
      },
    },
  };
}
