import type { SeenCall } from './seen-calls';
import { knownResourceType, takesNoResource } from './iam-facts';

/** One question that AWS asks IAM when it gets a call. */
export interface IamRequest {
  readonly action: string;
  readonly resource: string;
  /** What the request says besides the tags of the resource. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** The account and region of the simulated account and of the synthesised stack. */
export const account = '111122223333';
export const region = 'eu-central-1';

type Input = Readonly<Record<string, unknown>>;
type Arns = (input: Input, call: SeenCall) => readonly string[];

export const arn = (service: string, resource: string, where: string = region): string =>
  `arn:aws:${service}:${where}:${account}:${resource}`;

const texts = (value: unknown): readonly string[] =>
  [value].flat().filter((one): one is string => typeof one === 'string');

const instances: Arns = ({ InstanceId, InstanceIds }) =>
  [...texts(InstanceId), ...texts(InstanceIds)].map((id) => arn('ec2', `instance/${id}`));
const groups: Arns = ({ AutoScalingGroupName }, { groups: touched }) =>
  AutoScalingGroupName === undefined
    ? Object.values(touched)
    : texts(AutoScalingGroupName).flatMap((name) => touched[name] ?? []);
const targetGroups: Arns = ({ TargetGroupArn }) => texts(TargetGroupArn);
const database = (id: string): string => arn('rds', `db:${id}`);
const cluster = (id: string): string => arn('rds', `cluster:${id}`);
const execution = '00000000-0000-4000-8000-00000000000e';

/** What AWS asks IAM about for each operation that takes a resource, by its input. */
const resourcesOf: Readonly<Record<string, Arns>> = {
  'autoscaling:SetDesiredCapacity': groups,
  'autoscaling:SetInstanceHealth': groups,
  'autoscaling:TerminateInstanceInAutoScalingGroup': groups,
  'cloudwatch:DescribeAlarms': ({ AlarmNames }) => texts(AlarmNames).map((name) => arn('cloudwatch', `alarm:${name}`)),
  // Metrics have no ARN; data sets are of another kind of query.
  'cloudwatch:GetMetricData': () => ['*'],
  'cloudwatch:ListAlarmMuteRules': () => [arn('cloudwatch', 'alarm-mute-rule:*')],
  'ec2:DescribeInstanceAttribute': instances,
  'ec2:RebootInstances': instances,
  'ec2:StartInstances': instances,
  'ec2:StopInstances': instances,
  'elasticloadbalancing:DeregisterTargets': targetGroups,
  'elasticloadbalancing:RegisterTargets': targetGroups,
  'rds:DescribeDBClusters': ({ DBClusterIdentifier }) => texts(DBClusterIdentifier).map(cluster),
  // By a filter it asks about all.
  'rds:DescribeDBInstances': ({ DBInstanceIdentifier = '*' }) => texts(DBInstanceIdentifier).map(database),
  'rds:FailoverDBCluster': ({ DBClusterIdentifier, TargetDBInstanceIdentifier }) => [
    ...texts(DBClusterIdentifier).map(cluster),
    ...texts(TargetDBInstanceIdentifier).map(database),
  ],
  'rds:RebootDBInstance': ({ DBInstanceIdentifier }) => texts(DBInstanceIdentifier).map(database),
  'ssm:DescribeDocument': ({ Name }) => texts(Name).map((name) => arn('ssm', `document/${name}`)),
  'ssm:GetAutomationExecution': ({ AutomationExecutionId }) =>
    texts(AutomationExecutionId).map((id) => arn('ssm', `automation-execution/${id}`)),
  'ssm:GetCalendarState': ({ CalendarNames }) => texts(CalendarNames).map((name) => arn('ssm', `document/${name}`)),
  'ssm:StartAutomationExecution': ({ DocumentName, DocumentVersion }) => [
    ...texts(DocumentName).map((name) => arn('ssm', `document/${name}`)),
    ...texts(DocumentName).map((name) =>
      arn('ssm', `automation-definition/${name}:${texts(DocumentVersion).join('')}`),
    ),
    arn('ssm', `automation-execution/${execution}`),
  ],
};

/** What AWS asks besides, of the one who calls, for something that is done on his behalf. */
const impliedBy: Readonly<Record<string, (input: Input) => readonly IamRequest[]>> = {
  // Volumes under a key of the customer.
  'ec2:StartInstances': () => [
    {
      action: 'kms:CreateGrant',
      resource: arn('kms', 'key/0a1b2c3d-0000-4000-8000-000000000001'),
      context: { 'kms:GrantIsForAWSResource': 'true', 'kms:ViaService': `ec2.${region}.amazonaws.com` },
    },
  ],
  'ssm:StartAutomationExecution': ({ Parameters, Tags }) => [
    ...texts((Parameters as Input | undefined)?.AutomationAssumeRole).map((role) => ({
      action: 'iam:PassRole',
      resource: role,
      context: { 'iam:PassedToService': 'ssm.amazonaws.com' },
    })),
    ...(Tags === undefined
      ? []
      : [
          {
            action: 'ssm:AddTagsToResource',
            resource: arn('ssm', `automation-execution/${execution}`),
            context: {},
          },
        ]),
  ],
};

/** Everything that IAM is asked because of a call. Throws for an operation whose resources this table does not know. */
export async function requestsOf(call: SeenCall): Promise<readonly IamRequest[]> {
  const input = call.input as Input;
  const implied = impliedBy[call.action]?.(input) ?? [];
  const of = resourcesOf[call.action];
  const resources = (await takesNoResource(call.action)) ? ['*'] : of?.(input, call);
  if (!resources) {
    throw new Error(
      `${call.action} has no line in resourcesOf (${__filename}): say there which ARNs AWS asks IAM about`,
    );
  }
  if (resources.length === 0) throw new Error(`${call.action} names no resource: ${JSON.stringify(input)}`);
  const own = resources.map((resource) => ({ action: call.action, resource, context: {} }));
  for (const { action, resource } of [...own, ...implied]) await knownResourceType(action, resource);
  return [...own, ...implied];
}
