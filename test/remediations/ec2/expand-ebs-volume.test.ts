import { expandEbsVolume } from '../../../remediations/ec2/expand-ebs-volume';
import { bench, type Bench } from '../account';
import { answerWith, attempt, no } from '../attempt';

const id = 'i-0aaaaaaaaaaaaaaa1';
const vol = 'vol-0aaaaaaaaaaaaaaa1';
const parameters = { document: 'Acme-GrowFilesystem', version: '2' };

type Described = Parameters<Bench['account']['services']['ec2']['addInstance']>[0];
type Volumes = NonNullable<NonNullable<Described>['volumes']>;

function withFullDisk(
  { volumes, ...instance }: NonNullable<Described> = {},
  chosen: object = {},
  document: object = {},
) {
  const on = bench();
  const { ec2, ssm } = on.account.services;
  ssm.addDocument({ name: 'Acme-GrowFilesystem', type: 'Command', version: '2', ...document });
  const own: Volumes = volumes ?? [{ id: vol, sizeGiB: 40, usedGiB: 38 }];
  ec2.addInstance({ id, volumes: own, ...instance });
  const target = { resource: on.resource('ec2-instance', id), condition: 'volume-full' };
  const volume = () => ec2.volumes.find(vol)!;
  return { ...on, volume, ...attempt(expandEbsVolume, on, target, { ...parameters, ...chosen }) };
}

const grow = ({ account }: Bench, Size: number) => account.call('ec2', 'ModifyVolume', { VolumeId: vol, Size });
const operations = ({ writes }: Bench) => writes().map(({ operation }) => operation);

test('the only volume grows by half, and then its filesystem', async () => {
  const on = withFullDisk();
  expect(await on.plan()).toMatchObject({
    kind: 'planned',
    summary: `grow ${vol} of ${id} from 40 to 60 GiB for good, and its filesystem`,
    touches: [
      { kind: 'volume', id: vol },
      { kind: 'ec2-instance', id },
    ],
    group: 'alone',
  });
  await on.start();
  expect(await on.check()).toEqual({ kind: 'pending', detail: `${vol} grows to 60 GiB` });
  await on.pass(30);
  expect(on.volume()).toMatchObject({ sizeGiB: 60, filesystemGiB: 40 });
  expect(await on.check()).toEqual({ kind: 'continue', detail: `${vol} has 60 GiB: its filesystem must be grown` });
  await on.start();
  await on.pass(70);
  expect(await on.check()).toMatchObject({ kind: 'done' });
  expect(on.volume()).toMatchObject({ sizeGiB: 60, filesystemGiB: 60 });
  expect(operations(on)).toEqual(['ModifyVolume', 'SendCommand']);
});

test.each<[string, object, number]>([
  ['at least', { growByPercent: 1, growByAtLeastGiB: 25 }, 65],
  ['in percent, rounded up', { growByPercent: 33 }, 54],
  ['to twice at the most', { growByPercent: 100 }, 80],
])('it grows %s', async (_, chosen, to) => {
  expect(await withFullDisk({}, chosen).plan()).toMatchObject({ plan: { size: { from: 40, to } } });
});

const several: Volumes = [
  { id: vol, device: '/dev/xvda' },
  { id: 'vol-0aaaaaaaaaaaaaaa2', device: '/dev/sdf' },
];

test('of several volumes it is the one under the device that the policy names', async () => {
  expect(await withFullDisk({ volumes: several }, { device: '/dev/sdf' }).plan()).toMatchObject({
    plan: { volume: 'vol-0aaaaaaaaaaaaaaa2' },
  });
});

test.each<[string, NonNullable<Described>, object, RegExp]>([
  ['several volumes and no device named', { volumes: several }, {}, /has several volumes \(\/dev\/sdf, \/dev\/xvda\)/],
  ['no volume under the device', {}, { device: '/dev/sdf' }, /has no EBS volume under \/dev\/sdf/],
  ['no EBS volume', { instanceStore: true }, {}, /has no EBS volume$/],
  ['an agent that is lost', { agent: 'lost' }, {}, /the agent of i-0aaaaaaaaaaaaaaa1 is ConnectionLost/],
  ['a ceiling below', {}, { ceilingGiB: 59 }, /would have 60 GiB, and the policy's ceiling is 59/],
  [
    'a type that ends below',
    { volumes: [{ id: vol, type: 'standard', sizeGiB: 1_000 }] },
    { ceilingGiB: 2_000 },
    /EBS gives a standard volume 1024 at most/,
  ],
])('with %s nothing grows', async (_, instance, chosen, reason) => {
  expect(await withFullDisk(instance, chosen).plan()).toEqual(no('refused', reason));
});

test('without its document nothing grows: more of a volume alone helps nobody', async () => {
  expect(await withFullDisk({}, {}, { version: '1' }).plan()).toEqual(no('refused', /SSM knows no version 2/));
});

test('a volume that is being modified is waited for, and one that EBS optimizes for hours is refused', async () => {
  const on = withFullDisk({}, { restHours: 0 });
  grow(on, 50);
  expect(await on.plan()).toEqual(no('busy', /is being modified/));
  await on.pass(60);
  expect(await on.plan()).toEqual(no('refused', /EBS still optimizes/));
});

test('a volume that was changed hours ago is left to people: what fills it so soon fills any size', async () => {
  const on = withFullDisk();
  grow(on, 50);
  await on.pass(5 * 3_600);
  expect(await on.plan()).toEqual(no('refused', /was changed in the last 6 hours already/));
  await on.pass(2 * 3_600);
  expect(await on.plan()).toMatchObject({ kind: 'planned' });
});

test('a volume that was changed four times in a day is changed no more', async () => {
  const on = withFullDisk({}, { restHours: 0 });
  const changes = [1, 2, 3, 4].map((hours) => ({
    VolumeId: vol,
    ModificationState: 'completed',
    TargetSize: 40,
    StartTime: new Date(on.clock.now() - hours * 3_600_000),
  }));
  answerWith(on, 'ec2', 'DescribeVolumesModifications', { VolumesModifications: changes });
  expect(await on.plan()).toEqual(no('refused', /was changed 4 times in 24 hours/));
  answerWith(on, 'ec2', 'DescribeVolumesModifications', { VolumesModifications: changes.slice(1) });
  expect(await on.plan()).toMatchObject({ kind: 'planned' });
});

test.each([0, 2])('a volume that is attached %i times is not grown', async (times) => {
  const on = withFullDisk();
  const Attachments = Array.from({ length: times }, () => ({ InstanceId: id, Device: '/dev/xvda' }));
  const Volumes = [{ VolumeId: vol, State: 'in-use', Size: 40, VolumeType: 'gp3', Attachments }];
  answerWith(on, 'ec2', 'DescribeVolumes', { Volumes });
  const trial = attempt(
    expandEbsVolume,
    on,
    { resource: on.resource('volume', vol), condition: 'volume-full' },
    parameters,
  );
  expect(await trial.plan()).toEqual(no('refused', times === 0 ? /attached to no instance/ : /2 instances at once/));
});

test('a change that somebody else made since the plan is respected, before and after', async () => {
  const on = withFullDisk({}, { restHours: 0 });
  await on.plan();
  grow(on, 50);
  expect(await on.start()).toEqual(no('refused', /was changed by others since the plan/));
  await on.pass(3 * 3_600);
  expect(await on.start()).toEqual(no('refused', /was changed by others since the plan/));
  expect(await on.check()).toMatchObject({ kind: 'failed' });
});

test('a change that EBS could not make has failed', async () => {
  const on = withFullDisk();
  on.account.services.ec2.volumes.failNextChange();
  await on.start();
  await on.pass(30);
  expect(await on.check()).toMatchObject({
    kind: 'failed',
    detail: expect.stringMatching(/EBS could not grow vol-0aaaaaaaaaaaaaaa1: The modification failed/) as string,
  });
});

test('an agent that is lost after the volume has grown stops the command, and the volume stays as it is', async () => {
  const on = withFullDisk();
  await on.start();
  await on.pass(30);
  on.account.services.ec2.sicken(id, { kind: 'instance' });
  expect(await on.start()).toEqual(no('refused', /the agent of .* is ConnectionLost/));
});

test('a command that fails has failed', async () => {
  const on = withFullDisk({}, {}, { ends: 'Failed' });
  await on.start();
  await on.pass(30);
  await on.start();
  await on.pass(120);
  expect(await on.check()).toMatchObject({ kind: 'failed' });
});

test('a volume that is gone has failed', async () => {
  const on = withFullDisk();
  await on.start();
  on.account.services.ec2.terminate(id);
  await on.pass(120);
  expect(await on.check()).toEqual({ kind: 'failed', detail: `${vol} no longer exists` });
  expect(await on.start()).toEqual(no('refused', /no longer exists/));
});

test('a policy that names a document of AWS is not taken', () => {
  expect(expandEbsVolume.parameters.safeParse({ ...parameters, document: 'AWS-RunShellScript' }).success).toBe(false);
  expect(expandEbsVolume.parameters.safeParse(parameters).success).toBe(true);
});
