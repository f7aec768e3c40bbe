import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { holdToChecks } from '../../infra/checks';
import { rulePatterns } from '../../infra/homeostat/rule-patterns';
import { HomeostatStack } from '../../infra/stack';
import { compilePolicy } from '../../runtime/compiled-policy';
import { tableDefinition } from '../../runtime/store/dynamodb-store/table-definition';
import { quickApp } from './app';
import { account, acting, mixed, policyOf, region } from './policies';
import { listed, ofType, type Statement, statementsOf, synthesise, theOne, workplace } from './synthesised';

const resources = synthesise(mixed.replace(/^regions.*\n/m, ''), { alarmEmails: ['ops@example.com'] });
const queue = (name: string) =>
  theOne(resources, 'AWS::SQS::Queue', ({ properties }) => properties.QueueName === `homeostat-${name}`);
const policyOfQueue = (name: string): readonly Statement[] =>
  statementsOf(
    theOne(resources, 'AWS::SQS::QueuePolicy', ({ properties }) =>
      (properties.Queues as string[]).includes(`<${queue(name).id}>`),
    ).properties.PolicyDocument,
  );
const key = `<${theOne(resources, 'AWS::KMS::Key').id}>`;
const rules = ofType(resources, 'AWS::Events::Rule');
const functionNamed = (name: string) =>
  theOne(resources, 'AWS::Lambda::Function', ({ properties }) => properties.FunctionName === `homeostat-${name}`);

describe('the rules', () => {
  it('have the patterns of the policy, for the account and region of the stack', () => {
    const expected = rulePatterns({ policy: policyOf(mixed), accounts: [account], regions: [region] });
    expect(rules.map(({ properties }) => properties.EventPattern)).toEqual(expected.map(({ pattern }) => pattern));
  });

  it('try for a day to put events into the work queue, and then put them among the dead letters', () => {
    const targets = rules.map(({ properties }) => properties.Targets);
    expect(new Set(targets.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(targets[0]).toMatchObject([
      {
        Arn: `<${queue('work').id}>`,
        DeadLetterConfig: { Arn: `<${queue('dead-letters').id}>` },
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400 },
      },
      { Id: 'log' },
    ]);
  });
});

describe('the queues', () => {
  it.each(['work', 'dead-letters'])('%s takes messages of its rules alone, and of its account', (name) => {
    const ofRules = policyOfQueue(name).filter(
      ({ Principal }) => (Principal as { Service?: string }).Service === 'events.amazonaws.com',
    );
    expect(ofRules).toMatchObject([
      {
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Condition: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnEquals: { 'aws:SourceArn': rules.map(({ id }) => `<${id}>`) },
        },
      },
    ]);
  });

  it('work lets the timers send, and nobody else', () => {
    const allowed = policyOfQueue('work').filter(({ Effect }) => Effect === 'Allow');
    const timer = theOne(resources, 'AWS::IAM::Role', ({ properties }) =>
      String(properties.RoleName).endsWith('-timer'),
    );
    expect(allowed.map(({ Principal }) => Principal)).toEqual([
      { Service: 'events.amazonaws.com' },
      { AWS: `<${timer.id}>` },
    ]);
  });

  it.each(['work', 'dead-letters', 'missed-sweeps'])(
    '%s is encrypted by the own key and refuses plain HTTP',
    (name) => {
      expect(queue(name).properties.KmsMasterKeyId).toBe(key);
      expect(policyOfQueue(name)).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
    },
  );

  it('hide a message for six times as long as the worker may take, and give it up after five tries', () => {
    const { VisibilityTimeout, RedrivePolicy } = queue('work').properties;
    expect(Number(VisibilityTimeout)).toBeGreaterThanOrEqual(6 * Number(functionNamed('worker').properties.Timeout));
    expect(RedrivePolicy).toEqual({ deadLetterTargetArn: `<${queue('dead-letters').id}>`, maxReceiveCount: 5 });
    expect(queue('dead-letters').properties.MessageRetentionPeriod).toBe(14 * 86_400);
  });
});

describe('the functions', () => {
  it('answer for single messages of a batch, and not too many at one time', () => {
    expect(theOne(resources, 'AWS::Lambda::EventSourceMapping').properties).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 8 },
      BatchSize: 5,
    });
  });

  const powers = theOne(resources, 'AWS::IAM::ManagedPolicy', ({ properties }) =>
    String(properties.ManagedPolicyName).endsWith('-functions'),
  );

  it.each(['worker', 'sweeper'])('%s is told all that it asks of its surroundings', (name) => {
    const { Variables } = functionNamed(name).properties.Environment as { Variables: Record<string, unknown> };
    expect(Variables).toEqual({
      HOMEOSTAT_TABLE: `<${theOne(resources, 'AWS::DynamoDB::Table').id}>`,
      HOMEOSTAT_BUS: 'homeostat',
      HOMEOSTAT_QUEUE_ARN: `<${queue('work').id}>`,
      HOMEOSTAT_SCHEDULE_GROUP: 'homeostat',
      HOMEOSTAT_SCHEDULE_ROLE_ARN: expect.stringMatching(/^<HomeostatSchedulestimer/) as unknown,
      HOMEOSTAT_ROLE_PREFIX: 'homeostat-eu-west-1-',
      HOMEOSTAT_ACCOUNT: account,
      HOMEOSTAT_REGION: region,
      HOMEOSTAT_MAX_EVENT_AGE: '3600',
      HOMEOSTAT_PAGE_URL: `<${theOne(resources, 'AWS::Lambda::Url').id}>`,
      HOMEOSTAT_PAGE_ROLE_ID: `<${theOne(resources, 'AWS::IAM::Role', ({ properties }) => String(properties.RoleName).endsWith('-answer')).id}>`,
    });
  });

  it('have their powers before they can run', () => {
    expect(functionNamed('worker').raw.DependsOn).toContain(powers.id);
  });

  it('may as themselves do nothing to the resources of anybody else', () => {
    const services = statementsOf(powers.properties.PolicyDocument)
      .flatMap(({ Action }) => listed(Action))
      .map((action) => action.split(':')[0]);
    expect([...new Set(services)].sort()).toEqual(
      ['cloudwatch', 'dynamodb', 'events', 'iam', 'kms', 'logs', 'scheduler', 'sns', 'sqs', 'xray'].sort(),
    );
  });

  it('may open OpsItems where a contact reads them, and update none of another account', () => {
    const withOpsItems = synthesise(acting.replace('contacts: {', 'contacts: { tickets: { opsItems: true },'));
    const policy = theOne(withOpsItems, 'AWS::IAM::ManagedPolicy', ({ properties }) =>
      String(properties.ManagedPolicyName).endsWith('-functions'),
    );
    const ofSsm = statementsOf(policy.properties.PolicyDocument).filter(({ Action }) =>
      listed(Action).some((action) => action.startsWith('ssm:')),
    );
    expect(ofSsm).toMatchObject([
      { Action: ['ssm:CreateOpsItem', 'ssm:DescribeOpsItems'], Resource: '*' },
      { Action: 'ssm:UpdateOpsItem', Resource: `arn:aws:ssm:${region}:${account}:opsitem/*` },
    ]);
  });

  it('are swept each minute, and a sweep that is missed is kept', () => {
    expect(theOne(resources, 'AWS::Scheduler::Schedule').properties).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      Target: { DeadLetterConfig: { Arn: `<${queue('missed-sweeps').id}>` } },
    });
  });
});

test('the table has the keys and indexes that the store asks for, and outlives the stack', () => {
  const { raw, properties } = theOne(resources, 'AWS::DynamoDB::Table');
  expect(raw).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  expect(properties).toMatchObject({
    BillingMode: 'PAY_PER_REQUEST',
    DeletionProtectionEnabled: true,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
    TimeToLiveSpecification: { AttributeName: tableDefinition.expiry, Enabled: true },
    KeySchema: [
      { AttributeName: tableDefinition.partitionKey.name, KeyType: 'HASH' },
      { AttributeName: tableDefinition.sortKey.name, KeyType: 'RANGE' },
    ],
  });
  const indexes = properties.GlobalSecondaryIndexes as { IndexName: string }[];
  expect(indexes.map(({ IndexName }) => IndexName)).toEqual(tableDefinition.indexes.map(({ name }) => name));
});

test('logs are kept for a time, encrypted', () => {
  const groups = ofType(resources, 'AWS::Logs::LogGroup').map(({ properties }) => properties);
  expect(groups).toEqual(
    [90, 90, 90, 90].map((days) => expect.objectContaining({ RetentionInDays: days, KmsKeyId: key }) as unknown),
  );
});

describe('the event log', () => {
  const group = theOne(resources, 'AWS::Logs::LogGroup', ({ properties }) =>
    String(properties.LogGroupName).startsWith('/aws/events/'),
  );
  const arn = `arn:aws:logs:${region}:${account}:log-group:/aws/events/homeostat`;

  it('gets what each rule takes, and is there before them', () => {
    const targets = rules.map(({ properties }) => (properties.Targets as object[])[1]);
    expect(targets).toEqual(rules.map(() => ({ Id: 'log', Arn: arn })));
    expect(group.properties.LogGroupName).toBe('/aws/events/homeostat');
    for (const { raw } of rules) expect(raw.DependsOn).toContain(group.id);
  });

  it('takes entries of EventBridge alone, by a policy of its own', () => {
    expect(statementsOf(group.properties.ResourcePolicyDocument)).toMatchObject([
      {
        Effect: 'Allow',
        Principal: { Service: ['events.amazonaws.com', 'delivery.logs.amazonaws.com'] },
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: `${arn}:*`,
      },
    ]);
    expect(ofType(resources, 'AWS::Logs::ResourcePolicy')).toEqual([]);
  });

  it('is encrypted by a key that the service of logs may use for it', () => {
    const [statement] = statementsOf(theOne(resources, 'AWS::KMS::Key').properties.KeyPolicy).filter(
      ({ Sid }) => Sid === 'EncryptLogs',
    );
    expect(JSON.stringify(statement?.Condition)).toContain(`"${arn}"`);
  });

  it('is not there where the operator wants none', () => {
    const without = synthesise(mixed, { eventLog: false });
    expect(ofType(without, 'AWS::Logs::LogGroup')).toHaveLength(3);
    for (const { properties } of ofType(without, 'AWS::Events::Rule')) expect(properties.Targets).toHaveLength(1);
  });
});

test('the service of logs may use the key by its name in each partition', () => {
  const [statement] = statementsOf(theOne(resources, 'AWS::KMS::Key').properties.KeyPolicy).filter(
    ({ Sid }) => Sid === 'EncryptLogs',
  );
  expect(statement?.Principal).toEqual({ Service: `logs.${region}.<AWS::URLSuffix>` });
});

describe('the page', () => {
  const page = functionNamed('answer');
  const role = theOne(
    resources,
    'AWS::IAM::Role',
    ({ properties }) => properties.RoleName === `homeostat-${region}-answer`,
  );
  const powers = statementsOf(
    theOne(resources, 'AWS::IAM::ManagedPolicy', ({ properties }) =>
      String(properties.ManagedPolicyName).endsWith('-answer'),
    ).properties.PolicyDocument,
  );

  it('has an address that a browser reaches without credentials, for a few at one time', () => {
    expect(theOne(resources, 'AWS::Lambda::Url').properties).toMatchObject({
      AuthType: 'NONE',
      TargetFunctionArn: `<${page.id}>`,
    });
    expect(page.properties.ReservedConcurrentExecutions).toBe(5);
    const invoked = ofType(resources, 'AWS::Lambda::Permission').map(({ properties }) => properties);
    expect(invoked).toMatchObject([
      { Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE', Principal: '*' },
      { Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true, Principal: '*' },
    ]);
  });

  it('is told the table and the queue, and not where the roles are', () => {
    expect((page.properties.Environment as { Variables: object }).Variables).toEqual({
      HOMEOSTAT_NAME: 'homeostat',
      HOMEOSTAT_TABLE: `<${theOne(resources, 'AWS::DynamoDB::Table').id}>`,
      HOMEOSTAT_QUEUE_URL: `<${queue('work').id}>`,
      HOMEOSTAT_REGION: region,
    });
  });

  it('has a role of its own that no other trusts', () => {
    expect(page.properties.Role).toBe(`<${role.id}>`);
    const trusting = ofType(resources, 'AWS::IAM::Role').filter(({ properties }) =>
      JSON.stringify(properties.AssumeRolePolicyDocument).includes(role.id),
    );
    expect(trusting).toEqual([]);
  });

  it('writes nothing but an answer on a ticket', () => {
    const writes = powers.filter(({ Action }) => listed(Action).some((one) => /^dynamodb:(?!GetItem|Query)/.test(one)));
    expect(writes).toMatchObject([
      {
        Action: 'dynamodb:UpdateItem',
        Condition: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ticket/*'] },
          'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk', 'decision', 'decidedAt', 'expiresAt'] },
          Null: { 'dynamodb:LeadingKeys': 'false', 'dynamodb:Attributes': 'false' },
        },
      },
    ]);
  });

  it('is not there where the operator wants none, and nobody is told of one', () => {
    const without = synthesise(mixed, { answerPage: false });
    expect(ofType(without, 'AWS::Lambda::Url')).toEqual([]);
    expect(JSON.stringify(without)).not.toContain('HOMEOSTAT_PAGE_URL');
    expect(ofType(without, 'AWS::Lambda::Function')).toHaveLength(2);
  });
});

test('nobody but the two functions may speak on the event bus', () => {
  const roles = ['worker', 'sweeper'].map((name) => functionNamed(name).properties.Role);
  expect(statementsOf(theOne(resources, 'AWS::Events::EventBus').properties.Policy)).toMatchObject([
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 'events:PutEvents',
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': roles } },
    },
  ]);
});

describe('the alarms', () => {
  const alarms = ofType(resources, 'AWS::CloudWatch::Alarm').map(({ properties }) => properties);
  const topic = `<${theOne(resources, 'AWS::SNS::Topic').id}>`;

  it('tell on that topic of messages that nobody took, which is no contact’s', () => {
    const [alarm] = alarms.filter(({ AlarmName }) => AlarmName === 'homeostat-people-not-told');
    expect(alarm).toMatchObject({ MetricName: 'NotificationsFailed', Threshold: 0, AlarmActions: [topic] });
    const own = acting.replace('111122223333:oncall', '111122223333:homeostat-self');
    expect(() => synthesise(own)).toThrow('The contact oncall reads the topic homeostat-self');
  });

  it('go to the topic of Homeostat itself, all of them', () => {
    expect(theOne(resources, 'AWS::SNS::Topic').properties.TopicName).toBe('homeostat-self');
    expect(alarms.filter(({ AlarmActions }) => JSON.stringify(AlarmActions) !== JSON.stringify([topic]))).toEqual([]);
    expect(alarms.length).toBeGreaterThan(10);
  });

  it('take silence for bad news only where it is: of the sweeper', () => {
    const breaching = alarms.filter(({ TreatMissingData }) => TreatMissingData === 'breaching');
    expect(breaching).toMatchObject([{ MetricName: 'SweeperHeartbeat', ComparisonOperator: 'LessThanThreshold' }]);
  });

  it('are each explained in docs/operating.md', () => {
    const page = readFileSync(join(__dirname, '../../docs/operating.md'), 'utf8');
    const names = alarms.map(({ AlarmName }) => String(AlarmName).replace('homeostat-', ''));
    expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});

test('two deployments can stand side by side: nothing has a name without that of its deployment', () => {
  const other = synthesise(acting, { name: 'nightly' });
  const named = other.flatMap(({ properties }) =>
    Object.entries(properties).filter(([field]) => /^(\w*Name|AlarmName)$/.test(field) && field !== 'MetricName'),
  );
  expect(named.filter(([, value]) => /homeostat/.test(String(value)))).toEqual([]);
});

describe('what cdk-nag finds', () => {
  /** Rules that are violated in a stack with this policy, and with what else stands in it. Of CloudFormation only without that: it takes long. */
  function findings(policy: string, besides?: (stack: HomeostatStack) => void): readonly string[] {
    const { folder, props } = workplace(policy);
    const exitCode = process.exitCode;
    try {
      const outdir = join(folder, 'out');
      const checked = { outdir, analyticsReporting: false, stackTraces: false, treeMetadata: false };
      const app = besides === undefined ? new App(checked) : quickApp(outdir);
      const stack = new HomeostatStack(app, 'homeostat', { ...props, alarmEmails: ['ops@example.com'] });
      besides?.(stack);
      holdToChecks(app);
      try {
        app.synth();
      } catch {
        // The report says why.
      }
      const report = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')) as {
        pluginReports: { violations: { ruleName: string }[] }[];
      };
      return report.pluginReports.flatMap(({ violations }) => violations.map(({ ruleName }) => ruleName));
    } finally {
      process.exitCode = exitCode;
      rmSync(folder, { recursive: true });
    }
  }

  it('is argued, each finding beside what it is about, where everything may start', () => {
    expect(findings(acting)).toEqual([]);
  });

  it('is still found where nobody has argued', () => {
    const found = findings(acting, (stack) => new Bucket(stack, 'Bucket'));
    expect(found.join(' ')).toContain('AwsSolutions-S1');
  });
});

test('a policy with faults is not deployed, and the reason says where they are', () => {
  expect(() => synthesise('mode: maybe\nrules: []\n')).toThrow(/policy\.yaml:1:\d+/);
});

describe('the bundle', () => {
  function synthesisedWith(compiled: string): () => unknown {
    return () => {
      const { folder, props } = workplace(mixed);
      try {
        writeFileSync(join(props.code, 'policy.json'), compiled);
        return new HomeostatStack(quickApp(), 'homeostat', props);
      } finally {
        rmSync(folder, { recursive: true });
      }
    };
  }

  it('of another policy than the one that the roles are made from is not deployed', () => {
    expect(synthesisedWith(compilePolicy(policyOf(acting)))).toThrow('was not made from this policy');
  });

  it('of the same policy is', () => {
    expect(synthesisedWith(compilePolicy(policyOf(mixed)))).not.toThrow();
  });
});

test('accounts and regions that nothing is deployed in are warned of', () => {
  const { folder, props } = workplace(mixed);
  try {
    const stack = new HomeostatStack(quickApp(), 'homeostat', {
      ...props,
      env: { account, region },
    });
    const warnings = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('from eu-central-1'));
    expect(warnings).toHaveLength(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each(['Homeostat', 'x', 'a-name-that-is-much-too-long-for-it'])('%s cannot name a deployment', (name) => {
  expect(() => synthesise(mixed, { name })).toThrow('cannot name a deployment');
});
