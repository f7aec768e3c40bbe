import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Command, CommanderError } from 'commander';
import { parse } from 'yaml';
import { registerRecord } from '../../../cli/record';
import { Refusal } from '../../../simulator/refusal';
import { aFile, impaired, root } from '../command';
import { newFolder, RecordedAccount, recordFrom, region, toolsFor, trueAccount } from './recorded-account';

const instance = 'i-0a1b2c3d4e5f60711';

/** An alarm of the recorded account, at that time of the first of March. */
const alarmAt = (time: string, id: string, of = instance): Record<string, unknown> => {
  const event = JSON.stringify({ ...impaired(of, `2026-03-01T${time}Z`), id });
  return JSON.parse(event.replaceAll('111122223333', trueAccount).replaceAll('eu-central-1', region)) as Record<
    string,
    unknown
  >;
};

const fiveAlarms = ['01', '02', '03', '04', '05'].map((hour) => alarmAt(`${hour}:00:00`, `event-${hour}`));

const metricOfInstance = {
  namespace: 'AWS/EC2',
  name: 'StatusCheckFailed_Instance',
  dimensions: { InstanceId: 'i-0a1b2c3d4e5f60718' },
};
/** Alarms of load balancers of either generation. */
const ofBalancers = [
  {
    namespace: 'AWS/ApplicationELB',
    name: 'HTTPCode_Target_5XX_Count',
    dimensions: { LoadBalancer: 'app/shop/50dc6c495c0c9188', AvailabilityZone: `${region}a` },
  },
  { namespace: 'AWS/ELB', name: 'UnHealthyHostCount', dimensions: { LoadBalancerName: 'shop' } },
].map((metric): object => {
  const text = readFileSync(join(root, 'test/events/cloudwatch/instance-status-alarm.json'), 'utf8');
  const event = JSON.stringify(JSON.parse(text.replaceAll('111122223333', trueAccount)));
  return JSON.parse(event.replace(JSON.stringify(metricOfInstance), JSON.stringify(metric))) as object;
});

/** Events of databases, a runbook, a table and caches. */
const beside = (
  [
    ['rds/instance-storage-low.json', 'orders', 'orders'],
    ['rds/instance-storage-low.json', 'orders', 'ledger-1'],
    ['ssm/automation-success.json', 'Restart-Shop', 'Shop-Restart'],
    ['config/table-not-restorable.json', 'orders', 'orders'],
    ['cloudwatch/cache-write-latency-alarm.json', 'sessions', 'sessions'],
    ['elasticache/cache-limit-approaching.json', 'carts', 'carts'],
    ['cloudwatch/file-system-permitted-alarm.json', 'fs-0123456789abcdef0', 'fs-0123456789abcdef0'],
    ['emr/step-failed.json', 'j-1YONHTCP3YZKC', 'j-1YONHTCP3YZKC'],
    ['s3/bucket-policy-put.json', 'shop-images', 'shop-images'],
    ['cloudwatch/health-check-alarm.json', 'us-east-1', 'eu-west-1'],
    ['cloudwatch/function-alias-errors-alarm.json', 'checkout', 'checkout'],
    ['lambda/mapping-disabled.json', 'checkout', 'checkout'],
    ['ecs/agent-lost.json', 'shop', 'shop'],
    ['cloudwatch/topic-failing-alarm.json', 'orders-placed', 'orders-placed'],
    ['logs/filter-deleted.json', '/shop/checkout', '/shop/checkout'],
    ['backup/backup-job-failed.json', 'orders', 'orders'],
  ] as const
).map(([name, from, to]): object => {
  const text = readFileSync(join(root, 'test/events', name), 'utf8').replaceAll('111122223333', trueAccount);
  return JSON.parse(text.replaceAll(from, to)) as object;
});

/** An alarm that is tagged with what it tells of. */
const ofAccessPoint = {
  ...fiveAlarms[0],
  id: 'event-of-access-point',
  detail: {
    ...(fiveAlarms[0]?.['detail'] as object),
    alarmTags: {
      'homeostat:resource': 'multi-region-access-point/mfzwi23gnjvgw.mrap',
      'homeostat:condition': 'region-impaired',
    },
  },
};

const linesOf = (folder: string): { readonly id: string }[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { id: string });
const idsIn = (folder: string): readonly string[] => linesOf(folder).map(({ id }) => id);
const accountIn = (folder: string): Record<string, unknown> =>
  parse(readFileSync(join(folder, 'account.yaml'), 'utf8')) as Record<string, unknown>;

test('the events of a log group and what they name are in the folder, under another account', async () => {
  const account = new RecordedAccount({
    instances: [{ id: instance, group: 'web', tags: { 'homeostat:heal': 'yes', owner: 'ann' } }],
    groups: [{ name: 'web', min: 1, max: 3 }],
  }).logs(...fiveAlarms);
  const out = newFolder();
  const told = await recordFrom(account, { out });
  expect(idsIn(out)).toEqual(fiveAlarms.map(({ id }) => id));
  expect(readdirSync(out).sort()).toEqual(['account.yaml', 'events-2026-03-01.jsonl', 'record.checkpoint']);
  expect(accountIn(out)).toMatchObject({
    account: '111122223333',
    region,
    instances: [{ id: instance, group: 'web', tags: { 'homeostat:heal': 'yes' } }],
    groups: [{ name: 'web', min: 1, max: 3, desired: 1 }],
  });
  expect(told).toContain('5 events from 2026-03-01T00:00:00Z to 2026-03-02T00:00:00Z in 1 file');
  expect(told).toContain(`homeostat replay ${out}`);
  const everything = readdirSync(out).map((name) => readFileSync(join(out, name), 'utf8'));
  expect(everything.join('\n')).not.toMatch(new RegExp(`${trueAccount}|ann`));
});

test('objects are read whichever way events were put into them, and each day is in the order of its times', async () => {
  const [one, two, three, four, five] = fiveAlarms.map((event) => JSON.stringify(event));
  const account = new RecordedAccount()
    .stores('events/a.json', `[${four!},\n${five!}]`)
    .stores('events/b', gzipSync(`${one!}${two!}`))
    .stores('events/c.jsonl', `${three!}\n{"half": "an ev\n${JSON.stringify(alarmAt('06:00:00', 'event-06'))}\n`)
    .stores(
      'events/d',
      JSON.stringify({
        messageType: 'DATA_MESSAGE',
        logEvents: [{ message: JSON.stringify(alarmAt('07:00:00', 'event-07')) }],
      }),
    )
    .stores('events/e', JSON.stringify({ ...alarmAt('08:00:00', 'event-08'), time: '2026-03-02T08:00:00Z' }))
    .stores('elsewhere/f', one!);
  const out = newFolder();
  const told = await recordFrom(account, { out, s3: { bucket: 'kept', prefix: 'events/' } });
  expect(idsIn(out)).toEqual(['event-01', 'event-02', 'event-03', 'event-04', 'event-05', 'event-06', 'event-07']);
  expect(told).toContain('since they are no events: 1');
});

test('wherever it is interrupted, the same call goes on without losing or doubling an event', async () => {
  const whole = newFolder();
  const description = { instances: [{ id: instance }], groups: [{ name: 'web' }] };
  const undisturbed = new RecordedAccount(description).logs(...fiveAlarms);
  await recordFrom(undisturbed, { out: whole });
  for (let calls = 1; calls < undisturbed.calls.length; calls += 1) {
    const account = new RecordedAccount(description).logs(...fiveAlarms);
    account.before = (_operation, before) => {
      if (before === calls) throw new Error('the plug was pulled');
    };
    const out = newFolder();
    await expect(recordFrom(account, { out })).rejects.toThrow('the plug was pulled');
    account.before = () => undefined;
    await recordFrom(account, { out });
    expect(idsIn(out)).toEqual(idsIn(whole));
    expect(accountIn(out)).toEqual(accountIn(whole));
  }
});

test('a recording that was left for so long that AWS forgot its place goes on from the last one that lasts', async () => {
  const account = new RecordedAccount().logs(...fiveAlarms);
  account.before = (operation) => {
    if (operation === 'FilterLogEvents' && account.calls.filter((one) => one === 'logs:FilterLogEvents').length === 1)
      throw new Error('the plug was pulled');
  };
  const out = newFolder();
  await expect(recordFrom(account, { out })).rejects.toThrow('the plug was pulled');
  expect(idsIn(out)).toHaveLength(3);
  account.before = () => undefined;
  account.epoch = 1;
  await recordFrom(account, { out });
  expect(idsIn(out)).toEqual(fiveAlarms.map(({ id }) => id));
});

test('nothing is described more than once', async () => {
  const ids = Array.from({ length: 7 }, (_, place) => `i-0a1b2c3d4e5f6071${place}`);
  const account = new RecordedAccount({
    instances: ids.map((id) => ({ id, group: 'web' })),
    groups: [{ name: 'web' }],
  }).logs(
    ...ids.flatMap((id, place) => [
      alarmAt(`0${place}:00:00`, `one-${place}`, id),
      alarmAt(`0${place}:30:00`, `two-${place}`, id),
    ]),
  );
  await recordFrom(account, { out: newFolder() });
  const asked = account.inputs
    .map((input) => input as { readonly InstanceId?: string; readonly Attribute?: string })
    .flatMap(({ InstanceId, Attribute }) => (Attribute === undefined ? [] : [`${InstanceId ?? ''} ${Attribute}`]));
  expect(new Set(asked).size).toBe(2 * ids.length);
  expect(asked).toHaveLength(2 * ids.length);
});

/** IAM action of an operation that is called otherwise. */
const actionOf: Readonly<Record<string, string>> = {
  's3:ListObjectsV2': 's3:ListBucket',
  's3:GetBucketReplication': 's3:GetReplicationConfiguration',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
};

/** What the page says that it may do. */
function allowedActions(): readonly string[] {
  const page = readFileSync(join(root, 'docs/recording.md'), 'utf8');
  const [, policy = ''] = /^```json\n([^]*?)^```$/m.exec(page) ?? [];
  const { Statement } = JSON.parse(policy) as { readonly Statement: readonly { readonly Action: string | string[] }[] };
  return Statement.flatMap(({ Action }) => Action);
}

test('no call of it writes, and the page names the permissions that it needs and no others', async () => {
  const control = `arn:aws:route53-recovery-control::${trueAccount}:controlpanel/0a/routingcontrol/0b`;
  const policy = aFile(
    'policy.yaml',
    `mode: observe
rules:
  - name: www
    on: [endpoint-unhealthy]
    try:
      - flip-routing-control: { endpoints: [{ url: 'https://a.example/v1', region: us-east-1 }], off: ['${control}'], on: ['${control}0'], standby: 0f8b1c62-0000-4000-8000-000000000001 }
      - failover-dns-record: { hostedZone: Z0123456789ABCDEFGHIJ, record: www.shop.example, to: ireland }
    escalate: [oncall]
contacts: { oncall: { topic: 'arn:aws:sns:eu-west-1:111122223333:oncall' } }`,
  );
  const account = new RecordedAccount({
    ecsServices: [{ cluster: 'shop', name: 'checkout', launch: 'EC2', deployed: { before: 'app:0', minutesAgo: 9 } }],
    containerInstances: [{ cluster: 'shop', id: '00112233445566778899aabbccddeeff', instance }],
    topics: [{ name: 'orders-placed', subscriptions: [{ protocol: 'sqs', endpoint: `arn:aws:sqs:${region}:1:ship` }] }],
    logGroups: [{ name: '/shop/checkout' }],
    hostedZones: [{ id: 'Z0123456789ABCDEFGHIJ', name: 'shop.example' }],
    accessPoints: [{ alias: 'mfzwi23gnjvgw.mrap', routes: [{ bucket: 'shop-images', region, active: true }] }],
    instances: [{ id: instance, group: 'web' }],
    targetGroups: [{ name: 'web', targets: [{ id: instance }] }],
    groups: [{ name: 'web', targetGroups: ['web'] }],
    databases: [{ id: 'orders' }],
    clusters: [{ id: 'ledger' }],
    tables: [{ name: 'orders', replicas: [{ region: 'eu-central-1' }] }],
    loadBalancers: [{ arn: 'app/shop/50dc6c495c0c9188' }],
    classicLoadBalancers: [{ name: 'shop', instances: [{ id: instance }] }],
    cacheGroups: [{ id: 'sessions' }],
    serverlessCaches: [{ name: 'carts' }],
    fileSystems: [{ id: 'fs-0123456789abcdef0', mountTargets: [{ zone: 'eu-west-1a' }] }],
    emrClusters: [{ id: 'j-1YONHTCP3YZKC' }],
    buckets: [{ name: 'shop-images' }],
    healthChecks: [{ id: '0f8b1c62-0000-4000-8000-000000000001', name: 'www.shop.example' }],
    functions: [{ name: 'checkout', aliases: [{ name: 'live', version: 7 }] }],
    eventSourceMappings: [{ id: '4f1c7d20-0000-4000-8000-000000000001', function: 'checkout' }],
    documents: [{ name: 'Shop-Restart' }],
    alarms: [
      {
        name: `${instance}-status`,
        metric: { namespace: 'AWS/EC2', name: 'StatusCheckFailed', dimensions: { InstanceId: instance } },
        above: 0,
      },
    ],
  })
    .logs(...fiveAlarms, ...beside, ...ofBalancers, ofAccessPoint)
    .stores('events/a', JSON.stringify(fiveAlarms[0]));
  expect(beside).toHaveLength(16);
  await recordFrom(account, { out: newFolder(), policy });
  await recordFrom(account, { out: newFolder(), s3: { bucket: 'kept', prefix: 'events/' } });
  expect(account.calls.length).toBeGreaterThan(15);
  expect(account.calls.filter((call) => !/:(Get|List|Describe|Filter|Lookup)[A-Z]/.test(call))).toEqual([]);
  const needed = new Set(account.calls.map((call) => actionOf[call] ?? call));
  // Whoever has credentials may ask whose they are.
  needed.delete('sts:GetCallerIdentity');
  expect([...needed].sort()).toEqual([...allowedActions()].sort());
});

test('a recording that is done says so, and is not done again', async () => {
  const account = new RecordedAccount().logs(...fiveAlarms);
  const out = newFolder();
  await recordFrom(account, { out });
  const calls = account.calls.length;
  expect(await recordFrom(account, { out })).toContain(`${out} is done: 5 events`);
  expect(account.calls.slice(calls)).toEqual(['sts:GetCallerIdentity']);
});

test.each([
  ['another period', { since: '2026-02-01' }, 'with --since 2026-03-01'],
  ['another source', { logGroup: '/aws/events/other' }, 'another source, account, region or policy'],
  ['other names', { pseudonyms: true } as const, 'with no --pseudonyms'],
])('a folder with a recording of %s is refused', async (_what, options, said) => {
  const account = new RecordedAccount().logs(...fiveAlarms);
  account.before = (operation) => {
    if (operation === 'FilterLogEvents' && account.calls.includes('logs:FilterLogEvents'))
      throw new Error('the plug was pulled');
  };
  const out = newFolder();
  await expect(recordFrom(account, { out })).rejects.toThrow('the plug was pulled');
  await expect(recordFrom(account, { out, ...options })).rejects.toThrow(said);
});

/** Types the command; answers what is printed, and what is shown meanwhile. */
async function typed(
  account: RecordedAccount,
  ...words: readonly string[]
): Promise<{ readonly printed: string; readonly shown: readonly string[] }> {
  const printed: string[] = [];
  const shown: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
  const program = new Command().exitOverride();
  registerRecord(program, toolsFor(account, shown));
  for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => undefined });
  try {
    await program.parseAsync(['record', ...words], { from: 'user' });
  } finally {
    log.mockRestore();
    process.exitCode = 0;
  }
  return { printed: printed.join('\n'), shown };
}

const march = ['--since', '2026-03-01', '--until', '2026-03-02'];

test('whoever looks sees how far it is, and whoever wants quiet has it', async () => {
  const account = new RecordedAccount().logs(...fiveAlarms);
  const { shown, printed } = await typed(account, '--out', newFolder(), ...march);
  expect(shown).toEqual(['2026-03-01: 3 events, 2 resources', '2026-03-01: 5 events, 2 resources', '']);
  expect(printed).toMatch(/5 events from[^]*0 resources described, 2 gone since[^]*homeostat replay/);
  expect((await typed(account, '--out', newFolder(), '--quiet', ...march)).shown).toEqual([]);
});

test.each([
  [
    'a log group that is not there',
    'ResourceNotFoundException',
    /there is no log group \/aws\/events\/homeostat in this account/,
  ],
  [
    'a call that is denied',
    'AccessDeniedException',
    /you may not do this .*run this again, and it goes on where it was/,
  ],
])('%s is told in one line', async (_what, name, said) => {
  const account = new RecordedAccount().logs(...fiveAlarms);
  account.before = (operation) => {
    if (operation === 'FilterLogEvents') throw new Refusal(name, 'as the test says');
  };
  await expect(typed(account, '--out', newFolder(), ...march)).rejects.toThrow(said);
});

test.each([
  ['no time', ['--out', 'x', '--since', 'yesterday']],
  ['no bucket', ['--out', 'x', '--since', '7d', '--s3', 'bucket/prefix']],
  ['two sources', ['--out', 'x', '--since', '7d', '--s3', 's3://kept/', '--log-group', 'y']],
  ['no folder', ['--since', '7d']],
])('a call with %s is wrong usage', async (_what, words) => {
  await expect(typed(new RecordedAccount(), ...words)).rejects.toBeInstanceOf(CommanderError);
});

test('a folder with anything else in it is left alone', async () => {
  const out = dirname(aFile('notes.txt', 'mine'));
  await expect(recordFrom(new RecordedAccount(), { out })).rejects.toThrow('is not empty');
  expect(readdirSync(out)).toEqual(['notes.txt']);
});

test('a resource that goes away while it is looked at is told as gone', async () => {
  const account = new RecordedAccount({ instances: [{ id: instance }] }).logs(...fiveAlarms);
  account.before = (operation) => {
    if (operation !== 'DescribeInstanceAttribute' || account.calls.includes('ec2:DescribeInstanceAttribute')) return;
    account.account.services.ec2.terminate(instance);
    account.calls.push('ec2:DescribeInstanceAttribute');
    throw new Refusal('InvalidInstanceID.NotFound', 'The instance ID does not exist');
  };
  const out = newFolder();
  expect(await recordFrom(account, { out })).toContain('0 resources described, 2 gone since');
});

test('objects that were written before the period are not read', async () => {
  const account = new RecordedAccount()
    .stores('events/a', JSON.stringify(fiveAlarms[0]), '2026-02-01T00:00:00Z')
    .stores('events/b', JSON.stringify(fiveAlarms[1]))
    .stores('events/c/', '');
  const out = newFolder();
  await recordFrom(account, { out, s3: { bucket: 'kept', prefix: 'events/' } });
  expect(idsIn(out)).toEqual(['event-02']);
  expect(account.calls.filter((call) => call === 's3:GetObject')).toHaveLength(1);
});

test('a call that was mistaken from the beginning can be made anew', async () => {
  const account = new RecordedAccount().logs(...fiveAlarms);
  const out = newFolder();
  await expect(recordFrom(account, { out, logGroup: '/aws/events/mistaken' })).rejects.toThrow('does not exist');
  await recordFrom(account, { out });
  expect(idsIn(out)).toHaveLength(5);
});

test('a file that was changed since is not gone on with', async () => {
  const account = new RecordedAccount().logs(...fiveAlarms);
  account.before = (operation) => {
    if (operation === 'FilterLogEvents' && account.calls.includes('logs:FilterLogEvents'))
      throw new Error('the plug was pulled');
  };
  const out = newFolder();
  await expect(recordFrom(account, { out })).rejects.toThrow('the plug was pulled');
  account.before = () => undefined;
  writeFileSync(join(out, 'events-2026-03-01.jsonl'), '');
  await expect(recordFrom(account, { out })).rejects.toThrow('is not as it was left');
});
