import type { FileSystemInput } from '../../../simulator/elasticfilesystem/file-system';
import { fileSystemVitals } from '../../../vitals/efs/file-system-vitals';
import { bench } from '../../remediations/account';
import { answerWith, unknown } from '../../remediations/attempt';
import { mounted, type Befalls } from '../../remediations/efs/mounted';

const id = 'fs-0123456789abcdef0';

function fileSystem(described: Partial<FileSystemInput> = {}, happening?: Befalls) {
  const on = bench();
  const resource = mounted(on, described);
  if (happening) on.account.services.elasticfilesystem.befall({ id, ...happening });
  const health = (condition: string) => fileSystemVitals.health(resource, condition, on.aws);
  return { ...on, fileSystem: resource, health };
}

test('one with credits is well, however much it moves', async () => {
  expect(await fileSystem({ load: 60 }).health('file-system-throttled')).toEqual({
    kind: 'healthy',
    detail: `${id} moves 60 of 100 MiB/s that it may`,
  });
});

test.each<[string, Partial<FileSystemInput>, string]>([
  ['without credits', { load: 60, credits: 0 }, `${id} moves 4.9 of 4.9 MiB/s that it may`],
  ['that moves all that is provisioned', { load: 60, mode: 'provisioned', provisioned: 30 }, `${id} moves 30 of 30`],
])('one %s is throttled', async (_, described, detail) => {
  expect(await fileSystem(described).health('file-system-throttled')).toEqual({
    kind: 'unhealthy',
    detail: expect.stringContaining(detail) as string,
  });
});

test('throughput that CloudWatch does not tell is unknown', async () => {
  const on = fileSystem();
  answerWith(on, 'cloudwatch', 'GetMetricData', { MetricDataResults: [] });
  expect(await on.health('file-system-throttled')).toMatchObject({ kind: 'unknown' });
});

test('one that is mounted where its tags say is well', async () => {
  expect(await fileSystem().health('file-system-unreachable')).toEqual({
    kind: 'healthy',
    detail: `${id} has a mount target in eu-central-1a and eu-central-1b and eu-central-1c`,
  });
});

test.each<[string, Partial<FileSystemInput>, Befalls | undefined, string]>([
  ['that lacks a mount target', {}, { unmount: 'eu-central-1b' }, 'there is no mount target in eu-central-1b'],
  [
    'that has other security groups than it should',
    {},
    { regroup: 'eu-central-1a', securityGroups: ['sg-2', 'sg-1'] },
    'the mount target in eu-central-1a has the security groups sg-1 and sg-2',
  ],
  [
    'whose mount target is broken',
    { mountTargets: [{ id: 'fsmt-1', zone: 'eu-central-1a', state: 'error' }], tags: {} },
    undefined,
    'the mount target fsmt-1 in eu-central-1a is in the state error',
  ],
  ['without any', { mountTargets: [], tags: {} }, undefined, 'has no mount target at all'],
])('one %s cannot be mounted as it should', async (_, described, happening, detail) => {
  expect(await fileSystem(described, happening).health('file-system-unreachable')).toEqual({
    kind: 'unhealthy',
    detail: expect.stringContaining(detail) as string,
  });
});

test('one in the state error is unhealthy, whatever is asked; one that is available is not', async () => {
  expect(await fileSystem({ status: 'error' }).health('data-lost')).toMatchObject({ kind: 'unhealthy' });
  expect(await fileSystem().health('data-lost')).toMatchObject({ kind: 'healthy' });
});

test('one that is gone is gone, and has no tags, place or work', async () => {
  const on = fileSystem();
  answerWith(on, 'elasticfilesystem', 'DescribeFileSystems', unknown('FileSystemNotFound'));
  expect(await on.health('file-system-throttled')).toMatchObject({ kind: 'gone' });
  expect(await fileSystemVitals.tags(on.fileSystem, on.aws)).toEqual({});
  expect(await fileSystemVitals.place(on.fileSystem, on.aws)).toEqual({ groups: [] });
  expect(await fileSystemVitals.busy?.(on.fileSystem, on.aws)).toBeUndefined();
});

test('one that is being deleted is gone', async () => {
  const on = fileSystem();
  const { FileSystems = [] } = on.account.services.elasticfilesystem.operations.DescribeFileSystems({});
  const deleting = FileSystems.map((each) => ({ ...each, LifeCycleState: 'deleting' }));
  answerWith(on, 'elasticfilesystem', 'DescribeFileSystems', { FileSystems: deleting });
  expect(await on.health('file-system-throttled')).toMatchObject({ kind: 'gone' });
});

test.each([{ FileSystems: [] }, { FileSystems: [{ FileSystemId: id }] }])(
  'an answer without sense is unknown: %j',
  async (answer) => {
    const on = fileSystem();
    answerWith(on, 'elasticfilesystem', 'DescribeFileSystems', answer);
    expect(await on.health('file-system-throttled')).toMatchObject({ kind: 'unknown' });
    await expect(fileSystemVitals.tags(on.fileSystem, on.aws)).rejects.toThrow();
  },
);

test('a mount target without sense is unknown', async () => {
  const on = fileSystem();
  answerWith(on, 'elasticfilesystem', 'DescribeMountTargets', { MountTargets: [{ MountTargetId: 'fsmt-1' }] });
  expect(await on.health('file-system-unreachable')).toMatchObject({
    kind: 'unknown',
    detail: expect.stringContaining('without id, zone or state') as string,
  });
});

test('one that is about to go does not count', async () => {
  const on = fileSystem({ tags: {} });
  const going = { MountTargetId: 'fsmt-1', AvailabilityZoneName: 'eu-central-1a', LifeCycleState: 'deleting' };
  answerWith(on, 'elasticfilesystem', 'DescribeMountTargets', { MountTargets: [going] });
  expect(await on.health('file-system-unreachable')).toMatchObject({ detail: `${id} has no mount target at all` });
});

test('mount targets are read page by page', async () => {
  const on = fileSystem({}, { unmount: 'eu-central-1c' });
  on.account.pageSize = 1;
  expect(await on.health('file-system-unreachable')).toMatchObject({
    kind: 'unhealthy',
    detail: `${id}: there is no mount target in eu-central-1c`,
  });
});

test('its tags and its only zone are told, and what EFS does to it', async () => {
  const on = fileSystem({ zone: 'eu-central-1a', tags: { a: 'b' } });
  expect(await fileSystemVitals.tags(on.fileSystem, on.aws)).toEqual({ a: 'b' });
  expect(await fileSystemVitals.place(on.fileSystem, on.aws)).toEqual({ zone: 'eu-central-1a', groups: [] });
  expect(await fileSystemVitals.busy?.(on.fileSystem, on.aws)).toBeUndefined();
  on.account.services.elasticfilesystem.putToWork(id, 5);
  expect(await fileSystemVitals.busy?.(on.fileSystem, on.aws)).toBe(`the file system ${id} is updating`);
});

test('a mount target that is being made is work', async () => {
  const on = fileSystem({}, { unmount: 'eu-central-1b' });
  on.account.services.elasticfilesystem.operations.CreateMountTarget({ FileSystemId: id, SubnetId: 'subnet-b0000001' });
  expect(await fileSystemVitals.busy?.(on.fileSystem, on.aws)).toMatch(
    /^the mount target .* in eu-central-1b is creating$/,
  );
});
