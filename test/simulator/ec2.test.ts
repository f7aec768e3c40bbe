import { announceRetirement } from '../../simulator/health';
import { minute, room, second, type Room } from './compute';

const a = 'i-0aaaaaaaaaaaaaaaa';
const b = 'i-0bbbbbbbbbbbbbbbb';

function withInstances(): Room {
  const made = room();
  made.account.services.ec2.addInstance({ id: a, tags: { service: 'web', Name: 'a' } });
  made.account.services.ec2.addInstance({ id: b, zone: 'us-east-1b', tags: { service: 'jobs' } });
  return made;
}

async function stateOf({ ec2 }: Room, id: string): Promise<string | undefined> {
  const { Reservations } = await ec2.describeInstances({ InstanceIds: [id] });
  return Reservations?.[0]?.Instances?.[0]?.State?.Name;
}

describe('looking', () => {
  test('an empty list of ids means all instances, page after page', async () => {
    const { account, ec2 } = withInstances();
    account.pageSize = 1;
    const first = await ec2.describeInstances({ InstanceIds: [] });
    expect(first.Reservations?.[0]?.Instances?.[0]?.InstanceId).toBe(a);
    const second_ = await ec2.describeInstances({ NextToken: first.NextToken });
    expect(second_.Reservations?.[0]?.Instances?.[0]?.InstanceId).toBe(b);
    expect(second_.NextToken).toBeUndefined();
  });

  test.each([
    [{ Name: 'tag:service', Values: ['web'] }, [a]],
    [{ Name: 'tag:service', Values: ['w*', 'j?bs'] }, [a, b]],
    [{ Name: 'availability-zone', Values: ['us-east-1b'] }, [b]],
    [{ Name: 'tag-key', Values: ['Name'] }, [a]],
    [{ Name: 'instance-state-name', Values: ['stopped'] }, []],
  ])('the filter %j finds %j', async (filter, ids) => {
    const { ec2 } = withInstances();
    const { Reservations } = await ec2.describeInstances({ Filters: [filter] });
    expect(Reservations?.map(({ Instances }) => Instances?.[0]?.InstanceId)).toEqual(ids);
  });

  test('what an operator must know before a stop is shown', async () => {
    const { account, ec2 } = room();
    account.services.ec2.addInstance({
      id: a,
      lifecycle: 'spot',
      instanceStore: true,
      tenancy: 'host',
      publicAddress: 'elastic',
    });
    const { Reservations } = await ec2.describeInstances({ InstanceIds: [a] });
    expect(Reservations?.[0]?.Instances?.[0]).toMatchObject({
      InstanceLifecycle: 'spot',
      RootDeviceType: 'instance-store',
      BlockDeviceMappings: [],
      Placement: { Tenancy: 'host', AvailabilityZone: 'us-east-1a', AvailabilityZoneId: 'use1-az1' },
      NetworkInterfaces: [{ Association: { IpOwnerId: '123456789012' } }],
    });
  });

  test('the status of what does not run is shown only when asked for', async () => {
    const { account, ec2 } = withInstances();
    account.services.ec2.addInstance({ id: 'i-0cccccccccccccccc', state: 'stopped' });
    const running = await ec2.describeInstanceStatus({});
    expect(running.InstanceStatuses).toHaveLength(2);
    const all = await ec2.describeInstanceStatus({ InstanceIds: ['i-0cccccccccccccccc'], IncludeAllInstances: true });
    expect(all.InstanceStatuses?.[0]).toMatchObject({
      InstanceState: { Name: 'stopped' },
      SystemStatus: { Status: 'not-applicable' },
    });
  });

  test('a sick host fails the system check, and a sick guest the other one', async () => {
    const { account, ec2 } = withInstances();
    account.services.ec2.sicken(a, { kind: 'system' });
    account.services.ec2.sicken(b, { kind: 'instance' });
    const { InstanceStatuses } = await ec2.describeInstanceStatus({ InstanceIds: [a, b] });
    expect(
      InstanceStatuses?.map(({ SystemStatus, InstanceStatus }) => [SystemStatus?.Status, InstanceStatus?.Status]),
    ).toEqual([
      ['impaired', 'ok'],
      ['ok', 'impaired'],
    ]);
  });

  test('tags, subnets and zones can be read', async () => {
    const { ec2 } = withInstances();
    const { Tags } = await ec2.describeTags({ Filters: [{ Name: 'resource-id', Values: [b] }] });
    expect(Tags).toEqual([{ Key: 'service', Value: 'jobs', ResourceId: b, ResourceType: 'instance' }]);
    const { Subnets } = await ec2.describeSubnets({ Filters: [{ Name: 'availability-zone', Values: ['us-east-1b'] }] });
    expect(Subnets?.[0]).toMatchObject({ AvailableIpAddressCount: 4_000, AvailabilityZoneId: 'use1-az2' });
    const { AvailabilityZones } = await ec2.describeAvailabilityZones({});
    expect(AvailabilityZones?.map(({ ZoneName }) => ZoneName)).toEqual(['us-east-1a', 'us-east-1b', 'us-east-1c']);
  });
});

describe('acting', () => {
  test('a reboot sends no event, and the checks settle after two minutes', async () => {
    const { clock, ec2, heard, settle } = withInstances();
    await ec2.rebootInstances({ InstanceIds: [a] });
    await settle();
    expect(heard()).toEqual([]);
    expect(clock.now()).toBe(Date.parse('2026-03-02T10:02:00Z'));
  });

  test('the status check of a rebooted instance fails until the checks have settled', async () => {
    const { account, clock, ec2 } = withInstances();
    const failed = (): number | undefined =>
      account.services.cloudwatch.value({
        namespace: 'AWS/EC2',
        name: 'StatusCheckFailed',
        dimensions: { InstanceId: a },
      });
    account.services.ec2.sicken(a, { kind: 'instance' });
    await ec2.rebootInstances({ InstanceIds: [a] });
    await clock.runUntil(clock.now() + 2 * minute - 1);
    expect(failed()).toBe(1);
    await clock.runUntil(clock.now() + 1);
    expect(failed()).toBe(0);
  });

  test('an instance that is not stopped gently stops by force', async () => {
    const made = room();
    made.account.services.ec2.addInstance({ id: a, stopsOnlyByForce: true });
    await made.ec2.stopInstances({ InstanceIds: [a] });
    await made.settle();
    expect(await stateOf(made, a)).toBe('stopping');
    await made.ec2.stopInstances({ InstanceIds: [a], Force: true });
    await made.settle();
    expect(await stateOf(made, a)).toBe('stopped');
  });

  test('a stopped instance that is stopped again stays as it is', async () => {
    const { ec2, account, clock } = room();
    account.services.ec2.addInstance({ id: a, state: 'stopped' });
    const { StoppingInstances } = await ec2.stopInstances({ InstanceIds: [a] });
    expect(StoppingInstances?.[0]).toMatchObject({
      PreviousState: { Name: 'stopped' },
      CurrentState: { Name: 'stopped' },
    });
    expect(clock.nextAt()).toBeUndefined();
  });

  test('a stop and a start end a retirement, change an ephemeral address and keep an elastic one', async () => {
    const { account, ec2, settle, events } = room();
    account.services.ec2.addInstance({ id: a, publicAddress: 'ephemeral' });
    account.services.ec2.addInstance({ id: b, publicAddress: 'elastic' });
    announceRetirement(account, [a, b]);
    await settle();
    expect(events[0]).toMatchObject({ source: 'aws.health', resources: [a, b] });
    const before = await ec2.describeInstanceStatus({ InstanceIds: [a] });
    expect(before.InstanceStatuses?.[0]?.Events?.[0]).toMatchObject({
      Code: 'instance-retirement',
      NotBefore: new Date('2026-03-16T10:00:00Z'),
    });
    const addresses = (): (string | undefined)[] => [a, b].map((id) => account.services.ec2.instance(id)?.publicIp);
    const [ephemeral, elastic] = addresses();
    await ec2.stopInstances({ InstanceIds: [a, b] });
    await settle();
    await ec2.startInstances({ InstanceIds: [a, b] });
    await settle();
    expect(addresses()).toEqual([expect.not.stringMatching(String(ephemeral)), elastic]);
    const after = await ec2.describeInstanceStatus({ InstanceIds: [a] });
    expect(after.InstanceStatuses?.[0]?.Events).toEqual([]);
  });

  test('a cure that is not among those that help changes nothing', async () => {
    const { account, ec2, settle } = withInstances();
    account.services.ec2.sicken(a, { kind: 'application', curedBy: ['runbook'] });
    await ec2.rebootInstances({ InstanceIds: [a] });
    await settle();
    expect(account.services.ec2.instance(a)?.sicknesses.has('application')).toBe(true);
    account.services.ec2.applyCure(a, 'runbook');
    expect(account.services.ec2.instance(a)?.sicknesses.size).toBe(0);
  });

  test('an ended instance can be seen for an hour and is unknown afterwards', async () => {
    const made = withInstances();
    await made.ec2.terminateInstances({ InstanceIds: [a] });
    await made.settle();
    expect(await stateOf(made, a)).toBe('terminated');
    await made.clock.runUntil(made.clock.now() + 61 * minute);
    await expect(stateOf(made, a)).rejects.toMatchObject({ name: 'InvalidInstanceID.NotFound' });
  });

  test('a zone without capacity leaves a stopped instance down until there is some', async () => {
    const made = room();
    const { account, ec2, settle } = made;
    account.services.ec2.addInstance({ id: a, state: 'stopped' });
    account.services.ec2.network.exhaust('us-east-1a');
    await expect(ec2.startInstances({ InstanceIds: [a] })).rejects.toMatchObject({
      name: 'InsufficientInstanceCapacity',
    });
    expect(await stateOf(made, a)).toBe('stopped');
    account.services.ec2.network.replenish('us-east-1a');
    await ec2.startInstances({ InstanceIds: [a] });
    await settle();
    expect(await stateOf(made, a)).toBe('running');
  });

  test('a Spot instance that AWS takes back is warned of two minutes ahead', async () => {
    const { account, clock, heard, settle } = withInstances();
    account.services.ec2.interruptSpot(a);
    await clock.runUntil(clock.now() + 10 * second);
    expect(heard()).toEqual([`EC2 Spot Instance Interruption Warning ${a}`]);
    await settle();
    expect(heard().at(-1)).toBe(`EC2 Instance State-change Notification ${a} terminated`);
  });
});

describe('refusals have the names that AWS gives them', () => {
  test.each([
    ['an unknown id', 'i-0ffffffffffffffff', 'InvalidInstanceID.NotFound'],
    ['what is no id', 'web-1', 'InvalidInstanceID.Malformed'],
  ])('%s', async (_what, id, name) => {
    const { ec2 } = withInstances();
    await expect(ec2.describeInstanceStatus({ InstanceIds: [a, id] })).rejects.toMatchObject({ name });
    await expect(ec2.rebootInstances({ InstanceIds: [id] })).rejects.toMatchObject({ name });
  });

  test.each([
    [{ stopProtected: true }, 'OperationNotPermitted'],
    [{ instanceStore: true }, 'UnsupportedOperation'],
    [{ lifecycle: 'spot' as const }, 'UnsupportedOperation'],
  ])('an instance described as %j is not stopped', async (described, name) => {
    const { account, ec2, clock } = room();
    account.services.ec2.addInstance({ id: a, ...described });
    await expect(ec2.stopInstances({ InstanceIds: [a] })).rejects.toMatchObject({ name });
    expect(clock.nextAt()).toBeUndefined();
  });

  test('a protected instance is not ended, and both protections can be read', async () => {
    const { account, ec2 } = room();
    account.services.ec2.addInstance({ id: a, protected: true, stopProtected: true });
    await expect(ec2.terminateInstances({ InstanceIds: [a] })).rejects.toMatchObject({ name: 'OperationNotPermitted' });
    const stop = await ec2.describeInstanceAttribute({ InstanceId: a, Attribute: 'disableApiStop' });
    const end = await ec2.describeInstanceAttribute({ InstanceId: a, Attribute: 'disableApiTermination' });
    expect([stop.DisableApiStop?.Value, end.DisableApiTermination?.Value]).toEqual([true, true]);
  });

  test('a stopped instance is not rebooted', async () => {
    const { account, ec2 } = room();
    account.services.ec2.addInstance({ id: a, state: 'stopped' });
    await expect(ec2.rebootInstances({ InstanceIds: [a] })).rejects.toMatchObject({ name: 'IncorrectInstanceState' });
  });

  test('ids and a page size do not go together, nor does a filter that there is not', async () => {
    const { ec2 } = withInstances();
    await expect(ec2.describeInstances({ InstanceIds: [a], MaxResults: 5 })).rejects.toMatchObject({
      name: 'InvalidParameterCombination',
    });
    await expect(ec2.describeInstances({ Filters: [{ Name: 'colour', Values: ['red'] }] })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
    await expect(ec2.describeInstances({ NextToken: 'guess' })).rejects.toMatchObject({ name: 'InvalidNextToken' });
  });

  test('a dry run changes nothing', async () => {
    const { ec2, clock } = withInstances();
    await expect(ec2.rebootInstances({ InstanceIds: [a], DryRun: true })).rejects.toMatchObject({
      name: 'DryRunOperation',
    });
    expect(clock.nextAt()).toBeUndefined();
  });
});
