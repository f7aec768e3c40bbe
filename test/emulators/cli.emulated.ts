import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { IAM } from '@aws-sdk/client-iam';
import { Lambda } from '@aws-sdk/client-lambda';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { DynamoDbStore } from '../../runtime/store/dynamodb-store';
import { createTableInput } from '../../runtime/store/dynamodb-store/table-definition';
import type { State } from '../../statemachines/incident';
import { aFile, homeostatIn, impaired } from '../cli/command';
import type { Seen } from '../cli/printed';
import { entry, opened } from '../cli/deployed';
import { onEachEmulator } from './each';
import { clientSettings, freshAccount, region } from './endpoints';

const name = 'homeostat-cli';

/** The command as an operator of this account types it: with what the AWS SDK finds in the environment. */
function operator(endpoint: string, account: string): (...words: readonly string[]) => Seen {
  const environment = {
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: region,
    AWS_ENDPOINT_URL: endpoint,
    HOMEOSTAT_NAME: name,
  };
  return (...words) => homeostatIn(environment, ...words);
}

onEachEmulator(['dynamodb', 'sts'], ({ endpoint }) => {
  const account = freshAccount();
  const types = operator(endpoint, account);
  const dynamodb = new DynamoDB(clientSettings(endpoint, account));
  const store = new DynamoDbStore(dynamodb, name);

  const put = async (id: string, after: number, end?: State): Promise<void> => {
    const incident = opened(id, after);
    await store.commit({ incident, entries: [entry(`alarm of ${id}`)], signals: [], watches: [], sightings: [] });
    if (end)
      await store.commit({
        incident: { ...incident, revision: 2, state: end },
        entries: [],
        signals: [],
        watches: [],
        sightings: [],
      });
  };

  beforeAll(async () => {
    await dynamodb.createTable(createTableInput(name));
    await put('inc-healed', 0, 'resolved');
    await put('inc-open', 10);
    await put('inc-parked', 20);
    await store.park('inc-parked', 'another version wrote it');
  });
  afterAll(() => {
    dynamodb.destroy();
  });

  test('homeostat incidents lists what is in the table, the latest first', () => {
    const { status, out, err } = types('incidents');
    expect([status, err]).toEqual([0, '']);
    expect(out).toMatch(/inc-parked {2}parked \(checking\)[^]*inc-open {4}checking[^]*inc-healed {2}resolved/);
    expect(out).toContain('inc-parked is parked: another version wrote it');
    expect(out).toMatch(/3 incidents: 2 open, 1 resolved\n$/);
  });

  test('homeostat incidents lists by state, as JSON', () => {
    const { out } = types('incidents', '--state', 'resolved', 'parked', '--json');
    expect(JSON.parse(out)).toMatchObject({ incidents: [{ id: 'inc-parked' }, { id: 'inc-healed' }], more: 0 });
  });

  test('homeostat incident tells the story of one, and not of one that is not there', () => {
    expect(types('incident', 'inc-healed').out).toMatch(
      /^inc-healed {2}RESOLVED .*\n {2}2026-03-02 10:00:00 {2}opened: .*alarm of/,
    );
    expect(JSON.parse(types('incident', 'inc-parked', '--json').out)).toMatchObject({
      id: 'inc-parked',
      outcome: 'open',
      parked: 'another version wrote it',
    });
    expect(types('incident', 'inc-none')).toMatchObject({ status: 1, out: '' });
  });

  test('homeostat hold goes on and off in the table, under the name of the caller', async () => {
    expect(types('hold', 'on', '--reason', 'a release').status).toBe(0);
    expect(types('hold', 'on', '--rule', 'web-tier', '--reason', 'a new image').status).toBe(0);
    const by = expect.stringMatching(/^arn:aws:.*/) as string;
    expect(await store.holds()).toHaveLength(2);
    expect(await store.holds()).toContainEqual(expect.objectContaining({ of: { rule: 'web-tier' }, by }));
    expect(types('hold', 'status').out).toMatch(
      /The hold on everything is on since .*\n {2}by {3}arn:aws:.*\n {2}why {2}a release\n/,
    );
    expect(types('hold', 'off').status).toBe(0);
    expect(await store.holds()).toMatchObject([{ of: { rule: 'web-tier' }, reason: 'a new image' }]);
    expect(types('hold', 'off', '--rule', 'web-tier').status).toBe(0);
    expect(await store.holds()).toEqual([]);
  });

  test('homeostat report looks for incidents in the table', () => {
    const { status, out } = types('report', '--rule', 'nobodys');
    expect([status, out]).toEqual([
      0,
      'There was no incident of rule nobodys in 30 days: there is nothing to report.\n',
    ]);
  });

  test('a table that is not there is told in one line, with what to do', () => {
    const { status, out, err } = types('incidents', '--name', 'elsewhere');
    expect([status, out]).toEqual([1, '']);
    expect(err).toMatch(
      /^homeostat: there is no table elsewhere in this account and region: deploy Homeostat there.*\n$/,
    );
  });

  test('an endpoint that nobody answers at is told in one line, with what to do', () => {
    const { status, err } = types('hold', 'status', '--endpoint', 'http://127.0.0.1:1');
    expect(status).toBe(1);
    expect(err).toMatch(/^homeostat: AWS cannot be reached \(ECONNREFUSED.*--endpoint and AWS_ENDPOINT_URL.*\n$/);
  });
});

onEachEmulator(
  ['dynamodb', 'sts', 'events', 'sqs', 'sns', 'scheduler', 'cloudwatch', 'iam', 'lambda'],
  ({ endpoint }) => {
    test('homeostat doctor says of a deployment that is half there what is missing', async () => {
      const account = freshAccount();
      const settings = clientSettings(endpoint, account);
      const sqs = new SQS({ ...settings, useQueueUrlAsEndpoint: false });
      await new DynamoDB(settings).createTable(createTableInput(name));
      await sqs.createQueue({ QueueName: `${name}-work` });
      const { TopicArn } = await new SNS(settings).createTopic({ Name: 'oncall' });
      const policy = aFile(
        'policy.yaml',
        `{ mode: observe, rules: [{ name: web, on: [ec2-instance-impaired], try: [], escalate: [oncall] }], contacts: { oncall: { topic: '${TopicArn ?? ''}' } } }`,
      );
      const { status, out } = operator(endpoint, account)('doctor', '--policy', policy, '--json');
      expect(status).toBe(1);
      const { checks } = JSON.parse(out) as { checks: { check: string; status: string; found: string }[] };
      const statuses = Object.fromEntries(checks.map((one) => [one.check, one.status]));
      expect(statuses).toMatchObject({
        credentials: 'ok',
        region: 'ok',
        table: 'ok',
        'table protection': 'warning',
        'table backups': 'warning',
        'table expiry': 'warning',
        'event rules': 'missing',
        worker: 'missing',
        "worker's queue": 'missing',
        sweeper: 'missing',
        'reader role': 'missing',
        'unneeded roles': 'ok',
        'event bus': 'missing',
        'work queue': 'missing',
        'dead letters': 'missing',
        'schedule group': 'missing',
        "sweeper's schedule": 'missing',
        'contact oncall': 'missing',
        'alarms on itself': 'missing',
        hold: 'ok',
        'parked incidents': 'ok',
        'overdue wake-ups': 'ok',
      });
      expect(checks.find(({ check }) => check === 'contact oncall')?.found).toMatch(
        /nobody has confirmed a subscription/,
      );
      expect(checks.find(({ check }) => check === 'dead letters')?.found).toBe(
        `there is no queue ${name}-dead-letters`,
      );
    });
  },
);

/** A zip file that holds nothing: no function of these tests ever runs. */
const noCode = Buffer.concat([Buffer.from('PK\x05\x06'), Buffer.alloc(18)]);

onEachEmulator(
  ['dynamodb', 'sts', 'events', 'sqs', 'sns', 'scheduler', 'cloudwatch', 'iam', 'lambda'],
  ({ endpoint }) => {
    const account = freshAccount();
    const settings = clientSettings(endpoint, account);
    const iam = new IAM(settings);
    const lambda = new Lambda(settings);
    const prefix = `${name}-${region}-`;
    const queue = `arn:aws:sqs:${region}:${account}:${name}-work`;
    const roleArn = (of: string): string => `arn:aws:iam::${account}:role/${prefix}${of}`;
    const policy = aFile(
      'policy.yaml',
      `{ mode: act, rules: [{ name: web, on: [ec2-instance-impaired], try: [reboot-instance, stop-start-instance], escalate: [oncall] }], contacts: { oncall: { topic: 'arn:aws:sns:${region}:${account}:oncall' } } }`,
    );

    const makeRole = async (of: string, principal: object, boundary?: string): Promise<void> => {
      const Statement = { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' };
      await iam.createRole({
        RoleName: `${prefix}${of}`,
        AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
        ...(boundary !== undefined && { PermissionsBoundary: boundary }),
      });
    };
    const makeFunction = async (of: string, table: string): Promise<void> => {
      await lambda.createFunction({
        FunctionName: `${name}-${of}`,
        Runtime: 'nodejs20.x',
        Handler: 'index.work',
        Role: roleArn(of),
        Code: { ZipFile: noCode },
        Environment: {
          Variables: { HOMEOSTAT_TABLE: table, HOMEOSTAT_QUEUE_ARN: queue, HOMEOSTAT_ROLE_PREFIX: prefix },
        },
      });
    };

    beforeAll(async () => {
      const { Policy } = await iam.createPolicy({
        PolicyName: `${prefix}boundary-reader`,
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'ec2:*', Resource: '*' }],
        }),
      });
      for (const one of ['worker', 'sweeper']) await makeRole(one, { Service: 'lambda.amazonaws.com' });
      const functions = { AWS: [roleArn('worker'), roleArn('sweeper')] };
      await makeRole('reader', functions, Policy?.Arn);
      await makeRole('reboot-instance', functions);
      await makeRole('drain-target', functions, Policy?.Arn);

      await new SQS({ ...settings, useQueueUrlAsEndpoint: false }).createQueue({ QueueName: `${name}-work` });
      await makeFunction('worker', name);
      await makeFunction('sweeper', 'elsewhere');
      await lambda.createEventSourceMapping({
        FunctionName: `${name}-worker`,
        EventSourceArn: queue,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        BatchSize: 5,
      });

      const events = new EventBridge(settings);
      for (const source of ['cloudwatch-alarm', 'health']) {
        await events.putRule({ Name: `${name}-${source}`, EventPattern: '{"source":["my.shop"]}' });
        await events.putTargets({ Rule: `${name}-${source}`, Targets: [{ Id: 'work', Arn: queue }] });
      }
    });
    afterAll(() => {
      iam.destroy();
      lambda.destroy();
    });

    test('homeostat doctor tells which roles, functions and rules are there and as they have to be', () => {
      const { status, out } = operator(endpoint, account)('doctor', '--policy', policy, '--json');
      expect(status).toBe(1);
      const { checks } = JSON.parse(out) as {
        checks: { check: string; status: string; found: string; next?: string }[];
      };
      const told = Object.fromEntries(checks.map((one) => [one.check, `${one.status}: ${one.found}`]));
      expect(told).toMatchObject({
        worker: `ok: ${name}-worker, active, told of its table and queue`,
        "worker's queue": `ok: ${name}-worker takes from ${name}-work, and reports which messages failed`,
        sweeper: `missing: ${name}-sweeper is not told HOMEOSTAT_TABLE=${name}`,
        'reader role': `ok: ${prefix}reader, within its boundary, for the two functions`,
        'role reboot-instance': `missing: ${prefix}reboot-instance has not the boundary arn:aws:iam::${account}:policy/${prefix}boundary-ec2: nothing holds it in`,
        'role stop-start-instance': `missing: there is no role ${prefix}stop-start-instance: stop-start-instance cannot be started`,
        'unneeded roles': `warning: the policy starts nothing by ${prefix}drain-target`,
        'event rules': expect.stringMatching(/^missing: no rule .*-ec2-instance-state\b.*sends to/) as string,
      });
      expect(checks.find(({ check }) => check === 'role stop-start-instance')?.next).toBe(
        'deploy this policy, or name the deployed one with --policy',
      );
    });

    test('homeostat doctor tells of a worker that was disconnected from its queue', async () => {
      const { EventSourceMappings: [mapping] = [] } = await lambda.listEventSourceMappings({
        FunctionName: `${name}-worker`,
      });
      await lambda.updateEventSourceMapping({ UUID: mapping?.UUID, Enabled: false });
      const { out } = operator(endpoint, account)('doctor', '--policy', policy);
      expect(out).toMatch(
        /^warning .*worker's queue .* takes from homeostat-cli-work no more: .*\n +next: aws lambda update-event-source-mapping --uuid .* --enabled$/m,
      );
    });
  },
);

onEachEmulator(['events', 'sqs'], ({ endpoint }) => {
  test('homeostat events send puts events where the rules of the account take them, and none of AWS', async () => {
    const account = freshAccount();
    const settings = clientSettings(endpoint, account);
    const sqs = new SQS({ ...settings, useQueueUrlAsEndpoint: false });
    const events = new EventBridge(settings);
    const { QueueUrl } = await sqs.createQueue({ QueueName: 'heard' });
    await events.putRule({ Name: 'mine', EventPattern: '{"source":["my.shop"]}' });
    const Arn = `arn:aws:sqs:${region}:${account}:heard`;
    await events.putTargets({ Rule: 'mine', Targets: [{ Id: 'heard', Arn }] });
    const types = operator(endpoint, account);
    const mine = { source: 'my.shop', 'detail-type': 'Checkout Stuck', detail: { shop: 7 } };

    expect(types('events', 'send', aFile('events.json', JSON.stringify([mine, impaired()])))).toMatchObject({
      status: 1,
      out: '',
      err: expect.stringMatching(/events\.json\[1\]: its source is aws\.cloudwatch/) as string,
    });
    expect(types('events', 'send', aFile('events.json', JSON.stringify(mine)))).toEqual({
      status: 0,
      out: 'Sent 1 of 1 event to bus default.\n',
      err: '',
    });
    const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 5 });
    expect(Messages.map(({ Body = '' }) => JSON.parse(Body) as unknown)).toEqual([expect.objectContaining(mine)]);
  });
});
