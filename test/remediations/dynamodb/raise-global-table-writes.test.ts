import { raiseGlobalTableWrites } from '../../../remediations/dynamodb/raise-global-table-writes';
import type { TableInput } from '../../../simulator/dynamodb/control/schema';
import { planFor as plannedFor, startedFor } from './throttled';

const global = { replicas: [{ region: 'eu-west-1' }], replicaWrites: { min: 10, max: 100 } };

test.each<[string, Partial<TableInput>, object, RegExp]>([
  ['without a copy', { replicas: [] }, {}, /no copy in another Region/],
  [
    'whose copy may not replicate',
    { replicas: [{ region: 'eu-west-1', status: 'REPLICATION_NOT_AUTHORIZED' }] },
    {},
    /eu-west-1 is REPLICATION_NOT_AUTHORIZED: give .* the right to replicate back\. More capacity would not help/,
  ],
  [
    'whose copy has lost its key',
    { replicas: [{ region: 'eu-west-1', status: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS' }] },
    {},
    /give DynamoDB the use of its KMS key back\. More capacity would not help/,
  ],
  ['on demand', { billing: 'on-demand' }, {}, /on demand: its writes have no capacity/],
  [
    'that nobody scales',
    { replicaWrites: undefined },
    {},
    /auto scaling of the writes of orders is off in eu-central-1/,
  ],
  ['that auto scaling has room for', { replicaWrites: { min: 1, max: 400 } }, {}, /has 100 write units.*may give 400/],
  ['at the most that the policy allows', {}, { ceiling: 100 }, /may give orders 100 write units, the policy 100/],
])('a table %s is left alone', async (_, described, parameters, reason) => {
  const table = { ...global, ...described };
  const { planning, writes } = await plannedFor(raiseGlobalTableWrites, 'table-replication-late', table, parameters);
  expect(planning).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) as string });
  expect(writes()).toEqual([]);
});

test('copies that may have different writes are left alone', async () => {
  const { aws, resource } = await plannedFor(raiseGlobalTableWrites, 'table-replication-late', global);
  const describeTableReplicaAutoScaling = async () => ({
    TableAutoScalingDescription: {
      Replicas: [100, 200].map((MaximumUnits, place) => ({
        RegionName: `eu-west-${place + 1}`,
        ReplicaProvisionedWriteCapacityAutoScalingSettings: { MaximumUnits },
      })),
    },
  });
  const differing = {
    now: aws.now,
    dynamodb: { describeTable: aws.dynamodb.describeTable.bind(aws.dynamodb), describeTableReplicaAutoScaling },
  };
  const target = { resource: resource('table', 'orders'), condition: 'table-replication-late', attemptKey: 'k' };
  expect(await raiseGlobalTableWrites.plan(target, {}, differing as never)).toEqual({
    kind: 'refused',
    reason: 'auto scaling may give the copies of orders different writes: make them equal',
  });
});

test('copies that differ while DynamoDB changes one after the other are waited for', async () => {
  const { aws, planning } = await plannedFor(raiseGlobalTableWrites, 'table-replication-late', global);
  if (planning.kind !== 'planned') throw new Error(`not planned: ${planning.reason}`);
  const between = (status: string) => ({
    ...aws,
    dynamodb: {
      ...aws.dynamodb,
      describeTable: aws.dynamodb.describeTable.bind(aws.dynamodb),
      describeTableReplicaAutoScaling: async () => ({
        TableAutoScalingDescription: {
          TableStatus: 'ACTIVE',
          Replicas: [100, 200].map((MaximumUnits, place) => ({
            RegionName: `eu-west-${place + 1}`,
            ReplicaStatus: place === 0 ? status : 'ACTIVE',
            ReplicaProvisionedWriteCapacityAutoScalingSettings: { MaximumUnits },
          })),
        },
      }),
    },
  });
  const check = (status: string) => raiseGlobalTableWrites.check(planning.plan, undefined, between(status) as never);
  expect(await check('UPDATING')).toMatchObject({ kind: 'pending' });
  expect(await check('ACTIVE')).toMatchObject({ kind: 'failed' });
});

test('the minimum stays, and what others have set since is not overwritten', async () => {
  const { start, control, writes, pass } = await startedFor(raiseGlobalTableWrites, 'table-replication-late', global);
  await start();
  await pass(60);
  expect(control.state('orders').replicaWrites).toEqual({ min: 10, max: 200 });
  const late = await startedFor(raiseGlobalTableWrites, 'table-replication-late', global);
  late.control.state('orders').replicaWrites = { min: 10, max: 130 };
  expect(await late.start()).toMatchObject({ kind: 'refused' });
  expect([writes().length, late.writes().length]).toEqual([1, 0]);
});
