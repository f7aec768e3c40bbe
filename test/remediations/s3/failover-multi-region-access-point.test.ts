import { failoverMultiRegionAccessPoint } from '../../../remediations/s3/failover-multi-region-access-point';
import { bench } from '../account';
import { answerWith, attempt, no } from '../attempt';
import { addAccessPoint, alias } from './failover-multi-region-access-point.scenario';

function on(parameters: object = {}, replicatedInto?: readonly string[]) {
  const ground = bench();
  addAccessPoint(ground, replicatedInto);
  const target = { resource: ground.resource('multi-region-access-point', alias), condition: 'region-impaired' };
  const given = { accessPoint: alias, to: ['us-east-1'], ...parameters };
  return {
    ...ground,
    s3: ground.account.services.s3,
    ...attempt(failoverMultiRegionAccessPoint, ground, target, given),
  };
}

const through = ({ input }: { readonly input: object }): unknown => (input as { Through?: string }).Through;

test('all routes are changed in one call, and the requests follow them', async () => {
  const { plan, start, check, pass, s3, writes } = on();
  expect(await plan()).toMatchObject({
    kind: 'planned',
    plan: { from: ['eu-west-1'], to: ['us-east-1'] },
    group: { size: 2, healthyOthers: 1 },
    summary: expect.stringMatching(/to us-east-1 and no longer to eu-west-1; what is not copied yet/) as string,
  });
  await start();
  expect(writes()).toMatchObject([
    {
      operation: 'SubmitMultiRegionAccessPointRoutes',
      input: {
        RouteUpdates: [
          { Bucket: 'shop-ireland', Region: 'eu-west-1', TrafficDialPercentage: 0 },
          { Bucket: 'shop-virginia', Region: 'us-east-1', TrafficDialPercentage: 100 },
        ],
      },
    },
  ]);
  expect(await check()).toMatchObject({ kind: 'done' });
  expect(s3.accessPoints.errorsOf('shop-ireland')).toBeGreaterThan(0);
  await pass(61);
  expect(s3.accessPoints.errorsOf('shop-ireland')).toBe(0);
});

test('a failover Region that does not answer is passed over, for reads and for the change', async () => {
  const { plan, start, s3, calls, writes } = on();
  s3.accessPoints.fail('us-west-2', true);
  await plan();
  await start();
  const asked = calls.filter(({ operation }) => operation === 'GetMultiRegionAccessPointRoutes');
  expect(asked.slice(0, 2).map(through)).toEqual(['us-west-2', 'us-east-1']);
  expect(writes().map(through)).toEqual(['us-east-1']);
});

test.each<[string, object, readonly string[] | undefined, RegExp]>([
  ['that the policy does not name', { accessPoint: 'other.mrap' }, undefined, /opts in other\.mrap, and not mfzwi/],
  ['without a bucket in the Region', { to: ['us-west-2'] }, undefined, /has no bucket in us-west-2/],
  ['whose buckets are copied one way only', {}, [], /shop-virginia is not replicated into shop-ireland/],
])('an access point %s is left alone', async (_, parameters, replicatedInto, reason) => {
  const { plan, writes } = on(parameters, replicatedInto);
  expect(await plan()).toEqual(no('refused', reason));
  expect(writes()).toEqual([]);
});

test.each<[string, object]>([
  ['by the start of their names', { Filter: { Prefix: 'images/' } }],
  ['by the start of their names, in the older way', { Prefix: 'images/' }],
  ['by a tag', { Filter: { Tag: { Key: 'copy', Value: 'yes' } } }],
  ['by several of these', { Filter: { And: { Prefix: '', Tags: [{ Key: 'copy', Value: 'yes' }] } } }],
  ['by what they are not', { Filter: { Not: { Prefix: 'orders/' } } }],
])('a bucket that copies only some objects, chosen %s, does not count as replicated', async (_, chosen) => {
  const ground = on();
  const rule = { Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::shop-ireland' } };
  const copies = (Rules: object[]): void => {
    answerWith(ground, 's3', 'GetBucketReplication', { ReplicationConfiguration: { Rules } });
  };
  copies([{ ...rule, ...chosen }]);
  expect(await ground.plan()).toEqual(no('refused', /shop-virginia is not replicated into shop-ireland/));
  copies([
    { ...rule, ...chosen },
    { ...rule, Filter: { Prefix: '' } },
  ]);
  expect(await ground.plan()).toMatchObject({ kind: 'planned' });
});

test('nothing is planned where the requests go to the wanted Region already', async () => {
  expect(await on({ to: ['eu-west-1'] }).plan()).toEqual(no('notNeeded', /sends all requests to eu-west-1/));
});

test('routes that others changed since the plan are not written over', async () => {
  const { plan, start, s3, writes } = on();
  await plan();
  s3.accessPoints.add({
    alias,
    routes: [
      { bucket: 'shop-ireland', region: 'eu-west-1', active: true },
      { bucket: 'shop-virginia', region: 'us-east-1', active: true },
    ],
  });
  expect(await start()).toEqual(no('refused', /changed by others since the plan/));
  expect(writes()).toEqual([]);
});

test('replication that was switched off since the plan keeps the requests where they are', async () => {
  const { plan, start, s3, writes } = on();
  await plan();
  s3.add({ name: 'shop-virginia' });
  expect(await start()).toEqual(no('refused', /is not replicated into shop-ireland/));
  expect(writes()).toEqual([]);
});

test('undo sends the requests back', async () => {
  const { start, undo, checkWithoutHandle, pass } = on();
  await start();
  await pass(61);
  expect(await undo()).toEqual({ kind: 'started' });
  await pass(61);
  expect(await checkWithoutHandle()).toMatchObject({ kind: 'notStarted' });
});
