import { readDbCluster } from '../../../vitals/rds/db-cluster';
import { emptiestZone, readReaderScaling } from '../../../vitals/rds/db-readers';
import { bench } from '../../remediations/account';

test('auto scaling of the readers of just this cluster is told, with its bounds', async () => {
  const { account, aws } = bench();
  const add = (id: string, min: number, max: number) => {
    account.services['application-autoscaling'].add({
      resource: `cluster:${id}`,
      dimension: 'rds:cluster:ReadReplicaCount',
      min,
      max,
    });
  };
  add('other', 2, 9);
  expect(await readReaderScaling('shop', aws)).toBeUndefined();
  add('shop', 1, 4);
  expect(await readReaderScaling('shop', aws)).toEqual({ min: 1, max: 4 });
});

test('auto scaling that may not be read is not taken for none', async () => {
  const { account, aws } = bench();
  account.faults.plant('application-autoscaling', 'DescribeScalableTargets', 'denied');
  await expect(readReaderScaling('shop', aws)).rejects.toThrow(/not authorized/);
});

test('the emptiest zone is one without a member, then the first by name', async () => {
  const { account, aws } = bench();
  account.services.rds.addCluster({ id: 'shop', members: [{ id: 'one', zone: 'eu-central-1a' }] });
  const reading = await readDbCluster('shop', aws);
  if (reading.kind !== 'found') throw new Error('not found');
  expect(emptiestZone(reading.cluster, [])).toBe('eu-central-1b');
  expect(emptiestZone(reading.cluster, ['eu-central-1b'])).toBe('eu-central-1c');
  expect(emptiestZone(reading.cluster, ['eu-central-1b', 'eu-central-1c'])).toBe('eu-central-1a');
  expect(emptiestZone({ ...reading.cluster, zones: [] }, [])).toBeUndefined();
});
