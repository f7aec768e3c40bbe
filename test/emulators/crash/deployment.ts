import { AutoScaling } from '@aws-sdk/client-auto-scaling';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { EC2 } from '@aws-sdk/client-ec2';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { DynamoDbStore } from '../../../runtime/dynamodb-store';
import { createTableInput } from '../../../runtime/dynamodb-store/table-definition';
import { clientSettings, freshAccount, region } from '../endpoints';

const group = 'web';
const alarm = 'web-cpu';

/** Homeostat as it is deployed, and a group that has more work than it can carry, in an account of an emulator. */
export interface Deployment {
  /** What a function is told by its environment, if AWS is to be reached at this endpoint. */
  readonly environment: (endpoint: string) => Readonly<Record<string, string>>;
  readonly store: DynamoDbStore;
  /** The event by which the alarm tells that the group is overloaded, at an instant in epoch milliseconds. */
  alarmEvent(at: number): object;
  setAlarm(state: 'ALARM' | 'OK'): Promise<void>;
  /** Members that the group is to have. */
  desired(): Promise<number>;
  send(body: string): Promise<void>;
  /** The next message, if there is one; it comes again unless it is deleted. */
  receive(): Promise<{ readonly id: string; readonly body: string; readonly receipt: string } | undefined>;
  delete(receipt: string): Promise<void>;
  /** Ends the visibility timeout of a message that was not deleted. */
  giveBack(receipt: string): Promise<void>;
}

export async function deploy(endpoint: string, tableEndpoint = endpoint): Promise<Deployment> {
  const account = freshAccount();
  const settings = clientSettings(endpoint, account);
  const sqs = new SQS({ ...settings, useQueueUrlAsEndpoint: false });
  const autoscaling = new AutoScaling(settings);
  const cloudwatch = new CloudWatch(settings);
  const dynamodb = new DynamoDB(clientSettings(tableEndpoint, account));
  const { QueueUrl } = await sqs.createQueue({ QueueName: 'homeostat-work' });
  await Promise.all([
    dynamodb.createTable(createTableInput('homeostat')),
    new EventBridge(settings).createEventBus({ Name: 'homeostat' }),
    new Scheduler(settings).createScheduleGroup({ Name: 'homeostat' }),
    new SNS(settings).createTopic({ Name: 'oncall' }),
    makeGroup(autoscaling, new EC2(settings)),
    cloudwatch.putMetricAlarm({
      AlarmName: alarm,
      Namespace: 'AWS/EC2',
      MetricName: 'CPUUtilization',
      Dimensions: [{ Name: 'AutoScalingGroupName', Value: group }],
      Statistic: 'Average',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 80,
      ComparisonOperator: 'GreaterThanThreshold',
    }),
  ]);
  return {
    environment: (at) => environmentOf(account, at),
    store: new DynamoDbStore(dynamodb, 'homeostat'),
    alarmEvent: (at) => alarmEvent(account, at),
    setAlarm: async (StateValue) => {
      await cloudwatch.setAlarmState({ AlarmName: alarm, StateValue, StateReason: 'the crash matrix says so' });
    },
    desired: async () => {
      const { AutoScalingGroups = [] } = await autoscaling.describeAutoScalingGroups({
        AutoScalingGroupNames: [group],
      });
      return AutoScalingGroups[0]?.DesiredCapacity ?? 0;
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

async function makeGroup(autoscaling: AutoScaling, ec2: EC2): Promise<void> {
  const { Subnets: [subnet] = [] } = await ec2.describeSubnets({});
  await autoscaling.createLaunchConfiguration({
    LaunchConfigurationName: group,
    ImageId: 'ami-12345678',
    InstanceType: 't3.micro',
  });
  await autoscaling.createAutoScalingGroup({
    AutoScalingGroupName: group,
    LaunchConfigurationName: group,
    MinSize: 1,
    MaxSize: 9,
    DesiredCapacity: 2,
    VPCZoneIdentifier: subnet?.SubnetId ?? '',
    Tags: [{ Key: 'homeostat:heal', Value: 'yes', PropagateAtLaunch: true }],
  });
}

function environmentOf(account: string, endpoint: string): Readonly<Record<string, string>> {
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
  };
}

function alarmEvent(account: string, at: number): object {
  const time = new Date(at).toISOString();
  const dimensions = { AutoScalingGroupName: group };
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
              metric: { namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions },
              period: 60,
              stat: 'Average',
            },
            returnData: true,
          },
        ],
      },
    },
  };
}
