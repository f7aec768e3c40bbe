import type { Calls } from '../aws';
import { everyItem } from '../pages';
import { faultOf, readTable, workOnTable, type Table } from './table';
import { readLacking } from './table-recovery';
import { readThrottling, spotName } from './table-throttling';
import { defineVitals, type Health } from '../vitals';

type Reads = Calls<
  | 'dynamodb:DescribeTable'
  | 'dynamodb:ListTagsOfResource'
  | 'dynamodb:DescribeContinuousBackups'
  | 'cloudwatch:GetMetricData'
>;

async function healthOf(table: Table, condition: string, aws: Reads): Promise<Health> {
  const { name, status } = table;
  if (status === 'DELETING') return { kind: 'gone', detail: `the table ${name} is being deleted` };
  const fault = faultOf(table);
  if (fault) return { kind: 'unhealthy', detail: fault };
  const well = (detail = `the table ${name} is ${status}`): Health => ({ kind: 'healthy', detail });
  if (condition === 'table-unprotected') {
    const lacks = await readLacking(table, aws);
    if (lacks.length > 0) return { kind: 'unhealthy', detail: `the table ${name} lacks ${lacks.join(' and ')}` };
    return well(`the table ${name} can be restored, and is protected from deletion`);
  }
  if (condition === 'table-throttled') {
    const [worst] = await readThrottling(table, aws);
    if (!worst) return well(`no request to ${name} was throttled in the last minutes`);
    return { kind: 'unhealthy', detail: `${spotName(table.name, worst)} are throttled: ${worst.events} in a minute` };
  }
  return well();
}

async function readOrThrow(name: string, aws: Reads): Promise<Table | undefined> {
  const reading = await readTable(name, aws);
  // No tags would let a rule through that the tags keep off.
  if (reading.kind === 'unreadable') throw new Error(reading.detail);
  return reading.kind === 'found' ? reading.table : undefined;
}

/** A table is well when DynamoDB serves it and it has what the condition is about. It stands in no zone. */
export const tableVitals = defineVitals({
  kind: 'table',
  reads: [
    'dynamodb:DescribeTable',
    'dynamodb:ListTagsOfResource',
    'dynamodb:DescribeContinuousBackups',
    'cloudwatch:GetMetricData',
  ],
  // How much throttling is too much, and how late is too late, is up to the alarm; and DynamoDB knows no right data from wrong.
  sees: ['table-unprotected'],
  async health({ id }, condition, aws) {
    const reading = await readTable(id, aws);
    switch (reading.kind) {
      case 'found':
        return healthOf(reading.table, condition, aws);
      case 'absent':
        return { kind: 'gone', detail: `the table ${id} no longer exists` };
      case 'unreadable':
        return { kind: 'unknown', detail: reading.detail };
    }
  },
  async tags({ id }, aws) {
    const table = await readOrThrow(id, aws);
    if (!table) return {};
    const tags = await everyItem(
      (token) => aws.dynamodb.listTagsOfResource({ ResourceArn: table.arn, ...token }),
      ({ Tags }) => Tags,
    );
    return Object.fromEntries(tags.flatMap(({ Key, Value }) => (Key ? [[Key, Value ?? '']] : [])));
  },
  async place({ id }, aws) {
    await readOrThrow(id, aws);
    return { groups: [] };
  },
  async busy({ id }, aws) {
    const table = await readOrThrow(id, aws);
    return table && workOnTable(table);
  },
});
