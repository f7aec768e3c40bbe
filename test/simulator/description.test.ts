import { VirtualClock } from '../../simulator/clock';
import { buildAccount } from '../../simulator/description';
import type { BusEvent } from '../../simulator/event-bus';
import { World } from '../../simulator/world';
import { minute, start } from './compute';

const id = 'i-0aaaaaaaaaaaaaaaa';
const base = { account: '111122223333', region: 'us-east-1' };

function world(): World {
  return new World(new VirtualClock(start));
}

test('an account of every kind of thing is built as described, and rests when nothing is wrong', () => {
  const built = world();
  const { services } = buildAccount(built, {
    ...base,
    subnets: [{ id: 'subnet-a', zone: 'us-east-1a', freeAddresses: 200 }],
    instances: [{ id, zone: 'us-east-1a', group: 'web', tags: { service: 'web' }, scaleInProtected: true }],
    groups: [{ name: 'web', min: 2, max: 6, desired: 3, targetGroups: ['web'], load: 90, suspended: ['AZRebalance'] }],
    targetGroups: [{ name: 'web', loadBalancer: 'app/web/50dc6c495c0c9188', deregistrationDelay: 60 }],
    databases: [{ id: 'orders' }],
    clusters: [{ id: 'ledger' }],
    documents: [{ name: 'My-Fix' }],
    topics: [{ name: 'oncall' }],
    alarms: [
      {
        name: 'cpu',
        metric: { namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions: { AutoScalingGroupName: 'web' } },
        above: 80,
        every: 60,
        periods: 2,
      },
      { name: 'any', rule: 'ALARM(cpu)' },
    ],
  });
  const group = services.autoscaling.group('web');
  expect(group?.members.size).toBe(3);
  expect(group?.members.get(id)?.isProtected).toBe(true);
  expect(services.elasticloadbalancing.targetGroup('web')?.targets.size).toBe(3);
  expect(services.ec2.network.subnets()[0]).toMatchObject({ id: 'subnet-a', freeAddresses: 200 });
  expect(services.cloudwatch.alarm('cpu')?.standing.value).toBe('OK');
  expect(services.cloudwatch.alarm('any')?.standing.value).toBe('OK');
  expect(built.clock.nextAt()).toBeUndefined();
});

test('what is sick in a description is found by its alarm in its own time', async () => {
  const built = world();
  const events: BusEvent[] = [];
  built.subscribe((event) => {
    events.push(event);
  });
  buildAccount(built, {
    ...base,
    instances: [{ id, sick: { kind: 'instance' } }],
    alarms: [
      {
        name: 'status',
        metric: { namespace: 'AWS/EC2', name: 'StatusCheckFailed', dimensions: { InstanceId: id } },
        above: 0,
        every: 60,
        periods: 2,
      },
    ],
  });
  await built.clock.runUntil(start + 2 * minute - 1);
  expect(events).toEqual([]);
  await built.clock.runUntil(start + 3 * minute);
  expect(events).toHaveLength(1);
});

test("a metric of one's own tells of the instance that it is said to tell of", async () => {
  const built = world();
  const { services } = buildAccount(built, {
    ...base,
    instances: [{ id }],
    alarms: [
      {
        name: 'memory',
        metric: { namespace: 'CWAgent', name: 'mem_used_percent', dimensions: { host: 'web-1' } },
        above: 90,
        tellsOf: id,
      },
    ],
    happenings: [{ at: 'PT1M', sicken: { instance: id, kind: 'application' } }],
  });
  expect(services.cloudwatch.alarm('memory')?.standing.value).toBe('OK');
  await built.clock.runUntil(start + 2 * minute);
  expect(services.cloudwatch.alarm('memory')?.standing.value).toBe('ALARM');
  services.ec2.applyCure(id, 'reboot');
  await built.clock.runUntil(start + 3 * minute);
  expect(services.cloudwatch.alarm('memory')?.standing.value).toBe('OK');
});

test('mute rules and autoshifts are there as described', async () => {
  const built = world();
  const account = buildAccount(built, {
    ...base,
    muteRules: [{ name: 'night', alarms: ['cpu'], status: 'SCHEDULED' }],
    happenings: [
      { at: 'PT1M', autoshift: { zone: 'us-east-1b', is: 'begun' } },
      { at: 'PT5M', autoshift: { zone: 'us-east-1b', is: 'ended' } },
    ],
  });
  expect(account.call('cloudwatch', 'ListAlarmMuteRules', { AlarmName: 'cpu' })).toMatchObject({
    AlarmMuteRuleSummaries: [{ Status: 'SCHEDULED' }],
  });
  const shifted = (): object => account.call('arc-zonal-shift', 'ListAutoshifts', {});
  expect(shifted()).toMatchObject({ items: [] });
  await built.clock.runUntil(start + minute);
  expect(shifted()).toMatchObject({ items: [{ awayFrom: 'use1-az2' }] });
  await built.clock.runUntil(start + 5 * minute);
  expect(shifted()).toMatchObject({ items: [] });
});

test('happenings happen when they are said to', async () => {
  const built = world();
  const { services } = buildAccount(built, {
    ...base,
    instances: [{ id }],
    groups: [{ name: 'web', desired: 1, load: 40 }],
    happenings: [
      { at: 'PT5M', sicken: { instance: id, kind: 'system' } },
      { at: 'PT1H2M3S', load: { group: 'web', is: 90 } },
    ],
  });
  await built.clock.runUntil(start + 5 * minute - 1);
  expect(services.ec2.instance(id)?.sicknesses.size).toBe(0);
  await built.clock.runUntil(start + 5 * minute);
  expect(services.ec2.instance(id)?.failing?.kind).toBe('system');
  await built.clock.runUntil(start + 62 * minute + 3_000);
  expect(services.autoscaling.group('web')?.load).toBe(90);
});

test.each([
  ['an unknown field', { ...base, instances: [{ id, colour: 'red' }] }, 'instances[0]: Unrecognized key: "colour"'],
  ['a sickness that is none', { ...base, instances: [{ id, sick: { kind: 'flu' } }] }, 'instances[0].sick.kind:'],
  ['an account that is a number', { ...base, account: 111122223333 }, 'account: Invalid input'],
  [
    'a stranger of a group',
    { ...base, instances: [{ id, group: 'web' }] },
    'instances[0].group: there is no group web',
  ],
  [
    'a stranger of a target group',
    { ...base, groups: [{ name: 'web', targetGroups: ['x'] }] },
    'groups[0].targetGroups:',
  ],
  ['a stranger of an alarm', { ...base, alarms: [{ name: 'a', rule: 'TRUE', tellsOf: id }] }, 'alarms[0].tellsOf:'],
  ['an alarm on nothing', { ...base, alarms: [{ name: 'a' }] }, 'alarms[0]: give a metric or a rule'],
  ['a delay in other words', { ...base, happenings: [{ at: '5m', cure: { instance: id } }] }, 'happenings[0]'],
])('%s is refused with its path', (_what, description, message) => {
  expect(() => buildAccount(world(), description)).toThrow(message);
});
