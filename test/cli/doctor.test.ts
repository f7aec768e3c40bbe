import { examine, registerDoctor } from '../../cli/doctor';
import type { AwsClients, Deployment } from '../../cli/deployment';
import { createTableInput, tableDefinition } from '../../runtime/store/dynamodb-store/table-definition';
import { MemoryStore } from '../../runtime/store/memory-store';
import type { Policy } from '../../statemachines/policy';
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

const rules = [
  'cloudwatch-alarm',
  'custom-health',
  'health',
  'rds-instance',
  'rds-cluster',
  'serverless-cache',
  'ecs-deployment',
  'ecs-service-action',
  'ecs-task',
  'ecs-container-instance',
  'emr-step',
  'emr-cluster',
  'restore-job',
  'auto-scaling',
  'ec2-instance-state',
  'ssm-automation',
].map((source) => `homeostat-${source}`);
const roleArn = (of: string): string => `arn:aws:iam::111122223333:role/homeostat-eu-central-1-${of}`;
/** As IAM hands it out. */
const trusting = (...arns: readonly string[]): string =>
  encodeURIComponent(
    JSON.stringify({
      Statement: arns.map((AWS) => ({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' })),
    }),
  );
const boundedBy = (of: string) => ({
  PermissionsBoundaryArn: `arn:aws:iam::111122223333:policy/homeostat-eu-central-1-boundary-${of}`,
});
const role = {
  PermissionsBoundary: boundedBy('reader'),
  AssumeRolePolicyDocument: trusting(roleArn('worker'), roleArn('sweeper')),
};
const rebooting = { ...role, PermissionsBoundary: boundedBy('ec2') };
/** The roles that there are, by what they are for. */
const rolesOf =
  (roles: Readonly<Record<string, object>>) =>
  ({ RoleName }: { RoleName: string }): object => {
    const found = roles[RoleName.replace('homeostat-eu-central-1-', '')];
    if (!found) throw awsError('NoSuchEntityException');
    return { Role: { RoleName, ...found } };
  };
const needed = { reader: role, 'reboot-instance': rebooting };
const healthy = {
  State: 'Active',
  LastUpdateStatus: 'Successful',
  Environment: {
    Variables: {
      HOMEOSTAT_TABLE: 'homeostat',
      HOMEOSTAT_QUEUE_ARN: arn('sqs', 'homeostat-work'),
      HOMEOSTAT_ROLE_PREFIX: 'homeostat-eu-central-1-',
    },
  },
};
const mapping = { UUID: 'm-1', State: 'Enabled', FunctionResponseTypes: ['ReportBatchItemFailures'] };
const mappings =
  (...found: readonly object[]) =>
  (): object => ({ EventSourceMappings: found });

/** A deployment that lacks nothing. */
const whole: Partial<Record<keyof AwsClients, Answers>> = {
  sts: known,
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
      RuleNames: TargetArn === arn('sqs', 'homeostat-work') ? rules : [],
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
  iam: { getRole: rolesOf(needed) },
  lambda: {
    getFunctionConfiguration: () => healthy,
    getFunctionConcurrency: () => ({}),
    listEventSourceMappings: mappings(mapping),
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
    expect(rest.map(({ check, status: one }) => `${check}: ${one}`)).toEqual(['clock: not checked']);
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
      {
        describeRule: ({ Name }: { Name: string }) => ({ State: Name === 'homeostat-health' ? 'DISABLED' : 'ENABLED' }),
      },
      'event rules: warning',
      'disabled: homeostat-health',
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
      "sweeper's runs: warning",
      'has not run in the last hour',
    ],
    [
      'a sweeper that fails',
      'cloudwatch',
      { getMetricStatistics: stats(12, 2) },
      "sweeper's runs: warning",
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
      'a rule too few',
      'eventbridge',
      { listRuleNamesByTarget: () => ({ RuleNames: rules.slice(1) }) },
      'event rules: missing',
      'no rule homeostat-cloudwatch-alarm sends to homeostat-work',
    ],
    [
      'no worker',
      'lambda',
      { getFunctionConfiguration: notFound },
      'worker: missing',
      'there is no function homeostat-worker: nothing is ever healed',
    ],
    ['no sweeper', 'lambda', { getFunctionConfiguration: notFound }, 'sweeper: missing', 'homeostat-sweeper'],
    [
      'a worker that cannot run',
      'lambda',
      { getFunctionConfiguration: () => ({ ...healthy, State: 'Failed', StateReason: 'its key is gone' }) },
      'worker: missing',
      'homeostat-worker is Failed: its key is gone',
    ],
    [
      'a worker that is not made yet',
      'lambda',
      { getFunctionConfiguration: () => ({ ...healthy, State: 'Pending' }) },
      'worker: warning',
      'homeostat-worker is Pending',
    ],
    [
      'an update that failed',
      'lambda',
      {
        getFunctionConfiguration: () => ({ ...healthy, LastUpdateStatus: 'Failed', LastUpdateStatusReason: 'no code' }),
      },
      'sweeper: warning',
      'the last update of homeostat-sweeper failed: no code',
    ],
    [
      'an update under way',
      'lambda',
      { getFunctionConfiguration: () => ({ ...healthy, LastUpdateStatus: 'InProgress' }) },
      'sweeper: warning',
      'homeostat-sweeper is being updated',
    ],
    [
      'a worker whose hands were cut off',
      'lambda',
      { getFunctionConcurrency: () => ({ ReservedConcurrentExecutions: 0 }) },
      'worker: warning',
      'homeostat-worker may not run at all: its reserved concurrency is 0',
    ],
    [
      'a worker of another table',
      'lambda',
      {
        getFunctionConfiguration: () => ({
          ...healthy,
          Environment: { Variables: { ...healthy.Environment.Variables, HOMEOSTAT_TABLE: 'other' } },
        }),
      },
      'worker: missing',
      'homeostat-worker is not told HOMEOSTAT_TABLE=homeostat',
    ],
    [
      'an environment that may not be decrypted',
      'lambda',
      {
        getFunctionConfiguration: () => ({
          ...healthy,
          Environment: { Error: { ErrorCode: 'AccessDeniedException' } },
        }),
      },
      'worker: not checked',
      'you may not read its environment (AccessDeniedException)',
    ],
    [
      'a queue that nobody works off',
      'lambda',
      { listEventSourceMappings: mappings() },
      "worker's queue: missing",
      'homeostat-worker does not take from homeostat-work',
    ],
    [
      'a queue that is not worked off for now',
      'lambda',
      { listEventSourceMappings: mappings({ ...mapping, State: 'Disabled' }) },
      "worker's queue: warning",
      'its mapping is Disabled',
    ],
    [
      'a worker that cannot report failures',
      'lambda',
      { listEventSourceMappings: mappings({ ...mapping, FunctionResponseTypes: [] }) },
      "worker's queue: missing",
      'they would be lost',
    ],
    [
      'no reader',
      'iam',
      { getRole: rolesOf({ 'reboot-instance': role }) },
      'reader role: missing',
      'there is no role homeostat-eu-central-1-reader: nothing can be looked at',
    ],
    [
      'no role of a remediation',
      'iam',
      { getRole: rolesOf({ reader: role }) },
      'role reboot-instance: missing',
      'there is no role homeostat-eu-central-1-reboot-instance: reboot-instance cannot be started',
    ],
    [
      'a role without its boundary',
      'iam',
      { getRole: rolesOf({ ...needed, reader: { ...role, PermissionsBoundary: undefined } }) },
      'reader role: missing',
      'nothing holds it in',
    ],
    [
      'a role with the boundary of something else',
      'iam',
      {
        getRole: rolesOf({
          ...needed,
          'reboot-instance': {
            ...role,
            PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
          },
        }),
      },
      'role reboot-instance: missing',
      'nothing holds it in',
    ],
    [
      'a role that trusts a sweeper which is no more',
      'iam',
      {
        getRole: rolesOf({
          ...needed,
          reader: { ...role, AssumeRolePolicyDocument: trusting(roleArn('worker'), 'AROA1234567890') },
        }),
      },
      'reader role: missing',
      `does not trust ${roleArn('sweeper')}`,
    ],
    [
      'a role that trusts others too',
      'iam',
      {
        getRole: rolesOf({
          ...needed,
          reader: { ...role, AssumeRolePolicyDocument: trusting(roleArn('worker'), roleArn('sweeper'), '*') },
        }),
      },
      'reader role: warning',
      'trusts others than the functions: *',
    ],
    [
      'a role that is not needed',
      'iam',
      { getRole: rolesOf({ ...needed, 'replace-instance': role }) },
      'unneeded roles: warning',
      'the policy starts nothing by homeostat-eu-central-1-replace-instance',
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

  it('finds nothing wrong with a function that AWS has put to sleep', async () => {
    const asleep = { ...healthy, State: 'Inactive' };
    const { findings } = await findingsOf(without('lambda', { getFunctionConfiguration: () => asleep }));
    expect(findings.find(({ check }) => check === 'sweeper')?.status).toBe('ok');
  });

  it('names the command for whoever may look at roles and functions, where the caller may not', async () => {
    const deployment = aDeployment({
      ...whole,
      iam: { getRole: fails('AccessDenied') },
      lambda: {
        getFunctionConfiguration: fails('AccessDeniedException'),
        listEventSourceMappings: fails('AccessDeniedException'),
      },
    });
    const { status, findings } = await findingsOf(deployment);
    expect(status).toBe(0);
    const byHand = findings.filter(({ next }) => next?.startsWith('with credentials that may: aws '));
    expect(byHand.map(({ check, status: one }) => `${check}: ${one}`)).toEqual([
      'worker: not checked',
      "worker's queue: not checked",
      'sweeper: not checked',
      'reader role: not checked',
      'role reboot-instance: not checked',
      'unneeded roles: not checked',
    ]);
  });

  it('expects no role that may write, and no progress, of a policy that only observes', async () => {
    const observing: Policy = {
      ...actingPolicy,
      rules: actingPolicy.rules.map((one) => ({ ...one, rule: { ...one.rule, mode: 'observe' } })),
    };
    const deployment = aDeployment({
      ...whole,
      iam: { getRole: rolesOf({ reader: role }) },
      eventbridge: { ...whole.eventbridge, listRuleNamesByTarget: () => ({ RuleNames: rules.slice(0, 2) }) },
    });
    const { out } = await examine(deployment, observing, { json: true, now: () => start });
    const { checks } = JSON.parse(out) as { checks: Finding[] };
    expect(checks.filter(({ check }) => /^role |rule|unneeded/.test(check))).toEqual([
      { check: 'event rules', status: 'ok', found: '2 rules, enabled, to homeostat-work' },
      {
        check: 'unneeded roles',
        status: 'ok',
        found: 'none: the policy only observes, and no role may write',
      },
    ]);
  });

  it('expects a rule for each mapping of the operator', async () => {
    const mapped: Policy = {
      ...actingPolicy,
      mappings: [{ pattern: { source: ['my.shop'] } } as unknown as Policy['mappings'][number]],
    };
    const { out } = await examine(aDeployment(whole), mapped, { now: () => start });
    expect(out).toContain('no rule homeostat-mapping-1 sends to homeostat-work');
  });

  it('tells all that it can when AWS answers nothing', async () => {
    const { status, findings } = await findingsOf(aDeployment({}));
    expect(status).toBe(1);
    expect(findings[0]).toMatchObject({ check: 'credentials', status: 'missing' });
    expect(findings.length).toBeGreaterThan(20);
  });

  it('finds the hold, parked incidents and overdue wake-ups', async () => {
    const store = Object.assign(storeOf([opened('inc-odd')], { 'inc-odd': 'schema 9' }), {
      holds: async () => [
        { of: { rule: 'web-tier' }, by: 'ann', reason: 'release', at: start },
        { of: { remediation: 'reboot-instance' }, by: 'ann', reason: 'a bad image', at: start },
      ],
      due: async (before: number) =>
        before < start ? [{ incident: 'inc-late', at: start - 20 * minute, revision: 1 }] : [],
    });
    const { status, findings } = await findingsOf(aDeployment(whole, store));
    expect(status).toBe(0);
    expect(findings.slice(-3)).toMatchObject([
      {
        check: 'hold',
        status: 'warning',
        found: 'on rule web-tier since 2026-03-02T10:00:00Z by ann: release; and on remediation reboot-instance',
      },
      { check: 'parked incidents', status: 'warning', found: '1 incident that this version may not advance: inc-odd' },
      {
        check: 'overdue wake-ups',
        status: 'warning',
        found: '1 incident should have been looked at long ago: inc-late',
      },
    ]);
  });

  it('asks no topic about a contact that reads OpsItems', async () => {
    const policy = { ...actingPolicy, contacts: { desk: { opsItems: true, severity: 3 } } } as const;
    const { out } = await examine(aDeployment(whole), policy, { now: () => start });
    expect(out).toMatch(/^ok +contact desk +OpsItems of severity 3, in the account of the deployment$/m);
  });

  it('takes a hold that cannot be read for one that is on', async () => {
    const store = new MemoryStore();
    jest.spyOn(store, 'holds').mockRejectedValue(new Error('neither on nor off'));
    const { findings } = await findingsOf(aDeployment(whole, store));
    expect(findings.find(({ check }) => check === 'hold')).toMatchObject({
      status: 'warning',
      found: 'one cannot be read, so it counts as on, for everything',
    });
  });

  it('prints a line for each check, the next step under it, and counts', async () => {
    const { out } = await examine(without('dynamodb', { describeTable: notFound }), actingPolicy, { now: () => start });
    expect(out).toMatch(/^ok {11}credentials {11}arn:aws:iam::111122223333:user\/ann$/m);
    expect(out).toMatch(/^missing {6}table .*there is no table homeostat.*\n {35}next: deploy Homeostat again/m);
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
