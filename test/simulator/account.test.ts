import { EC2 } from '@aws-sdk/client-ec2';
import { VirtualClock } from '../../simulator/clock';
import { connect } from '../../simulator/connect';
import type { Call } from '../../simulator/ledger';
import { Refusal } from '../../simulator/refusal';
import { World } from '../../simulator/world';
import { room, start } from './compute';

const id = 'i-0aaaaaaaaaaaaaaaa';

test('an operation that nobody wrote fails by its name and says where it belongs', async () => {
  const { ec2 } = room();
  await expect(ec2.describeVpcs({})).rejects.toThrow(
    'The simulated account does not know ec2:DescribeVpcs. Add it to simulator/ec2.ts.',
  );
});

describe('faults', () => {
  test('a lost answer is applied, and a lost request is not', async () => {
    const { account, ec2 } = room();
    account.services.ec2.addInstance({ id });
    account.faults.plant('ec2', 'StopInstances', 'lostRequest');
    await expect(ec2.stopInstances({ InstanceIds: [id] })).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(account.services.ec2.instance(id)?.power).toBe('running');
    account.faults.plant('ec2', 'StopInstances', 'lostAnswer');
    await expect(ec2.stopInstances({ InstanceIds: [id] })).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(account.services.ec2.instance(id)?.power).toBe('stopping');
  });

  test('a fault hits as often as it was planted, and only what it fits', async () => {
    const { account, ec2 } = room();
    account.services.ec2.addInstance({ id });
    account.faults.plant('ec2', '*', 'throttled', 2);
    account.faults.plant('ec2', 'RebootInstances', new Refusal('InternalError', 'An internal error has occurred', 500));
    await expect(ec2.describeInstances({})).rejects.toMatchObject({ name: 'ThrottlingException' });
    await expect(ec2.describeInstances({})).rejects.toMatchObject({ name: 'ThrottlingException' });
    await expect(ec2.describeInstances({})).resolves.toBeDefined();
    await expect(ec2.rebootInstances({ InstanceIds: [id] })).rejects.toMatchObject({ name: 'InternalError' });
    await expect(ec2.rebootInstances({ InstanceIds: [id] })).resolves.toBeDefined();
  });
});

describe('a world', () => {
  test('keeps accounts and regions apart, and hears calls and events of all of them', async () => {
    const world = new World(new VirtualClock(start));
    const calls: Call[] = [];
    const events: string[] = [];
    world.observe((call) => calls.push(call));
    world.subscribe((event) => {
      events.push(`${event.account} ${event.region}`);
    });
    const here = world.account('111111111111', 'us-east-1');
    const there = world.account('111111111111', 'eu-west-1');
    expect(world.account('111111111111', 'us-east-1')).toBe(here);
    here.services.ec2.addInstance({ id });
    const client = new EC2({ region: 'eu-west-1' });
    connect(client, 'ec2', there);
    await expect(client.rebootInstances({ InstanceIds: [id] })).rejects.toMatchObject({
      name: 'InvalidInstanceID.NotFound',
    });
    world.account('222222222222', 'us-east-1').call('ec2', 'DescribeInstances', {});
    expect(
      calls.map(({ account, region, operation, access, error }) => [account, region, operation, access, error]),
    ).toEqual([
      ['111111111111', 'eu-west-1', 'RebootInstances', 'write', 'InvalidInstanceID.NotFound'],
      ['222222222222', 'us-east-1', 'DescribeInstances', 'read', undefined],
    ]);
    here.services.ec2.interruptSpot(id);
    there.bus.emit('aws.health', 'AWS Health Event', [], {});
    await world.clock.runUntil(start + 2_000);
    expect(events).toEqual(['111111111111 us-east-1', '111111111111 eu-west-1']);
  });

  test('of a clock that tells the same time makes the same ids', () => {
    const ids = [1, 2].map(() => {
      const { services } = new World(new VirtualClock(start)).account('111111111111', 'us-east-1');
      services.autoscaling.addGroup({ name: 'web' });
      return [...(services.autoscaling.group('web')?.members.keys() ?? [])];
    });
    expect(ids[0]).toEqual(ids[1]);
    expect(ids[0]?.every((made) => /^i-[0-9a-f]{17}$/.test(made))).toBe(true);
  });
});

describe('the clock', () => {
  test('runs what is due in the order in which it was set, and skips what was called off', async () => {
    const clock = new VirtualClock(start);
    const ran: string[] = [];
    clock.after(10, () => void ran.push('b'));
    clock.after(5, () => void ran.push('a'));
    clock.after(7, () => void ran.push('never'))();
    clock.after(10, () => void ran.push('c'));
    await clock.runUntil(start + 9);
    expect([ran, clock.now()]).toEqual([['a'], start + 9]);
    while (await clock.step());
    expect([ran, clock.now(), clock.nextAt()]).toEqual([['a', 'b', 'c'], start + 10, undefined]);
  });
});
