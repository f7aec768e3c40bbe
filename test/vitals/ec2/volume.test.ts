import type { Resource } from '../../../signals/signal';
import { volumeVitals } from '../../../vitals/ec2/volume';
import { bench, type Bench } from '../../remediations/account';
import { answerWith } from '../../remediations/attempt';

const vol = 'vol-0aaaaaaaaaaaaaaa1';

function withVolume() {
  const on = bench();
  on.account.services.ec2.addInstance({ volumes: [{ id: vol, tags: { service: 'uploads' } }] });
  const volume = on.resource('volume', vol);
  const health = (of: Resource = volume) => volumeVitals.health(of, 'volume-full', on.aws);
  return { ...on, volume, health };
}

const shown = (on: Bench, volume: object) => {
  answerWith(on, 'ec2', 'DescribeVolumes', { Volumes: [{ VolumeId: vol, State: 'in-use', Size: 20, ...volume }] });
};

test('a volume that passes its status check is healthy, as far as EC2 sees', async () => {
  expect(await withVolume().health()).toEqual({
    kind: 'healthy',
    detail: `${vol} is in-use and passes its status check`,
  });
});

test('a volume in the state error is unhealthy, and one that is being deleted is gone', async () => {
  const on = withVolume();
  shown(on, { State: 'error' });
  expect(await on.health()).toEqual({ kind: 'unhealthy', detail: `${vol} is in the state error` });
  shown(on, { State: 'deleting' });
  expect(await on.health()).toMatchObject({ kind: 'gone' });
});

test.each([
  ['impaired', 'unhealthy'],
  ['insufficient-data', 'unknown'],
])('a volume whose status check is %s is %s', async (Status, kind) => {
  const on = withVolume();
  answerWith(on, 'ec2', 'DescribeVolumeStatus', { VolumeStatuses: [{ VolumeId: vol, VolumeStatus: { Status } }] });
  expect(await on.health()).toMatchObject({ kind });
});

test('a volume that EC2 says nothing of is unknown', async () => {
  const on = withVolume();
  answerWith(on, 'ec2', 'DescribeVolumeStatus', { VolumeStatuses: [] });
  expect(await on.health()).toMatchObject({ kind: 'unknown' });
  answerWith(on, 'ec2', 'DescribeVolumes', { Volumes: [] });
  expect(await on.health()).toMatchObject({ kind: 'unknown' });
});

test('a volume that there is not is gone, without tags, and stands nowhere', async () => {
  const on = withVolume();
  const none = on.resource('volume', 'vol-0bbbbbbbbbbbbbbb1');
  expect(await on.health(none)).toMatchObject({ kind: 'gone' });
  expect(await volumeVitals.tags(none, on.aws)).toEqual({});
  expect(await volumeVitals.place(none, on.aws)).toEqual({ groups: [] });
  expect(await volumeVitals.busy?.(none, on.aws)).toBeUndefined();
});

test('what is no id of a volume is not asked for', async () => {
  const on = withVolume();
  expect(await on.health(on.resource('volume', 'web-1'))).toMatchObject({ kind: 'unknown' });
  expect(on.calls).toEqual([]);
});

test('its tags are those of the volume, and it stands in its zone', async () => {
  const on = withVolume();
  expect(await volumeVitals.tags(on.volume, on.aws)).toEqual({ service: 'uploads' });
  expect(await volumeVitals.place(on.volume, on.aws)).toEqual({ zone: 'eu-central-1a', groups: [] });
});

test('it is busy while it is modified, and not while EBS optimizes it for hours', async () => {
  const on = withVolume();
  on.account.call('ec2', 'ModifyVolume', { VolumeId: vol, Size: 40 });
  expect(await volumeVitals.busy?.(on.volume, on.aws)).toBe(`${vol} is being modified`);
  await on.pass(60);
  expect(await volumeVitals.busy?.(on.volume, on.aws)).toBeUndefined();
});

test('witnesses are heard only of what AWS cannot see', async () => {
  const { vitals } = await import('../../../vitals');
  const seen = vitals.flatMap(({ sees, witnesses = {} }) => Object.keys(witnesses).filter((one) => sees.includes(one)));
  expect(seen).toEqual([]);
});
