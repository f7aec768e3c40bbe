import { EFS } from '@aws-sdk/client-efs';
import { EC2 } from '@aws-sdk/client-ec2';
import { connect } from '../../simulator/connect';
import type { FileSystemInput } from '../../simulator/elasticfilesystem/file-system';
import { minute, room } from './compute';

const id = 'fs-0123456789abcdef0';
const FileSystemId = id;

function withFileSystem(described: Partial<FileSystemInput> = {}) {
  const made = room();
  const efs = new EFS({ region: 'us-east-1' });
  connect(efs, 'elasticfilesystem', made.account);
  const ec2 = new EC2({ region: 'us-east-1' });
  connect(ec2, 'ec2', made.account);
  const { elasticfilesystem: own, cloudwatch } = made.account.services;
  own.add({ id, mountTargets: [{ zone: 'us-east-1a' }], ...described });
  const metric = (name: string) => cloudwatch.value({ namespace: 'AWS/EFS', name, dimensions: { FileSystemId: id } });
  const mib = (name: string) => Math.round((metric(name) ?? NaN) / 1024 ** 2);
  const one = async () => (await efs.describeFileSystems({ FileSystemId })).FileSystems?.[0];
  return { ...made, efs, ec2, own, metric, mib, one };
}

test('credits are used up by what is moved above the baseline, and come back below it', async () => {
  const { own, clock, mib } = withFileSystem({ sizeGiB: 1_024, credits: 3_000 });
  expect([mib('PermittedThroughput'), mib('MeteredIOBytes')]).toEqual([100, 60]);
  own.setLoad(id, 60);
  await clock.runUntil(clock.now() + 4 * minute);
  expect([mib('BurstCreditBalance'), mib('PermittedThroughput')]).toEqual([600, 100]);
  await clock.runUntil(clock.now() + 2 * minute);
  expect([mib('BurstCreditBalance'), mib('PermittedThroughput'), mib('MeteredIOBytes')]).toEqual([0, 50, 3_000]);
  own.setLoad(id, 40);
  await clock.runUntil(clock.now() + minute);
  expect(mib('BurstCreditBalance')).toBe(600);
});

test('its mode changes within a minute, and once a day', async () => {
  const { efs, clock, one, mib } = withFileSystem({ load: 200, credits: 0 });
  await efs.updateFileSystem({ FileSystemId, ThroughputMode: 'provisioned', ProvisionedThroughputInMibps: 20 });
  expect((await one())?.LifeCycleState).toBe('updating');
  await expect(efs.updateFileSystem({ FileSystemId, ThroughputMode: 'elastic' })).rejects.toMatchObject({
    name: 'IncorrectFileSystemLifeCycleState',
  });
  await clock.runUntil(clock.now() + minute);
  expect(await one()).toMatchObject({ LifeCycleState: 'available', ProvisionedThroughputInMibps: 20 });
  expect(mib('PermittedThroughput')).toBe(20);
  for (const change of [
    { ThroughputMode: 'elastic' as const },
    { ThroughputMode: 'provisioned' as const, ProvisionedThroughputInMibps: 10 },
  ]) {
    await expect(efs.updateFileSystem({ FileSystemId, ...change })).rejects.toMatchObject({ name: 'TooManyRequests' });
  }
  await efs.updateFileSystem({ FileSystemId, ThroughputMode: 'provisioned', ProvisionedThroughputInMibps: 50 });
  await clock.runUntil(clock.now() + 24 * 60 * minute);
  await efs.updateFileSystem({ FileSystemId, ThroughputMode: 'elastic' });
  await clock.runUntil(clock.now() + minute);
  expect(mib('MeteredIOBytes')).toBe(200 * 60);
});

test('an elastic one has no balance of credits', () => {
  expect(withFileSystem({ mode: 'elastic' }).metric('BurstCreditBalance')).toBeUndefined();
});

test.each<[string, Partial<FileSystemInput>, object, string]>([
  ['too much', {}, { ThroughputMode: 'provisioned', ProvisionedThroughputInMibps: 2_000 }, 'ThroughputLimitExceeded'],
  ['no amount', {}, { ThroughputMode: 'provisioned' }, 'BadRequest'],
  ['an amount without the mode', {}, { ThroughputMode: 'elastic', ProvisionedThroughputInMibps: 5 }, 'BadRequest'],
  ['elastic for Max I/O', { performance: 'maxIO' }, { ThroughputMode: 'elastic' }, 'BadRequest'],
  ['no mode that there is', {}, { ThroughputMode: 'fast' }, 'BadRequest'],
])('%s is refused', async (_, described, change, name) => {
  const { efs } = withFileSystem(described);
  await expect(efs.updateFileSystem({ FileSystemId, ...change })).rejects.toMatchObject({ name });
});

test('a mount target is made within two minutes, and lets the clients of its zone in by its groups', async () => {
  const { efs, own, clock, metric, account } = withFileSystem();
  expect(metric('ClientConnections')).toBe(10);
  own.befall({ id, unmount: 'us-east-1a' });
  expect(metric('ClientConnections')).toBe(0);
  own.befall({ id, mount: 'us-east-1a' });
  own.befall({ id, mount: 'us-east-1a' });
  expect([own.isReached(id), metric('ClientConnections')]).toEqual([true, 10]);
  own.befall({ id, unmount: 'us-east-1a' });
  const subnet = account.services.ec2.network.subnetFor('us-east-1a');
  const SecurityGroups = ['sg-0f11e5000000f11e5'];
  const made = await efs.createMountTarget({ FileSystemId, SubnetId: subnet.id, SecurityGroups });
  expect(made).toMatchObject({ LifeCycleState: 'creating', AvailabilityZoneName: 'us-east-1a', SubnetId: subnet.id });
  await clock.runUntil(clock.now() + 2 * minute);
  expect(metric('ClientConnections')).toBe(10);
  await efs.modifyMountTargetSecurityGroups({ MountTargetId: made.MountTargetId, SecurityGroups: ['sg-other'] });
  expect(metric('ClientConnections')).toBe(0);
});

test.each<[string, Partial<FileSystemInput>, string, number, string]>([
  ['a second one in a zone', {}, 'us-east-1a', 9, 'MountTargetConflict'],
  ['one in a subnet without addresses', {}, 'us-east-1b', 0, 'NoFreeAddressesInSubnet'],
  ['one outside the only zone', { zone: 'us-east-1a' }, 'us-east-1b', 9, 'AvailabilityZonesMismatch'],
  ['one of what is not available', { status: 'error' }, 'us-east-1b', 9, 'IncorrectFileSystemLifeCycleState'],
])('%s is refused', async (_, described, zone, freeAddresses, name) => {
  const { efs, account } = withFileSystem(described);
  const { id: SubnetId } = account.services.ec2.addSubnet({ id: 'subnet-1', zone, freeAddresses });
  await expect(efs.createMountTarget({ FileSystemId, SubnetId })).rejects.toMatchObject({ name });
});

test('a mount target that is being made keeps its groups', async () => {
  const { efs, account } = withFileSystem();
  const { id: SubnetId } = account.services.ec2.addSubnet({ id: 'subnet-1', zone: 'us-east-1b' });
  const { MountTargetId } = await efs.createMountTarget({ FileSystemId, SubnetId });
  await expect(efs.modifyMountTargetSecurityGroups({ MountTargetId, SecurityGroups: ['sg-1'] })).rejects.toMatchObject({
    name: 'IncorrectMountTargetState',
  });
});

test('mistakes in a description of what befalls are told', () => {
  const { own } = withFileSystem();
  expect(() => {
    own.befall({ id, unmount: 'us-east-1c' });
  }).toThrow('has no mount target in us-east-1c');
  expect(() => {
    own.befall({ id, regroup: 'us-east-1c', securityGroups: ['sg-1'] });
  }).toThrow('no mount target');
  expect(() => {
    own.setLoad('fs-none', 1);
  }).toThrow("'fs-none' does not exist");
});

test('what does not exist is told by its name', async () => {
  const { efs, ec2, own } = withFileSystem();
  await expect(efs.describeFileSystems({ FileSystemId: 'fs-00000000' })).rejects.toMatchObject({
    name: 'FileSystemNotFound',
  });
  await expect(efs.createMountTarget({ FileSystemId, SubnetId: 'subnet-none' })).rejects.toMatchObject({
    name: 'SubnetNotFound',
  });
  await expect(
    efs.modifyMountTargetSecurityGroups({ MountTargetId: 'fsmt-none', SecurityGroups: [] }),
  ).rejects.toMatchObject({ name: 'MountTargetNotFound' });
  await expect(ec2.describeNetworkInterfaces({ NetworkInterfaceIds: ['eni-none'] })).rejects.toMatchObject({
    name: 'InvalidNetworkInterfaceID.NotFound',
  });
  expect((await ec2.describeNetworkInterfaces({})).NetworkInterfaces).toHaveLength(1);
  expect([own.holds(id), own.holds('fs-none')]).toEqual([true, false]);
});
