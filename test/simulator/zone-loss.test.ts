import { VirtualClock } from '../../simulator/clock';
import { buildAccount } from '../../simulator/description';
import { World } from '../../simulator/world';

const begin = Date.parse('2026-03-10T02:00:00Z');
const zones = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];
const members = zones.map((zone, index) => ({ id: `i-0a00000000000000${index}`, zone, group: 'web' }));

function shop(happenings: readonly object[]) {
  const clock = new VirtualClock(begin);
  const account = buildAccount(new World(clock), {
    account: '111122223333',
    region: 'eu-central-1',
    groups: [{ name: 'web', desired: 3, max: 6, zones }],
    instances: members,
    clusters: [{ id: 'ledger', members: zones.map((zone, index) => ({ id: `ledger-${index}`, zone })) }],
    cacheGroups: [{ id: 'sessions', zones }],
    happenings,
  });
  return { account, pass: (minutes: number) => clock.runUntil(begin + minutes * 60_000) };
}

const lost = { at: 'PT1M', zone: { name: 'eu-central-1a', is: 'lost' } };

test('a lost zone takes with it what is in it, and nothing else', async () => {
  const { account, pass } = shop([lost]);
  await pass(2);
  const { ec2, cloudwatch } = account.services;
  const sick = members.filter(({ id }) => (ec2.instance(id)?.sicknesses.size ?? 0) > 0).map(({ zone }) => zone);
  expect(sick).toEqual(['eu-central-1a']);
  const latency = (id: string) =>
    cloudwatch.value({ namespace: 'AWS/RDS', name: 'CommitLatency', dimensions: { DBInstanceIdentifier: id } });
  expect(latency('ledger-0')).toBeGreaterThan(latency('ledger-1') ?? Infinity);
});

test('nothing can be launched in a lost zone until it is back', async () => {
  const { account, pass } = shop([lost, { at: 'PT30M', zone: { name: 'eu-central-1a', is: 'back' } }]);
  const { ec2 } = account.services;
  const launch = () => ec2.launch({ zone: 'eu-central-1a' });
  await pass(2);
  expect(launch).toThrow(/capacity/);
  await pass(31);
  expect(launch).not.toThrow();
});

test('what is still there is well when its zone is back', async () => {
  const { account, pass } = shop([lost, { at: 'PT3M', zone: { name: 'eu-central-1a', is: 'back' } }]);
  await pass(4);
  expect(account.services.ec2.instance(members[0]?.id ?? '')?.sicknesses.size).toBe(0);
});
