import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, ManagedPolicy, PolicyStatement, type IRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { holdPartition } from '../../runtime/store/dynamodb-store/table-definition';
import { acknowledgePatterns } from './acknowledgement';
import { type Deployment, rolePrefix } from './deployment';
import type { WorkQueue } from './work-queue';

export interface WorkerReach {
  readonly table: Pick<Table, 'tableArn'>;
  readonly indexes: readonly string[];
  readonly queues: WorkQueue;
  readonly key: IKey;
  readonly busArn: string;
  readonly timerRoleArn: string;
}

/** What the functions may do as themselves but to put on other roles: keep their records, and tell people. No resource of anybody else. */
export function createWorkerPolicy(
  scope: Construct,
  deployment: Deployment,
  roles: readonly IRole[],
  reach: WorkerReach,
): ManagedPolicy {
  const ofTimers = timers(deployment, reach);
  const ofWatching = watching(deployment);
  const ofOpsItems = opsItems(deployment);
  const policy = new ManagedPolicy(scope, 'WorkerPolicy', {
    managedPolicyName: `${rolePrefix(deployment)}functions`,
    description: `What the functions of Homeostat ${deployment.name} may do as themselves`,
    statements: [...records(reach), ...ofTimers, ...tellings(deployment, reach), ...ofOpsItems, ...ofWatching],
    roles: [...roles],
  });
  acknowledgePatterns(policy, ofTimers, 'Schedules of its own group alone, each named after its incident.');
  acknowledgePatterns(
    policy,
    ofWatching,
    'Streams of its own log groups are named by Lambda; traces and metrics know no resource.',
  );
  acknowledgePatterns(policy, ofOpsItems, 'OpsItems of its account and region, whose ids AWS gives.');
  return policy;
}

function allow(sid: string, actions: readonly string[], resources: readonly string[]): PolicyStatement {
  return new PolicyStatement({ sid, actions: [...actions], resources: [...resources] });
}

function records({ table, indexes, queues, key }: WorkerReach): readonly PolicyStatement[] {
  return [
    allow(
      'Incidents',
      ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'].map((action) => `dynamodb:${action}`),
      [table.tableArn],
    ),
    new PolicyStatement({
      sid: 'HoldsAreForPeople',
      effect: Effect.DENY,
      actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      resources: [table.tableArn],
      conditions: { 'ForAnyValue:StringEquals': { 'dynamodb:LeadingKeys': [holdPartition] } },
    }),
    allow(
      'IncidentIndexes',
      ['dynamodb:Query'],
      indexes.map((index) => `${table.tableArn}/index/${index}`),
    ),
    allow(
      'Work',
      ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'].map((one) => `sqs:${one}`),
      [queues.work.queueArn],
    ),
    allow('MissedSweeps', ['sqs:SendMessage'], [queues.missedSweeps.queueArn]),
    allow(
      'Key',
      ['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey', 'ReEncryptFrom', 'ReEncryptTo'].map(
        (one) => `kms:${one}`,
      ),
      [key.keyArn],
    ),
  ];
}

function timers({ name, partition, account, region }: Deployment, reach: WorkerReach): readonly PolicyStatement[] {
  const pass = new PolicyStatement({
    sid: 'TimersSendAs',
    actions: ['iam:PassRole'],
    resources: [reach.timerRoleArn],
    conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
  });
  const schedules = `arn:${partition}:scheduler:${region}:${account}:schedule/${name}/*`;
  return [allow('Timers', ['scheduler:CreateSchedule'], [schedules]), pass];
}

function tellings(deployment: Deployment, { busArn }: WorkerReach): readonly PolicyStatement[] {
  const contacts = Object.values(deployment.policy.contacts);
  const topics = [...new Set(contacts.flatMap((contact) => ('topic' in contact ? contact.topic : [])))];
  return [
    allow('Subscribers', ['events:PutEvents'], [busArn]),
    ...(topics.length > 0 ? [allow('People', ['sns:GetTopicAttributes', 'sns:Publish'], topics)] : []),
  ];
}

/** Where a contact reads OpsItems. AWS knows no resource for the two of them that say nothing of one OpsItem. */
function opsItems({ policy, partition, account, region }: Deployment): readonly PolicyStatement[] {
  if (!Object.values(policy.contacts).some((contact) => 'opsItems' in contact)) return [];
  return [
    allow('OpsItems', ['ssm:CreateOpsItem', 'ssm:DescribeOpsItems'], ['*']),
    allow('OpsItem', ['ssm:UpdateOpsItem'], [`arn:${partition}:ssm:${region}:${account}:opsitem/*`]),
  ];
}

function watching({ name, partition, account, region }: Deployment): readonly PolicyStatement[] {
  const logs = ['worker', 'sweeper'].map(
    (one) => `arn:${partition}:logs:${region}:${account}:log-group:/aws/lambda/${name}-${one}:*`,
  );
  return [
    allow('Logs', ['logs:CreateLogStream', 'logs:PutLogEvents'], logs),
    // Whether what was published to the topics of its contacts was delivered.
    allow('Deliveries', ['cloudwatch:GetMetricData'], ['*']),
    allow('Traces', ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], ['*']),
  ];
}
