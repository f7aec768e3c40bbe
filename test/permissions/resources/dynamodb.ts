import type { IamRequest } from '../requests';
import { arn, texts, type Arns, type Input } from './resource';

const table = (name: string): string => arn('dynamodb', `table/${name}`);
const named: Arns = ({ TableName }) => texts(TableName).map(table);

/** What DynamoDB does with the rows of a table that it restores, with the rights of whoever restores it. */
const restoring = ['BatchWriteItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'];

/** Its ARN has an id that only AWS knows. */
const scalableTarget = arn('application-autoscaling', 'scalable-target/0ec50000000000000000000000000001');

/** What AWS asks of whoever sets the auto scaling of copies, in each Region that holds one. */
const onCopies = ['RegisterScalableTarget', 'DeregisterScalableTarget'].concat(
  ['ScalingPolicy', 'ScheduledAction'].flatMap((what) => [`Put${what}`, `Delete${what}`]),
);
const looksAtCopies = ['ScalableTargets', 'ScalingActivities', 'ScalingPolicies', 'ScheduledActions'];

/** What AWS asks IAM about for each of its operations. */
export const resources: Readonly<Record<string, Arns>> = {
  'dynamodb:DescribeTable': named,
  'dynamodb:DescribeContinuousBackups': named,
  'dynamodb:DescribeTableReplicaAutoScaling': named,
  'dynamodb:ListTagsOfResource': ({ ResourceArn }) => texts(ResourceArn),
  'dynamodb:UpdateTable': named,
  'dynamodb:UpdateContinuousBackups': named,
  'dynamodb:UpdateTableReplicaAutoScaling': named,
  'dynamodb:RestoreTableToPointInTime': ({ SourceTableName, TargetTableName }) =>
    [...texts(SourceTableName), ...texts(TargetTableName)].map(table),
  'application-autoscaling:RegisterScalableTarget': () => [scalableTarget],
};

/** What AWS asks besides, of the one who calls. */
export const implied: Readonly<Record<string, (input: Input) => readonly IamRequest[]>> = {
  'dynamodb:RestoreTableToPointInTime': ({ TargetTableName }) =>
    texts(TargetTableName).flatMap((name) =>
      restoring.map((action) => ({ action: `dynamodb:${action}`, resource: table(name), context: {} })),
    ),
  'dynamodb:UpdateTableReplicaAutoScaling': () => [
    ...onCopies.map((operation) => ({
      action: `application-autoscaling:${operation}`,
      resource: scalableTarget,
      context: { 'application-autoscaling:service-namespace': ['dynamodb'] },
    })),
    ...looksAtCopies.map((what) => ({
      action: `application-autoscaling:Describe${what}`,
      resource: '*',
      context: {},
    })),
  ],
};

/** What a call says besides the tags of its resource. */
export const says: Readonly<Record<string, (input: Input) => IamRequest['context']>> = {
  'application-autoscaling:RegisterScalableTarget': ({ ServiceNamespace, ScalableDimension }) => ({
    'application-autoscaling:service-namespace': texts(ServiceNamespace),
    'application-autoscaling:scalable-dimension': texts(ScalableDimension),
  }),
};
