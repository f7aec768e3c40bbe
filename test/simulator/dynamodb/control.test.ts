import type { TableInput } from '../../../simulator/dynamodb/control/schema';
import { buildAccount } from '../../../simulator/description';
import { VirtualClock } from '../../../simulator/clock';
import { World } from '../../../simulator/world';
import { bench } from '../../remediations/account';

function tableOf(described: Partial<TableInput> = {}) {
  const on = bench();
  const { control } = on.account.services.dynamodb;
  control.add({ name: 'orders', ...described });
  const { dynamodb } = on.account.services;
  const value = (name: string, dimensions: Record<string, string> = {}) =>
    on.account.services.cloudwatch.value({
      namespace: 'AWS/DynamoDB',
      name,
      dimensions: { TableName: 'orders', ...dimensions },
    });
  const call = (operation: string, input: object = {}) =>
    on.account.call('dynamodb', operation, { TableName: 'orders', ...input });
  const refused = (operation: string, input: object = {}): string => {
    try {
      call(operation, input);
      return 'taken';
    } catch (error) {
      return (error as Error).name;
    }
  };
  return { ...on, control, dynamodb, value, call, refused };
}

const units = (read: number, write: number) => ({
  ProvisionedThroughput: { ReadCapacityUnits: read, WriteCapacityUnits: write },
});

describe('a table', () => {
  test('is UPDATING for a while, and has its old capacity meanwhile', async () => {
    const { call, control, pass, value } = tableOf({ load: { read: 10, write: 150 } });
    call('UpdateTable', units(100, 200));
    expect(control.describe('orders')).toMatchObject({
      TableStatus: 'UPDATING',
      ProvisionedThroughput: { WriteCapacityUnits: 100 },
    });
    expect(value('WriteThrottleEvents')).toBe(3_000);
    await pass(60);
    expect(control.describe('orders')).toMatchObject({
      TableStatus: 'ACTIVE',
      ProvisionedThroughput: { ReadCapacityUnits: 100, WriteCapacityUnits: 200 },
    });
    expect(value('WriteThrottleEvents')).toBeUndefined();
  });

  test.each<[string, object, string]>([
    ['the capacity that it has', units(100, 100), 'ValidationException'],
    ['nothing', {}, 'ValidationException'],
    ['two kinds of change at a time', { ...units(200, 200), DeletionProtectionEnabled: false }, 'ValidationException'],
    [
      'capacity while it is to be paid by the request',
      { ...units(9, 9), BillingMode: 'PAY_PER_REQUEST' },
      'ValidationException',
    ],
    [
      'an on-demand ceiling while it is provisioned',
      { OnDemandThroughput: { MaxReadRequestUnits: 9 } },
      'ValidationException',
    ],
    [
      'an index that it has not',
      { GlobalSecondaryIndexUpdates: [{ Update: { IndexName: 'by-day', ...units(9, 9) } }] },
      'ResourceNotFoundException',
    ],
    ['what is not simulated', { TableClass: 'STANDARD' }, 'NotSimulated'],
  ])('refuses %s', (_, input, refusal) => {
    expect(tableOf().refused('UpdateTable', input)).toBe(refusal);
  });

  test('refuses a second change while the first is under way', () => {
    const { call, refused } = tableOf();
    call('UpdateTable', units(200, 200));
    expect(refused('UpdateTable', units(300, 300))).toBe('ResourceInUseException');
  });

  test('is switched to on-demand four times in 24 hours, and no fifth time', async () => {
    const { call, refused, pass, control } = tableOf();
    for (let count = 0; count < 4; count += 1) {
      call('UpdateTable', { BillingMode: 'PAY_PER_REQUEST' });
      await pass(600);
      call('UpdateTable', { BillingMode: 'PROVISIONED', ...units(100, 100) });
      await pass(600);
    }
    expect(refused('UpdateTable', { BillingMode: 'PAY_PER_REQUEST' })).toBe('LimitExceededException');
    await pass(24 * 3_600);
    expect(refused('UpdateTable', { BillingMode: 'PAY_PER_REQUEST' })).toBe('taken');
    expect(control.describe('orders').BillingModeSummary).toMatchObject({ BillingMode: 'PROVISIONED' });
  });

  test('that is protected is not deleted', async () => {
    const { call, refused, pass } = tableOf();
    expect(refused('DeleteTable')).toBe('ValidationException');
    call('UpdateTable', { DeletionProtectionEnabled: false });
    await pass(5);
    expect(refused('DeleteTable')).toBe('taken');
    expect(refused('DescribeTable')).toBe('ResourceNotFoundException');
  });

  test('that CreateTable made tells what it was made with, and is protected by nothing', () => {
    const { call } = tableOf();
    call('CreateTable', {
      TableName: 'rows',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      ...units(7, 8),
    });
    expect(call('DescribeTable', { TableName: 'rows' })).toMatchObject({
      Table: {
        DeletionProtectionEnabled: false,
        ProvisionedThroughput: { ReadCapacityUnits: 7, WriteCapacityUnits: 8 },
      },
    });
    expect(call('DescribeContinuousBackups', { TableName: 'rows' })).toMatchObject({
      ContinuousBackupsDescription: { PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' } },
    });
  });
});

describe('its metrics', () => {
  test('count what is taken, and what is turned away', () => {
    const { value } = tableOf({ load: { read: 10, write: 150 } });
    expect(value('ConsumedWriteCapacityUnits')).toBe(6_000);
    expect(value('ProvisionedWriteCapacityUnits')).toBe(100);
    expect(value('WriteThrottleEvents')).toBe(3_000);
    expect(value('WriteProvisionedThroughputThrottleEvents')).toBe(3_000);
    expect(value('ThrottledRequests', { Operation: 'PutItem' })).toBe(3_000);
    expect(value('ThrottledRequests', { Operation: 'Query' })).toBeUndefined();
    expect(value('ReadThrottleEvents')).toBeUndefined();
  });

  test('count a hot key apart, whatever the capacity', () => {
    const { value } = tableOf({ billing: 'on-demand', hotKey: { read: 2, write: 0 } });
    expect(value('ReadThrottleEvents')).toBe(120);
    expect(value('ReadKeyRangeThroughputThrottleEvents')).toBe(120);
  });

  test('are of an index where it is named', () => {
    const { value } = tableOf({ indexes: [{ name: 'by-day', load: { read: 101 } }] });
    expect(value('ReadThrottleEvents', { GlobalSecondaryIndexName: 'by-day' })).toBe(60);
    expect(value('ReadThrottleEvents', { GlobalSecondaryIndexName: 'by-week' })).toBeUndefined();
  });

  test('tell how late a copy is', () => {
    const late = (described: Partial<TableInput>) =>
      tableOf({ replicas: [{ region: 'eu-west-1' }], ...described }).value('ReplicationLatency', {
        ReceivingRegion: 'eu-west-1',
      });
    expect(late({})).toBeLessThan(1_000);
    expect(late({ load: { write: 101 } })).toBeGreaterThan(10_000);
    expect(late({ replicas: [{ region: 'eu-west-1', status: 'REPLICATION_NOT_AUTHORIZED' }] })).toBeGreaterThan(10_000);
  });
});

describe('recovery', () => {
  test('begins when it is switched on, and reaches to five minutes ago', async () => {
    const { call, pass } = tableOf({ pointInTimeRecovery: false });
    const on = { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 } };
    expect(call('UpdateContinuousBackups', on)).not.toHaveProperty(
      'ContinuousBackupsDescription.PointInTimeRecoveryDescription.LatestRestorableDateTime',
    );
    await pass(600);
    expect(call('DescribeContinuousBackups')).toMatchObject({
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription: {
          PointInTimeRecoveryStatus: 'ENABLED',
          RecoveryPeriodInDays: 7,
          EarliestRestorableDateTime: new Date('2026-11-21T02:00:00Z'),
          LatestRestorableDateTime: new Date('2026-11-21T02:05:00Z'),
        },
      },
    });
  });

  const restore = (RestoreDateTime: string, TargetTableName = 'orders-2') => ({
    SourceTableName: 'orders',
    TargetTableName,
    RestoreDateTime: new Date(RestoreDateTime),
  });

  test('makes a table with the capacity of its source, and without its protection, tags and copies', async () => {
    const { call, control, pass } = tableOf({ tags: { service: 'shop' }, replicas: [{ region: 'eu-west-1' }] });
    call('RestoreTableToPointInTime', restore('2026-11-21T01:00:00Z'));
    expect(control.describe('orders-2')).toMatchObject({
      TableStatus: 'CREATING',
      RestoreSummary: { RestoreInProgress: true, RestoreDateTime: new Date('2026-11-21T01:00:00Z') },
    });
    await pass(1_200);
    const { TableStatus, DeletionProtectionEnabled, Replicas, ProvisionedThroughput } = control.describe('orders-2');
    expect({ TableStatus, DeletionProtectionEnabled, Replicas, tags: control.state('orders-2').tags }).toEqual({
      TableStatus: 'ACTIVE',
      DeletionProtectionEnabled: false,
      Replicas: undefined,
      tags: {},
    });
    expect(ProvisionedThroughput).toMatchObject({ WriteCapacityUnits: 100 });
  });

  test('refuses a moment that it does not reach, a name that is taken, and a table that has none', () => {
    const { refused, control } = tableOf();
    expect(refused('RestoreTableToPointInTime', restore('2026-11-21T01:58:00Z'))).toBe('InvalidRestoreTimeException');
    expect(refused('RestoreTableToPointInTime', restore('2026-09-01T00:00:00Z'))).toBe('InvalidRestoreTimeException');
    expect(refused('RestoreTableToPointInTime', restore('2026-11-21T01:00:00Z', 'orders'))).toBe(
      'TableAlreadyExistsException',
    );
    control.state('orders').recovery = undefined;
    expect(refused('RestoreTableToPointInTime', restore('2026-11-21T01:00:00Z'))).toBe(
      'PointInTimeRecoveryUnavailableException',
    );
    expect(refused('DescribeContinuousBackups', { TableName: 'none' })).toBe('TableNotFoundException');
  });
});

describe('auto scaling of a global table', () => {
  const global = { replicas: [{ region: 'eu-west-1' }], replicaWrites: { min: 10, max: 100 } };

  test('is told for every Region, and gives what is written once it may', async () => {
    const { call, control, pass } = tableOf({ ...global, load: { write: 140 } });
    call('UpdateTableReplicaAutoScaling', { ProvisionedWriteCapacityAutoScalingUpdate: { MaximumUnits: 400 } });
    await pass(60);
    const settings = { MinimumUnits: 10, MaximumUnits: 400, AutoScalingDisabled: false };
    expect(call('DescribeTableReplicaAutoScaling')).toMatchObject({
      TableAutoScalingDescription: {
        Replicas: ['eu-central-1', 'eu-west-1'].map((RegionName) => ({
          RegionName,
          ReplicaProvisionedWriteCapacityAutoScalingSettings: settings,
        })),
      },
    });
    await pass(300);
    expect(control.state('orders').capacity.write).toBe(200);
  });

  test('is not set while the table is being changed, nor for one without copies', () => {
    const update = { ProvisionedWriteCapacityAutoScalingUpdate: { MaximumUnits: 400 } };
    expect(tableOf({ ...global, status: 'UPDATING' }).refused('UpdateTableReplicaAutoScaling', update)).toBe(
      'ResourceInUseException',
    );
    expect(tableOf().refused('UpdateTableReplicaAutoScaling', update)).toBe('ValidationException');
  });
});

test('AWS Config tells when a table loses its protection, and when it has it again', async () => {
  const { account, control, call, pass } = tableOf();
  const told: string[] = [];
  account.bus.subscribe(({ source, detail }) => {
    const { configRuleName: rule, newEvaluationResult: found } = detail as {
      configRuleName: string;
      newEvaluationResult: { complianceType: string };
    };
    told.push(`${source} ${rule} ${found.complianceType}`);
  });
  control.befall({ name: 'orders', unprotected: true });
  await pass(300);
  call('UpdateContinuousBackups', { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } });
  await pass(300);
  expect(told).toEqual([
    'aws.config dynamodb-pitr-enabled NON_COMPLIANT',
    'aws.config dynamodb-pitr-enabled COMPLIANT',
  ]);
});

test('an account is described with its tables, and with what befalls them', async () => {
  const clock = new VirtualClock(0);
  const account = buildAccount(new World(clock), {
    account: '111122223333',
    region: 'eu-central-1',
    tables: [{ name: 'orders', tags: { service: 'shop' } }],
    scalableTargets: [{ resource: 'table/orders', dimension: 'dynamodb:table:ReadCapacityUnits', min: 5, max: 300 }],
    happenings: [{ at: 'PT5M', table: { name: 'orders', load: { read: 140 } } }],
  });
  const { control } = account.services.dynamodb;
  const arn = account.arn('dynamodb', 'table/orders');
  expect(account.call('dynamodb', 'ListTagsOfResource', { ResourceArn: arn })).toEqual({
    Tags: [{ Key: 'service', Value: 'shop' }],
  });
  await clock.runUntil(15 * 60_000);
  expect(control.state('orders').load).toEqual({ read: 140, write: 10 });
  expect(control.state('orders').capacity.read).toBe(200);
});
