import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { remediations } from '../../remediations';
import { dueIndex, stateIndex } from '../../runtime/store/dynamodb-store/table-definition';
import { answerAttributes } from '../../runtime/store/dynamodb-store/ticket-keys';
import { peopleTopic } from './deployment';
import { prefix } from './proof';
import { account, arn, type IamRequest } from './requests';
import { reader } from './seen-calls';

const table = arn('dynamodb', 'table/homeostat');
const key = arn('kms', 'key/0a1b2c3d-0000-4000-8000-00000000000a');
const work = arn('sqs', 'homeostat-work');
const missedSweeps = arn('sqs', 'homeostat-missed-sweeps');
const roleNamed = (name: string): string => `arn:aws:iam::${account}:role/${prefix}${name}`;

const on = (resource: string, ...actions: readonly string[]): readonly IamRequest[] =>
  actions.map((action) => ({ action, resource, context: {} }));

/** What IAM is asked for each operation that the worker and the sweeper call as themselves. */
export const ownCalls: Readonly<Record<string, readonly IamRequest[]>> = {
  'dynamodb:BatchGetItem': on(table, 'dynamodb:BatchGetItem'),
  'dynamodb:GetItem': on(table, 'dynamodb:GetItem'),
  'dynamodb:PutItem': on(table, 'dynamodb:PutItem'),
  'dynamodb:Query': [table, `${table}/index/${dueIndex}`, `${table}/index/${stateIndex}`].flatMap((where) =>
    on(where, 'dynamodb:Query'),
  ),
  'dynamodb:TransactWriteItems': on(table, 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'),
  'dynamodb:UpdateItem': on(table, 'dynamodb:UpdateItem'),
  'eventbridge:PutEvents': on(arn('events', 'event-bus/homeostat'), 'events:PutEvents'),
  'scheduler:CreateSchedule': [
    ...on(arn('scheduler', 'schedule/homeostat/inc-1-7-1764000000'), 'scheduler:CreateSchedule'),
    {
      action: 'iam:PassRole',
      resource: roleNamed('timer'),
      context: { 'iam:PassedToService': 'scheduler.amazonaws.com' },
    },
  ],
  'cloudwatch:GetMetricData': on('*', 'cloudwatch:GetMetricData'),
  'sns:GetTopicAttributes': on(peopleTopic, 'sns:GetTopicAttributes'),
  'sns:Publish': on(peopleTopic, 'sns:Publish'),
  'ssm:CreateOpsItem': on('*', 'ssm:CreateOpsItem'),
  'ssm:DescribeOpsItems': on('*', 'ssm:DescribeOpsItems'),
  'ssm:UpdateOpsItem': on(arn('ssm', 'opsitem/oi-0123456789ab'), 'ssm:UpdateOpsItem'),
  'sts:AssumeRole': [reader, ...remediations.map(({ name }) => name)].map((name) => ({
    action: 'sts:AssumeRole',
    resource: roleNamed(name),
    context: { 'sts:RoleSessionName': name === reader ? 'homeostat-reader' : 'inc-1' },
  })),
};

const rowsOf = (partition: string): IamRequest['context'] => ({ 'dynamodb:LeadingKeys': [partition] });
const ticket = `ticket/${'0a'.repeat(32)}`;

/** The same of the page. */
export const pageCalls: Readonly<Record<string, readonly IamRequest[]>> = {
  'dynamodb:GetItem': [{ action: 'dynamodb:GetItem', resource: table, context: rowsOf(ticket) }],
  'dynamodb:Query': [{ action: 'dynamodb:Query', resource: table, context: rowsOf('incident/inc-1') }],
  'dynamodb:UpdateItem': [
    {
      action: 'dynamodb:UpdateItem',
      resource: table,
      context: { ...rowsOf(ticket), 'dynamodb:Attributes': [...answerAttributes] },
    },
  ],
  'sqs:SendMessage': on(work, 'sqs:SendMessage'),
};

const writing = (partition: string, ...attributes: readonly string[]): IamRequest => ({
  action: 'dynamodb:UpdateItem',
  resource: table,
  context: { ...rowsOf(partition), 'dynamodb:Attributes': [...answerAttributes, ...attributes] },
});

/** What would let the functions take off the switch that holds them. */
export const forbiddenToFunctions: readonly IamRequest[] = ['PutItem', 'UpdateItem', 'DeleteItem'].map((action) => ({
  action: `dynamodb:${action}`,
  resource: table,
  context: rowsOf('hold'),
}));

/** What the page could do if its role were as wide as that of the worker. */
export const forbiddenToPage: readonly IamRequest[] = [
  writing('hold'),
  writing('incident/inc-1'),
  ...['incident', 'purpose', 'planHash', 'contact'].map((attribute) => writing(ticket, attribute)),
  { action: 'dynamodb:UpdateItem', resource: table, context: rowsOf(ticket) },
  { action: 'dynamodb:GetItem', resource: table, context: rowsOf('hold') },
  { action: 'dynamodb:Query', resource: `${table}/index/${stateIndex}`, context: rowsOf('open') },
  ...on(table, 'dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:Scan', 'dynamodb:BatchWriteItem'),
  ...on(work, 'sqs:ReceiveMessage', 'sqs:DeleteMessage'),
  ...on(peopleTopic, 'sns:Publish'),
];

/** What AWS asks of the page's role for work that it does for it. */
export const callsOfServicesOfPage: readonly IamRequest[] = [
  ...on(key, 'kms:Decrypt', 'kms:GenerateDataKey'),
  ...on(
    arn('logs', 'log-group:/aws/lambda/homeostat-answer:log-stream:2026'),
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ),
  ...on('*', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'),
];

/** What AWS asks of the functions' roles for work that it does for them: the queue, the key, logs and traces. */
export const callsOfServices: readonly IamRequest[] = [
  ...on(work, 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'),
  ...on(missedSweeps, 'sqs:SendMessage'),
  ...on(key, 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom'),
  ...on(key, 'kms:ReEncryptTo'),
  ...['worker', 'sweeper'].flatMap((name) =>
    on(
      arn('logs', `log-group:/aws/lambda/homeostat-${name}:log-stream:2026`),
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ),
  ),
  ...on('*', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'),
];

/** Operations of AWS that the runtime's code can send as itself: the commands that it imports from the SDK. */
export function operationsInRuntime(): readonly string[] {
  const folder = join(__dirname, '../../runtime');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    // What a client of ours is made of is called by whoever is handed it.
    .filter((name) => !/^aws\/.*-client\.ts$/.test(name));
  const imports = /^import \{([^}]*)\} from '@aws-sdk\/client-([\w-]+)'/gm;
  const found = files.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(imports)].flatMap(([, names = '', service = '']) =>
      [...names.matchAll(/(\w+)Command\b/g)].map(([, operation = '']) => `${service}:${operation}`),
    ),
  );
  return [...new Set(found)].sort();
}

/** Packages of the SDK that the runtime loads in other ways, by file. */
export function otherClientsInRuntime(): readonly string[] {
  const folder = join(__dirname, '../../runtime');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const loads = /(?:import\(|require\(|export .* from )'@aws-sdk\/(client-[\w-]+)'/g;
  return files
    .flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(loads)].map(([, name]) => `${file} ${String(name)}`),
    )
    .filter((one) => !one.startsWith('aws/sdk-clients.ts '));
}

/** Kinds of writes that a transaction of the store can hold. */
export function writesInTransactions(): readonly string[] {
  const folder = join(__dirname, '../../runtime/store/dynamodb-store');
  const text = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const found = text.flatMap((one) => [...one.matchAll(/\b(Put|Update|Delete|ConditionCheck): \{/g)]);
  return [...new Set(found.map(([, kind]) => `dynamodb:${String(kind)}Item`))].sort();
}
