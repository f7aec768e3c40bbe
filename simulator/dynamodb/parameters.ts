import { notSimulated } from './refusal';

const conditional = ['ConditionExpression', 'ReturnValuesOnConditionCheckFailure', 'ReturnValues'];
const placeholders = ['ExpressionAttributeNames', 'ExpressionAttributeValues'];
const looked = [
  'IndexName',
  'ConsistentRead',
  'FilterExpression',
  'ProjectionExpression',
  'Select',
  'Limit',
  'ExclusiveStartKey',
];

/** The parameters that are simulated. Those that AWS calls legacy are not. */
const known = {
  GetItem: new Set(['TableName', 'Key', 'ConsistentRead', 'ProjectionExpression', 'ExpressionAttributeNames']),
  BatchGetItem: new Set(['RequestItems']),
  PutItem: new Set(['TableName', 'Item', ...conditional, ...placeholders]),
  UpdateItem: new Set(['TableName', 'Key', 'UpdateExpression', ...conditional, ...placeholders]),
  DeleteItem: new Set(['TableName', 'Key', ...conditional, ...placeholders]),
  TransactWriteItems: new Set(['TransactItems', 'ClientRequestToken']),
  Query: new Set(['TableName', 'KeyConditionExpression', 'ScanIndexForward', ...looked, ...placeholders]),
  Scan: new Set(['TableName', 'TotalSegments', 'Segment', ...looked, ...placeholders]),
} as const satisfies Record<string, ReadonlySet<string>>;

/** Fails by name what would otherwise be ignored. */
export function refuseUnknown(operation: keyof typeof known, input: object): void {
  const parameters: ReadonlySet<string> = known[operation];
  for (const name in input) {
    if (parameters.has(name)) continue;
    const value = (input as Record<string, unknown>)[name];
    if (value !== undefined && value !== 'NONE') throw notSimulated(`the parameter ${name} of ${operation}`);
  }
}
