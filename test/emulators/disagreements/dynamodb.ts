import { listed, type Disagreement } from '../disagreement';

/** Tables, and what scales them. */
export const aboutDynamodb: readonly Disagreement[] = [
  ...listed('moto', 'it registers a new target without its bounds', [
    ['application-autoscaling:RegisterScalableTarget', 'a new one without a maximum is refused'],
  ]),
  ...listed('moto', 'it has no auto scaling of global tables, and answers with a page of HTML', [
    ['dynamodb:DescribeTableReplicaAutoScaling', 'one that does not exist is an error'],
    ['dynamodb:UpdateTableReplicaAutoScaling', 'one that does not exist is an error'],
  ]),
  ...listed('moto', 'it does not look whether a table can be restored', [
    ['dynamodb:RestoreTableToPointInTime', 'a table that cannot be restored is an error'],
  ]),
  ...listed('moto', 'it has no ceiling of what is on demand', [
    ['dynamodb:UpdateTable', 'a table on demand gets a ceiling, and a higher one'],
  ]),
  ...listed('moto', 'it does not compare with the units that the table has', [
    ['dynamodb:UpdateTable', 'the units that it has are refused'],
  ]),
  ...listed('moto', 'a table that is on demand keeps its units; the API reference has nought', [
    ['dynamodb:UpdateTable', 'a table that is switched to on-demand has no units'],
  ]),
  ...listed('ministack', 'it has no Application Auto Scaling', [
    ['application-autoscaling:DescribeScalableTargets', 'what nobody scales is left out'],
    [
      'application-autoscaling:RegisterScalableTarget',
      'of one that there is only the maximum is changed, if only that is named',
    ],
    ['application-autoscaling:RegisterScalableTarget', 'a new one without a maximum is refused'],
  ]),
  ...listed('ministack', 'it has no auto scaling of global tables', [
    ['dynamodb:DescribeTableReplicaAutoScaling', 'one that does not exist is an error'],
    ['dynamodb:UpdateTableReplicaAutoScaling', 'one that does not exist is an error'],
  ]),
  ...listed('ministack', 'it does not look whether a table can be restored, nor keeps where it came from', [
    ['dynamodb:RestoreTableToPointInTime', 'a table that cannot be restored is an error'],
    [
      'dynamodb:RestoreTableToPointInTime',
      'the new table tells where it came from, and a second of its name is an error',
    ],
  ]),
  ...listed('ministack', 'a table that does not exist has the error of other operations', [
    ['dynamodb:DescribeContinuousBackups', 'one that does not exist is an error'],
  ]),
  ...listed('ministack', 'an index that is on demand keeps its units; the API reference has nought', [
    ['dynamodb:UpdateTable', 'a table that is switched to on-demand has no units'],
  ]),
];
