import { bench } from '../remediations/account';

const reads = { ResourceId: 'table/orders', ScalableDimension: 'dynamodb:table:ReadCapacityUnits' };

function scaled() {
  const on = bench();
  const { 'application-autoscaling': scaling, dynamodb } = on.account.services;
  dynamodb.control.add({ name: 'orders', load: { read: 150, write: 1 }, indexes: [{ name: 'by-day' }] });
  const call = (operation: string, input: object) => on.account.call('application-autoscaling', operation, input);
  const refused = (operation: string, input: object): string => {
    try {
      call(operation, input);
      return 'taken';
    } catch (error) {
      return (error as Error).name;
    }
  };
  return { ...on, scaling, control: dynamodb.control, call, refused };
}

test('a target is told by its resource and its dimension', () => {
  const { scaling, call } = scaled();
  scaling.add({ resource: 'table/orders', dimension: 'dynamodb:table:ReadCapacityUnits', min: 5, max: 100 });
  scaling.add({ resource: 'table/orders', dimension: 'dynamodb:table:WriteCapacityUnits', min: 6, max: 90 });
  scaling.add({ resource: 'cluster:ledger', dimension: 'rds:cluster:ReadReplicaCount', min: 1, max: 3 });
  const asked = { ServiceNamespace: 'dynamodb', ResourceIds: ['table/orders'] };
  expect(call('DescribeScalableTargets', asked)).toMatchObject({ ScalableTargets: [{}, {}] });
  expect(
    call('DescribeScalableTargets', { ...asked, ScalableDimension: 'dynamodb:table:WriteCapacityUnits' }),
  ).toMatchObject({ ScalableTargets: [{ MinCapacity: 6, MaxCapacity: 90, ResourceId: 'table/orders' }] });
  expect(call('DescribeScalableTargets', { ServiceNamespace: 'rds' })).toMatchObject({
    ScalableTargets: [{ ResourceId: 'cluster:ledger' }],
  });
});

test('what is not named of a target that there is stays as it was, and capacity follows it', async () => {
  const { scaling, call, control, pass } = scaled();
  scaling.add({ resource: 'table/orders', dimension: 'dynamodb:table:ReadCapacityUnits', min: 5, max: 100 });
  call('RegisterScalableTarget', { ServiceNamespace: 'dynamodb', ...reads, MaxCapacity: 400 });
  expect(call('DescribeScalableTargets', { ServiceNamespace: 'dynamodb' })).toMatchObject({
    ScalableTargets: [{ MinCapacity: 5, MaxCapacity: 400 }],
  });
  await pass(300);
  expect(control.state('orders').capacity).toEqual({ read: 215, write: 100 });
});

test.each<[string, object, string]>([
  ['a target that is new and has no maximum', { ...reads, MinCapacity: 1 }, 'ValidationException'],
  ['a minimum above the maximum', { ...reads, MinCapacity: 9, MaxCapacity: 8 }, 'ValidationException'],
  [
    'a table that there is not',
    { ...reads, ResourceId: 'table/none', MinCapacity: 1, MaxCapacity: 2 },
    'ValidationException',
  ],
  [
    'a dimension of another service',
    { ...reads, ScalableDimension: 'rds:cluster:ReadReplicaCount' },
    'ValidationException',
  ],
])('%s is refused', (_, input, refusal) => {
  expect(scaled().refused('RegisterScalableTarget', { ServiceNamespace: 'dynamodb', ...input })).toBe(refusal);
});

test('a dimension is not asked for without the resources', () => {
  const asked = { ServiceNamespace: 'dynamodb', ScalableDimension: reads.ScalableDimension };
  expect(scaled().refused('DescribeScalableTargets', asked)).toBe('ValidationException');
});
