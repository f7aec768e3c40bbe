import { minute, room, second, type Room } from './compute';

const instance = 'i-0aaaaaaaaaaaaaaaa';
const vol = 'vol-0aaaaaaaaaaaaaaaa';
const hour = 60 * minute;

function withVolume(described: object = {}): Room {
  const made = room();
  made.account.services.ec2.addInstance({
    id: instance,
    volumes: [{ id: vol, sizeGiB: 20, usedGiB: 18, tags: { service: 'web' }, ...described }],
  });
  return made;
}

const later = ({ clock }: Room, milliseconds: number) => clock.runUntil(clock.now() + milliseconds);

async function sizeOf({ ec2 }: Room): Promise<number | undefined> {
  return (await ec2.describeVolumes({ VolumeIds: [vol] })).Volumes?.[0]?.Size;
}

async function lastChange({ ec2 }: Room) {
  return (await ec2.describeVolumesModifications({ VolumeIds: [vol] })).VolumesModifications?.[0];
}

const usedPercent = ({ account }: Room, dimensions: Record<string, string> = {}) =>
  account.services.cloudwatch.value({
    namespace: 'CWAgent',
    name: 'disk_used_percent',
    dimensions: { InstanceId: instance, ...dimensions },
  });

test('an instance has one volume unless told, named after it, and shows those that it has', async () => {
  const made = room();
  const { id } = made.account.services.ec2.addInstance();
  const { Reservations } = await made.ec2.describeInstances({ InstanceIds: [id] });
  const VolumeId = `vol-${id.slice(2)}`;
  expect(Reservations?.[0]?.Instances?.[0]?.BlockDeviceMappings).toMatchObject([
    { DeviceName: '/dev/xvda', Ebs: { VolumeId } },
  ]);
  expect((await made.ec2.describeVolumes({ VolumeIds: [VolumeId] })).Volumes).toMatchObject([
    { VolumeId, State: 'in-use', Attachments: [{ InstanceId: id, Device: '/dev/xvda' }] },
  ]);
});

test('a volume ends with its instance', async () => {
  const made = withVolume();
  made.account.services.ec2.terminate(instance);
  await later(made, 2 * minute);
  await expect(sizeOf(made)).rejects.toMatchObject({ name: 'InvalidVolume.NotFound' });
});

test('a change is made within seconds, is optimized for an hour, and is told on the bus', async () => {
  const made = withVolume();
  await made.ec2.modifyVolume({ VolumeId: vol, Size: 40 });
  expect(await lastChange(made)).toMatchObject({ ModificationState: 'modifying', OriginalSize: 20, TargetSize: 40 });
  expect(await sizeOf(made)).toBe(20);
  await later(made, 30 * second);
  expect(await lastChange(made)).toMatchObject({ ModificationState: 'optimizing' });
  expect(await sizeOf(made)).toBe(40);
  await later(made, 2 * hour);
  expect(await lastChange(made)).toMatchObject({ ModificationState: 'completed', Progress: 100 });
  const told = made.events.filter((event) => event['detail-type'] === 'EBS Volume Notification');
  expect(told.map(({ detail }) => detail)).toMatchObject([
    { event: 'modifyVolume', result: 'optimizing' },
    { event: 'modifyVolume', result: 'completed' },
  ]);
});

test('the guest has no more room before its filesystem grows', async () => {
  const made = withVolume();
  expect(usedPercent(made)).toBe(90);
  await made.ec2.modifyVolume({ VolumeId: vol, Size: 40 });
  await later(made, minute);
  expect(usedPercent(made)).toBe(90);
  made.account.services.ec2.volumes.growFilesystems(instance);
  expect(usedPercent(made)).toBe(45);
  expect(usedPercent(made, { path: '/', device: 'nvme0n1p1' })).toBe(45);
  expect(usedPercent(made, { path: '/data' })).toBeUndefined();
});

test('an alarm on the disk follows what fills it', async () => {
  const made = withVolume();
  const { account } = made;
  account.services.cloudwatch.add({
    name: 'disk',
    metric: { namespace: 'CWAgent', name: 'disk_used_percent', dimensions: { InstanceId: instance } },
    comparison: 'GreaterThanThreshold',
    threshold: 95,
    periodSeconds: 60,
    evaluationPeriods: 1,
  });
  account.services.ec2.volumes.fill(vol, 20);
  await later(made, 3 * minute);
  const { MetricAlarms } = account.call('cloudwatch', 'DescribeAlarms', { AlarmNames: ['disk'] }) as {
    MetricAlarms: { StateValue: string }[];
  };
  expect(MetricAlarms[0]?.StateValue).toBe('ALARM');
});

test.each([
  ['that is smaller', 10, {}, 'InvalidParameterValue'],
  ['that its type does not have', 2_000, { type: 'standard' as const }, 'InvalidParameterValue'],
])('a size %s is refused', async (_, Size, described, name) => {
  await expect(withVolume(described).ec2.modifyVolume({ VolumeId: vol, Size })).rejects.toMatchObject({ name });
});

test('a change is refused while the last one is not completed, and a fifth within a day in any case', async () => {
  const made = withVolume();
  for (const Size of [21, 22, 23, 24]) {
    await made.ec2.modifyVolume({ VolumeId: vol, Size });
    await later(made, minute);
    await expect(made.ec2.modifyVolume({ VolumeId: vol, Size: 100 })).rejects.toMatchObject({
      name: 'IncorrectModificationState',
    });
    await later(made, 2 * hour);
  }
  const fifth = () => made.ec2.modifyVolume({ VolumeId: vol, Size: 25 });
  await expect(fifth()).rejects.toMatchObject({ name: 'VolumeModificationRateExceeded' });
  await later(made, 24 * hour);
  await expect(fifth()).resolves.toMatchObject({ VolumeModification: { TargetSize: 25 } });
});

test('a change that fails leaves the size as it was', async () => {
  const made = withVolume();
  made.account.services.ec2.volumes.failNextChange();
  await made.ec2.modifyVolume({ VolumeId: vol, Size: 40 });
  await later(made, minute);
  expect(await lastChange(made)).toMatchObject({ ModificationState: 'failed' });
  expect(await sizeOf(made)).toBe(20);
});

test('the last change of a volume that was never changed is an error, and none by a filter', async () => {
  const made = withVolume();
  await expect(lastChange(made)).rejects.toMatchObject({ name: 'InvalidVolumeModification.NotFound' });
  const Filters = [{ Name: 'volume-id', Values: [vol] }];
  expect((await made.ec2.describeVolumesModifications({ Filters })).VolumesModifications).toEqual([]);
});

test('a snapshot is found by its volume and its tags while it is pending, and is completed in minutes', async () => {
  const made = withVolume();
  const Tags = [{ Key: 'attempt', Value: 'one' }];
  await made.ec2.createSnapshot({ VolumeId: vol, TagSpecifications: [{ ResourceType: 'snapshot', Tags }] });
  const found = async (value: string) => {
    const Filters = [
      { Name: 'volume-id', Values: [vol] },
      { Name: 'tag:attempt', Values: [value] },
    ];
    return (await made.ec2.describeSnapshots({ OwnerIds: ['self'], Filters })).Snapshots;
  };
  expect(await found('one')).toMatchObject([{ State: 'pending', VolumeId: vol, VolumeSize: 20 }]);
  expect(await found('two')).toEqual([]);
  await later(made, 10 * minute);
  expect(await found('one')).toMatchObject([{ State: 'completed' }]);
});

test('the tags of volumes are told beside those of instances', async () => {
  const Filters = [{ Name: 'resource-type', Values: ['volume'] }];
  expect((await withVolume().ec2.describeTags({ Filters })).Tags).toEqual([
    { Key: 'service', Value: 'web', ResourceId: vol, ResourceType: 'volume' },
  ]);
});
