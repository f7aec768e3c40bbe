import { buildAccount } from '../../simulator/description';
import { boldPolicy, outcomesOf, replaying, sent, writesOf } from './replaying';

const alarm = 'cloudwatch/instance-status-alarm';
const ok = 'cloudwatch/instance-status-ok';

describe('each kind of resource is sick as its event says, and the default policy heals it', () => {
  test.each([
    ['an instance', alarm, ['ec2:RebootInstances']],
    ['an instance on a bad host', 'cloudwatch/host-status-alarm', ['ec2:StopInstances', 'ec2:StartInstances']],
    ['an instance that retires', 'health/retirement-scheduled', ['ec2:StopInstances', 'ec2:StartInstances']],
    ['a group', 'cloudwatch/group-cpu-alarm', ['autoscaling:SetDesiredCapacity']],
    ['a target group', 'cloudwatch/targets-unhealthy-alarm', ['autoscaling:SetInstanceHealth']],
    ['a database', 'cloudwatch/database-latency-alarm', ['rds:RebootDBInstance']],
    ['a cluster', 'cloudwatch/cluster-writer-latency-alarm', ['rds:FailoverDBCluster']],
  ])('%s', async (_what, name, writes) => {
    const report = await replaying([sent(0, name)], { policy: boldPolicy });
    expect({ outcomes: outcomesOf(report), writes: writesOf(report) }).toEqual({ outcomes: ['resolved'], writes });
    expect(report.assumed.length).toBeGreaterThan(0);
  });
});

test('a remediation that a person must agree to is not done, for in a replay nobody answers', async () => {
  const report = await replaying([sent(0, 'cloudwatch/cluster-writer-latency-alarm')]);
  expect({ outcomes: outcomesOf(report), writes: writesOf(report) }).toEqual({ outcomes: ['escalated'], writes: [] });
});

describe('what the recording says that happened later', () => {
  test('happens in the account: an OK heals, and nothing is done', async () => {
    const report = await replaying([sent(0, alarm), sent(1, ok)]);
    expect({ outcomes: outcomesOf(report), writes: writesOf(report) }).toEqual({ outcomes: ['recovered'], writes: [] });
  });

  test('comes too late when a remediation has healed it before', async () => {
    const report = await replaying([sent(0, alarm), sent(30, ok)]);
    expect({ outcomes: outcomesOf(report), writes: writesOf(report) }).toEqual({
      outcomes: ['resolved'],
      writes: ['ec2:RebootInstances'],
    });
    expect(report.decisions.map(({ decision }) => decision)).toEqual(['opened', 'ignored']);
  });

  test('does not undo what a remediation did: a failover is not failed back', async () => {
    const latency = 'cloudwatch/cluster-writer-latency-alarm';
    const report = await replaying([sent(0, latency), sent(9, 'rds/cluster-failover-completed')], {
      policy: boldPolicy,
    });
    expect(outcomesOf(report)).toEqual(['resolved']);
    expect(writesOf(report)).toEqual(['rds:FailoverDBCluster']);
  });

  test('makes it sick again: two alarms are two incidents', async () => {
    const report = await replaying([sent(0, alarm), sent(1, ok), sent(60, alarm)]);
    expect(outcomesOf(report)).toEqual(['recovered', 'resolved']);
  });
});

test('an alarm that is delivered twice makes nothing sick again and opens nothing', async () => {
  const report = await replaying([sent(0, alarm), { ...sent(0, alarm), time: '2026-03-01T10:20:00Z' }]);
  expect(outcomesOf(report)).toEqual(['resolved']);
  expect(report.decisions.at(-1)).toMatchObject({
    decision: 'ignored',
    reason: expect.stringMatching(/duplicate/) as string,
  });
});

test('an event that was recorded late is taken when it comes, and time never runs back', async () => {
  const report = await replaying([sent(0, alarm), sent(20, 's3/object-created'), sent(1, ok)]);
  expect(report.decisions.map(({ decision }) => decision)).toEqual(['opened', 'ignored', 'ignored']);
  const times = report.incidents.flatMap(({ timeline }) => timeline.map(({ at }) => at));
  expect(times).toEqual(times.toSorted());
});

test('what an account file describes is left as it was described', async () => {
  const report = await replaying([sent(0, alarm)], {
    policy: boldPolicy,
    build: (world) =>
      void buildAccount(world, {
        account: '111122223333',
        region: 'eu-west-1',
        instances: [
          {
            id: 'i-0a1b2c3d4e5f60718',
            tags: { 'homeostat:heal': 'yes' },
            sick: { kind: 'instance', curedBy: [] },
          },
        ],
      }),
  });
  expect({ outcomes: outcomesOf(report), writes: writesOf(report) }).toEqual({
    outcomes: ['escalated'],
    writes: ['ec2:RebootInstances', 'ec2:StopInstances', 'ec2:StartInstances'],
  });
  expect(report.assumed).toEqual(['alarm web-1 status stays as recorded: what it measures is not simulated']);
});

test('what cannot be read is told with its place, and the rest goes on', async () => {
  const report = await replaying(['no event', sent(0, alarm), { ...sent(1, alarm), time: 'soon' }]);
  expect(report).toMatchObject({ events: 3, invalid: 2 });
  const invalid = report.decisions.filter(({ decision }) => decision === 'invalid').map(({ reason }) => reason ?? '');
  expect(invalid).toEqual([expect.stringMatching(/^events\[0\]: ./), expect.stringMatching(/^events\[2\]: ./)]);
  expect(outcomesOf(report)).toEqual(['resolved']);
});

test('a recording without events is an empty report', async () => {
  expect(await replaying([])).toEqual({ events: 0, ignored: 0, invalid: 0, decisions: [], incidents: [], assumed: [] });
});

test('the same recording twice gives the same report', async () => {
  const events = [sent(0, alarm), sent(1, 'cloudwatch/targets-unhealthy-alarm'), sent(30, ok)];
  expect(await replaying(events)).toEqual(await replaying(events));
});

test('the report is JSON of the shape that people script against', async () => {
  const report = await replaying([sent(0, alarm), sent(1, 's3/object-created')]);
  const text = expect.any(String) as string;
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string;
  expect(JSON.parse(JSON.stringify(report))).toEqual({
    events: 2,
    ignored: 1,
    invalid: 0,
    decisions: [
      { eventId: '0f0e0d0c-0000-4000-8000-000000000001', decision: 'opened', incident: report.incidents[0]?.id },
      { eventId: text, decision: 'ignored', reason: text },
    ],
    incidents: [
      {
        id: expect.stringMatching(/^inc-[0-9a-f]{12}$/) as string,
        rule: 'instance-impaired',
        condition: 'ec2-instance-impaired',
        resource: '111122223333/eu-west-1/ec2-instance/i-0a1b2c3d4e5f60718',
        mode: 'act',
        outcome: 'resolved',
        openedAt: '2026-03-01T10:00:00Z',
        closedAt: time,
        attempts: [{ remediation: 'reboot-instance', outcome: 'healed' }],
        calls: expect.arrayContaining([
          {
            at: time,
            service: 'cloudwatch',
            operation: 'DescribeAlarms',
            access: 'read',
            input: expect.anything() as unknown,
          },
          {
            at: time,
            service: 'ec2',
            operation: 'RebootInstances',
            access: 'write',
            input: { InstanceIds: ['i-0a1b2c3d4e5f60718'] },
          },
        ]) as unknown,
        notifications: [],
        timeline: expect.arrayContaining([{ at: '2026-03-01T10:00:00Z', text }]) as unknown,
      },
    ],
    assumed: [text, text, text],
  });
});

test('people who were called are in the report', async () => {
  const report = await replaying([sent(0, 'rds/instance-replication-stopped')]);
  expect(report.incidents[0]?.notifications).toEqual([
    { at: '2026-03-01T10:00:00Z', contact: 'oncall', kind: 'escalated' },
  ]);
});

describe('instances that fall sick in one minute', () => {
  const copies = (count: number): unknown[] =>
    Array.from({ length: count }, (_, index) => {
      const id = `i-0a1b2c3d4e5f6${index.toString(16).padStart(4, '0')}`;
      const text = JSON.stringify(sent(index / count, alarm)).replaceAll('i-0a1b2c3d4e5f60718', id);
      return JSON.parse(text.replaceAll('web-1 status', `web-${index} status`)) as unknown;
    });

  test('are all healed, a thousand of them, where the limits allow it', async () => {
    const limits = { atOnce: 1_000, perHour: 1_000 };
    const rules = boldPolicy.rules.map((one) => ({
      ...one,
      rule: { ...one.rule, limits: { ...one.rule.limits, ...limits } },
    }));
    const { account, storm } = boldPolicy.limits;
    const overall = {
      ...boldPolicy.limits,
      account: { ...account, ...limits },
      storm: { ...storm, group: Infinity, zone: Infinity, region: Infinity },
    };
    const report = await replaying(copies(1_000), { policy: { ...boldPolicy, rules, limits: overall } });
    expect(report.incidents).toHaveLength(1_000);
    expect(new Set(outcomesOf(report))).toEqual(new Set(['resolved']));
    expect(report.incidents.filter(({ closedAt }) => closedAt === null)).toEqual([]);
  }, 30_000);

  test('are left to people where there are more than the limits allow', async () => {
    const report = await replaying(copies(30));
    expect(report.incidents.filter(({ closedAt }) => closedAt === null)).toEqual([]);
    expect(new Set(outcomesOf(report))).toEqual(new Set(['resolved', 'escalated']));
    // Four starts in an hour, and one at a time.
    expect(writesOf(report).length).toBeLessThanOrEqual(4);
  });
});
