import { examine, registerDoctor } from '../../cli/doctor';
import type { AwsClients, Deployment } from '../../cli/deployment';
import { createTableInput, tableDefinition } from '../../runtime/dynamodb-store/table-definition';
import { MemoryStore } from '../../runtime/memory-store';
import { actingPolicy } from '../runtime/world';
import { aFile } from './command';
import { aDeployment, awsError, known, minute, opened, start, storeOf, typed, type Answers } from './deployed';

const arn = (service: string, id: string): string => `arn:aws:${service}:eu-central-1:111122223333:${id}`;
const queue = (rest: object): object => ({
  Attributes: { KmsMasterKeyId: 'key', ApproximateNumberOfMessages: '0', ...rest },
});
const redrive = { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('sqs', 'homeostat-dead-letters') }) };
const confirmed = { Subscriptions: [{ SubscriptionArn: arn('sns', 'oncall:1') }] };
const fails = (name: string) => (): never => {
  throw awsError(name);
};
const { KeySchema, GlobalSecondaryIndexes } = createTableInput('homeostat');

/** A deployment that lacks nothing. */
const whole: Record<keyof AwsClients, Answers> = {
  sts: { ...known, assumeRole: () => ({}) },
  dynamodb: {
    describeTable: () => ({
      Table: { KeySchema, GlobalSecondaryIndexes, TableStatus: 'ACTIVE', DeletionProtectionEnabled: true },
    }),
    describeContinuousBackups: () => ({
      ContinuousBackupsDescription: { PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' } },
    }),
    describeTimeToLive: () => ({
      TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: tableDefinition.expiry },
    }),
  },
  eventbridge: {
    listRuleNamesByTarget: ({ TargetArn }: { TargetArn: string }) => ({
      RuleNames: TargetArn === arn('sqs', 'homeostat-work') ? ['alarms', 'health'] : [],
    }),
    describeRule: () => ({ State: 'ENABLED' }),
    describeEventBus: () => ({}),
  },
  sqs: {
    getQueueUrl: ({ QueueName }: { QueueName: string }) => ({ QueueUrl: `https://sqs/${QueueName}` }),
    getQueueAttributes: ({ QueueUrl }: { QueueUrl: string }) => queue(QueueUrl.endsWith('-work') ? redrive : {}),
  },
  cloudwatch: {
    getMetricStatistics: ({ MetricName }: { MetricName: string }) => ({
      Datapoints: [{ Sum: MetricName === 'Invocations' ? 12 : 0 }],
    }),
  },
  scheduler: {
    getScheduleGroup: () => ({ State: 'ACTIVE' }),
    listSchedules: () => ({
      Schedules: [
        { Name: 'homeostat-sweep', State: 'ENABLED', Target: { Arn: arn('lambda', 'function:homeostat-sweeper') } },
      ],
    }),
  },
  sns: { listSubscriptionsByTopic: () => confirmed },
};

interface Finding {
  readonly check: string;
  readonly status: string;
  readonly found: string;
  readonly next?: string;
}

async function findingsOf(deployment: Deployment): Promise<{ status: number; findings: readonly Finding[] }> {
  const { status, out } = await examine(deployment, actingPolicy, { json: true, now: () => start });
  return { status, findings: (JSON.parse(out) as { checks: Finding[] }).checks };
}

const without = (service: keyof AwsClients, answers: Answers): Deployment =>
  aDeployment({ ...whole, [service]: { ...whole[service], ...answers } });

describe('homeostat doctor', () => {
  it('finds nothing wrong where nothing is missing, and says what it cannot check', async () => {
    const { status, findings } = await findingsOf(aDeployment(whole));
    expect(status).toBe(0);
    const rest = findings.filter(({ status: one }) => one !== 'ok');
    expect(rest.map(({ check, status: one }) => `${check}: ${one}`)).toEqual([
      'clock: not checked',
      'worker: not checked',
      'writer roles: not checked',
    ]);
    expect(rest.every(({ next = '' }) => next !== '')).toBe(true);
  });

  const notFound = fails('ResourceNotFoundException');
  const stats =
    (runs: number, errors: number) =>
    ({ MetricName }: { MetricName: string }) => ({
      Datapoints: [{ Sum: MetricName === 'Errors' ? errors : runs }],
    });
  it.each<[string, keyof AwsClients, Answers, string, string]>([
    [
      'no credentials',
      'sts',
      { getCallerIdentity: fails('CredentialsProviderError') },
      'credentials: missing',
      'there are no AWS',
    ],
    ['no table', 'dynamodb', { describeTable: notFound }, 'table: missing', 'there is no table homeostat'],
    [
      'a table without indexes',
      'dynamodb',
      { describeTable: () => ({ Table: { KeySchema } }) },
      'table: missing',
      'it has no index due; it has no index state',
    ],
    [
      'a table with another key',
      'dynamodb',
      { describeTable: () => ({ Table: { KeySchema: [], GlobalSecondaryIndexes } }) },
      'table: missing',
      'instead of pk HASH, sk RANGE',
    ],
    [
      'a table that anybody may delete',
      'dynamodb',
      { describeTable: () => ({ Table: { KeySchema, GlobalSecondaryIndexes } }) },
      'table protection: warning',
      'a single call',
    ],
    [
      'no backups',
      'dynamodb',
      { describeContinuousBackups: () => ({}) },
      'table backups: warning',
      'point-in-time recovery is off',
    ],
    ['no expiry', 'dynamodb', { describeTimeToLive: () => ({}) }, 'table expiry: warning', 'are not deleted'],
    [
      'no rules',
      'eventbridge',
      { listRuleNamesByTarget: () => ({}) },
      'event rules: missing',
      'no rule sends events to homeostat-work',
    ],
    [
      'a disabled rule',
      'eventbridge',
      { describeRule: ({ Name }: { Name: string }) => ({ State: Name === 'health' ? 'DISABLED' : 'ENABLED' }) },
      'event rules: warning',
      'disabled: health',
    ],
    ['no bus', 'eventbridge', { describeEventBus: notFound }, 'event bus: missing', 'there is no event bus homeostat'],
    [
      'no queues',
      'sqs',
      { getQueueUrl: fails('QueueDoesNotExist') },
      'dead letters: missing',
      'there is no queue homeostat-dead-letters',
    ],
    ['no redrive', 'sqs', { getQueueAttributes: () => queue({}) }, 'work queue: missing', 'it would be lost'],
    [
      'an open queue',
      'sqs',
      { getQueueAttributes: () => queue({ ...redrive, KmsMasterKeyId: '' }) },
      'work queue: warning',
      'not encrypted',
    ],
    [
      'dead letters',
      'sqs',
      { getQueueAttributes: () => queue({ ApproximateNumberOfMessages: '3' }) },
      'dead letters: warning',
      '3 messages in',
    ],
    [
      'a sweeper that does not run',
      'cloudwatch',
      { getMetricStatistics: () => ({}) },
      'sweeper: warning',
      'has not run in the last hour',
    ],
    [
      'a sweeper that fails',
      'cloudwatch',
      { getMetricStatistics: stats(12, 2) },
      'sweeper: warning',
      'failed in 2 of 12 runs',
    ],
    [
      'no schedule group',
      'scheduler',
      { getScheduleGroup: notFound },
      'schedule group: missing',
      'no timer can be armed',
    ],
    [
      'no sweep',
      'scheduler',
      { listSchedules: () => ({}) },
      "sweeper's schedule: missing",
      'nothing calls homeostat-sweeper',
    ],
    [
      'a role kept from people',
      'sts',
      { assumeRole: fails('AccessDenied') },
      'reader role: not checked',
      'AWS answers both alike',
    ],
    [
      'no topic',
      'sns',
      { listSubscriptionsByTopic: fails('NotFoundException') },
      'contact oncall: missing',
      'there is no topic',
    ],
    [
      'nobody who confirmed',
      'sns',
      { listSubscriptionsByTopic: () => ({ Subscriptions: [{ SubscriptionArn: 'PendingConfirmation' }] }) },
      'contact manager: missing',
      'nobody has confirmed',
    ],
    [
      'nobody who hears of itself',
      'sns',
      { listSubscriptionsByTopic: () => ({}) },
      'alarms on itself: warning',
      'nobody has confirmed',
    ],
  ])('finds %s, and says what to do', async (_what, service, answers, told, found) => {
    const { status, findings } = await findingsOf(without(service, answers));
    const finding = findings.find(({ check, status: one }) => `${check}: ${one}` === told);
    expect(finding?.found).toContain(found);
    expect(finding?.next).toBeTruthy();
    expect(status === 1).toBe(findings.some((one) => one.status === 'missing'));
  });

  it('finds a disabled sweep', async () => {
    const listSchedules = (): object => ({
      Schedules: [
        {
          Name: 'homeostat-sweep',
          State: 'DISABLED',
          Target: { Arn: arn('lambda', 'function:homeostat-sweeper:live') },
        },
      ],
    });
    const { findings } = await findingsOf(without('scheduler', { listSchedules }));
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: "sweeper's schedule",
        status: 'warning',
        found: expect.stringContaining('is disabled') as string,
      }),
    );
  });

  it('looks at everything else though one read is denied', async () => {
    const { status, findings } = await findingsOf(without('sqs', { getQueueUrl: fails('AccessDenied') }));
    expect(status).toBe(0);
    const broken = findings.filter(({ found }) => found.includes('you may not do this'));
    expect(broken.map(({ check, status: one }) => `${check}: ${one}`)).toEqual([
      'work queue: not checked',
      'dead letters: not checked',
    ]);
  });

  it('tells all that it can when AWS answers nothing', async () => {
    const { status, findings } = await findingsOf(aDeployment({}));
    expect(status).toBe(1);
    expect(findings[0]).toMatchObject({ check: 'credentials', status: 'missing' });
    expect(findings.length).toBeGreaterThan(20);
  });

  it('finds the hold, parked incidents and overdue wake-ups', async () => {
    const store = Object.assign(storeOf([opened('inc-odd')], { 'inc-odd': 'schema 9' }), {
      hold: async () => ({ on: true, by: 'ann', reason: 'release', at: start }),
      due: async (before: number) =>
        before < start ? [{ incident: 'inc-late', at: start - 20 * minute, revision: 1 }] : [],
    });
    const { status, findings } = await findingsOf(aDeployment(whole, store));
    expect(status).toBe(0);
    expect(findings.slice(-3)).toMatchObject([
      { check: 'hold', status: 'warning', found: 'on since 2026-03-02T10:00:00Z by ann: release' },
      { check: 'parked incidents', status: 'warning', found: '1 incident that this version may not advance: inc-odd' },
      {
        check: 'overdue wake-ups',
        status: 'warning',
        found: '1 incident should have been looked at long ago: inc-late',
      },
    ]);
  });

  it('takes a hold that cannot be read for one that is on', async () => {
    const store = new MemoryStore();
    jest.spyOn(store, 'hold').mockRejectedValue(new Error('neither on nor off'));
    const { findings } = await findingsOf(aDeployment(whole, store));
    expect(findings.find(({ check }) => check === 'hold')).toMatchObject({
      status: 'warning',
      found: 'it cannot be read, so it counts as on',
    });
  });

  it('prints a line for each check, the next step under it, and counts', async () => {
    const { out } = await examine(without('dynamodb', { describeTable: notFound }), actingPolicy, { now: () => start });
    expect(out).toMatch(/^ok {11}credentials {9}arn:aws:iam::111122223333:user\/ann$/m);
    expect(out).toMatch(/^missing {6}table .*there is no table homeostat.*\n {33}next: deploy Homeostat again/m);
    expect(out).toMatch(/\n\n\d+ checks: \d+ ok, 1 missing, \d+ not checked$/);
  });

  describe('as a command', () => {
    const register = (program: Parameters<typeof registerDoctor>[0]): void => {
      registerDoctor(program, () => aDeployment(whole));
    };

    it('takes the contacts of the default policy for placeholders', async () => {
      const { status, out } = await typed(register, 'doctor', '--json');
      expect(status).toBe(1);
      expect((JSON.parse(out) as { checks: Finding[] }).checks).toContainEqual(
        expect.objectContaining({
          check: 'contact oncall',
          status: 'missing',
          next: expect.stringContaining('--policy') as string,
        }),
      );
    });

    it('refuses a policy that has faults before it asks AWS anything', async () => {
      const { status, err } = await typed(register, 'doctor', '--policy', aFile('policy.yaml', 'mode: act'));
      expect([status, err]).toEqual([1, expect.stringContaining('the policy cannot be used')]);
    });
  });
});
