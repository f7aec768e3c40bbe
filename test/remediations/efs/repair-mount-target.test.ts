import { repairMountTarget } from '../../../remediations/efs/repair-mount-target';
import type { FileSystemInput } from '../../../simulator/elasticfilesystem/file-system';
import { bench } from '../account';
import { answerWith, attempt, no } from '../attempt';
import { mounted, type Befalls } from './mounted';

const id = 'fs-0123456789abcdef0';
const [a, b, c] = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];
const good = 'sg-0f11e5000000f11e5';
const bad = ['sg-00000000000000bad'];

/** A file system that is mounted in three zones, and what befalls it. */
function afterwards(happenings: readonly Befalls[], described: Partial<FileSystemInput> = {}) {
  const on = bench();
  const resource = mounted(on, described);
  const befall = (one: Befalls) => {
    on.account.services.elasticfilesystem.befall({ id, ...one });
  };
  happenings.forEach(befall);
  return { ...on, befall, ...attempt(repairMountTarget, on, { resource, condition: 'file-system-unreachable' }) };
}

test('a missing mount target is made in the subnet that the tag names, with the groups that it names', async () => {
  const { plan, start, check, writes, pass } = afterwards([{ unmount: b }]);
  expect(await plan()).toMatchObject({
    summary: `make ${id} mountable in ${b} as its tags say: there is no mount target in ${b}`,
  });
  await start();
  expect(writes()).toMatchObject([
    {
      operation: 'CreateMountTarget',
      input: { FileSystemId: id, SubnetId: 'subnet-b0000001', SecurityGroups: [good] },
    },
  ]);
  expect(await check()).toMatchObject({
    kind: 'pending',
    detail: expect.stringMatching(/in eu-central-1b is creating/) as string,
  });
  await pass(90);
  expect(await check()).toMatchObject({ kind: 'done' });
});

test('without a tag for the groups it gets those that all the others have', async () => {
  const tags = { 'homeostat:mount-subnets': 'subnet-a0000001 subnet-b0000001 subnet-c0000001' };
  const { start, writes } = afterwards([{ unmount: b }], { tags });
  await start();
  expect(writes()).toMatchObject([{ input: { SecurityGroups: [good] } }]);
  const apart = afterwards([{ unmount: b }, { regroup: a, securityGroups: bad }], { tags });
  expect(await apart.plan()).toEqual(
    no('refused', /no tag homeostat:mount-groups says .* its mount targets do not agree/),
  );
});

test('a mount target in another subnet of the zone will do, since a zone has one for all', async () => {
  const tags = { 'homeostat:mount-subnets': 'subnet-b0000002' };
  const on = afterwards([], { tags });
  on.account.services.ec2.addSubnet({ id: 'subnet-b0000002', zone: b });
  expect(await on.plan()).toEqual(no('refused', /mounted where its tags say: look at routes/));
});

test('several are put right one after the other', async () => {
  const { plan, start, check, writes, pass } = afterwards([{ unmount: b }, { regroup: a, securityGroups: bad }]);
  expect(await plan()).toMatchObject({ kind: 'planned' });
  await start();
  await pass(90);
  expect(await check()).toEqual({
    kind: 'continue',
    detail: `1 of 2 steps are done: how ${id} is mounted is not yet as planned`,
  });
  await start();
  expect(await check()).toEqual({ kind: 'done', detail: `how ${id} is mounted is as planned` });
  expect(writes().map(({ operation }) => operation)).toEqual(['CreateMountTarget', 'ModifyMountTargetSecurityGroups']);
});

test.each<[string, readonly Befalls[], Partial<FileSystemInput>, RegExp]>([
  ['whose tags say nothing', [{ unmount: b }], { tags: {} }, /no tag homeostat:mount-subnets says in which subnets/],
  ['that is broken', [{ unmount: b }], { status: 'error' }, /is error: EFS changes only/],
  [
    'that is kept in one zone only',
    [{ unmount: b }],
    { zone: a },
    /is kept in eu-central-1a only, and subnet-b0000001 is in/,
  ],
  ['that is mounted as its tags say', [], {}, /is mounted where its tags say/],
])('a file system %s is left alone', async (_, happenings, described, reason) => {
  const { plan, writes } = afterwards(happenings, described);
  expect(await plan()).toEqual(no('refused', reason));
  expect(writes()).toEqual([]);
});

test('a subnet without free addresses takes none', async () => {
  const on = afterwards([{ unmount: c }]);
  on.account.services.ec2.addSubnet({ id: 'subnet-c0000001', zone: c, freeAddresses: 0 });
  expect(await on.plan()).toEqual(no('refused', /subnet-c0000001 in eu-central-1c has no free address/));
});

test('what EFS calls broken is for people to delete', async () => {
  const mountTargets = [{ zone: a, securityGroups: [good], state: 'error' as const }];
  expect(await afterwards([], { mountTargets }).plan()).toEqual(
    no('refused', /in the state error: people have to delete it first/),
  );
});

test('a mount target that EFS could not finish has not repaired anything', async () => {
  const on = afterwards([{ unmount: b }]);
  await on.start();
  const { operations } = on.account.services.elasticfilesystem;
  const { MountTargets = [] } = operations.DescribeMountTargets({ FileSystemId: id });
  const answer = MountTargets.map((one) =>
    one.AvailabilityZoneName === b ? { ...one, LifeCycleState: 'error' as const } : one,
  );
  answerWith(on, 'elasticfilesystem', 'DescribeMountTargets', { MountTargets: answer });
  expect(await on.check()).toEqual({
    kind: 'failed',
    detail: expect.stringMatching(/in eu-central-1b is in the state error: people have to delete it first/) as string,
  });
});

test('a subnet that does not exist is a refusal, and so is one that EC2 says nothing about', async () => {
  const tags = { 'homeostat:mount-subnets': 'subnet-00000404' };
  await expect(afterwards([], { tags }).plan()).rejects.toThrow(/does not exist/);
  const silent = afterwards([{ unmount: b }]);
  answerWith(silent, 'ec2', 'DescribeSubnets', { Subnets: [] });
  await expect(silent.plan()).rejects.toThrow(/EC2 answered nothing about subnet-a0000001/);
});

test('groups that others have set meanwhile stay so; a mount target that others have made will do', async () => {
  const changed = afterwards([{ regroup: a, securityGroups: bad }]);
  await changed.plan();
  changed.befall({ regroup: a, securityGroups: ['sg-0000000000000other'] });
  expect(await changed.start()).toEqual(no('refused', /is mounted was changed by others/));
  expect(await changed.check()).toMatchObject({
    kind: 'failed',
    detail: expect.stringMatching(/changed by others/) as string,
  });
  changed.befall({ unmount: a });
  expect(await changed.check()).toMatchObject({ kind: 'failed' });
  const made = afterwards([{ unmount: b }]);
  await made.plan();
  made.account.services.elasticfilesystem.operations.CreateMountTarget({
    FileSystemId: id,
    SubnetId: 'subnet-b0000001',
  });
  expect(await made.start()).toEqual({ kind: 'started' });
  expect([...changed.writes(), ...made.writes()]).toEqual([]);
});

test('one that is gone is left', async () => {
  const on = afterwards([{ unmount: b }]);
  await on.plan();
  answerWith(
    on,
    'elasticfilesystem',
    'DescribeFileSystems',
    Object.assign(new Error('gone'), { name: 'FileSystemNotFound' }),
  );
  expect(await on.start()).toEqual(no('refused', /no longer exists/));
  expect(await on.check()).toEqual({ kind: 'failed', detail: `${id} no longer exists` });
});
