import { described, sample } from './described-account';
import { RecordedAccount, region, trueAccount } from './recorded-account';

const heal = { 'homeostat:heal': 'yes' };
const at = `${region}:${trueAccount}`;
const standIn = (text: string): string => text.replace(trueAccount, '111122223333');
const [bill, ship, lost] = [`arn:aws:lambda:${at}:function:bill`, `arn:aws:sqs:${at}:ship`, `arn:aws:sqs:${at}:lost`];
const topicArn = `arn:aws:sns:${at}:orders-placed`;
const logArn = `arn:aws:logs:${at}:log-group:/shop/checkout:*`;
const archive = `arn:aws:firehose:${at}:deliverystream/archive`;
const role = `arn:aws:iam::${trueAccount}:role/logs-to-archive`;

const there = {
  functions: [
    { name: 'bill', callers: [{ service: 'sns.amazonaws.com', for: topicArn }] },
    {
      name: 'count',
      callers: [
        { service: 'logs.amazonaws.com', for: logArn },
        { service: 'events.amazonaws.com', for: 'x' },
      ],
    },
  ],
  topics: [
    {
      name: 'orders-placed',
      subscriptions: [
        { protocol: 'lambda', endpoint: bill, deadLetterQueue: lost },
        { protocol: 'sqs', endpoint: ship, filterPolicy: '{"for":["hunter2"]}' },
        { protocol: 'email', endpoint: 'ann@example.com', confirmed: false },
        { protocol: 'https', endpoint: 'https://ann:hunter2@example.com/x' },
        { protocol: 'sms', endpoint: '+4915550100' },
      ],
      tags: { ...heal, owner: 'ann' },
    },
  ],
  logGroups: [
    {
      name: '/shop/checkout',
      retention: 30,
      filters: [
        { name: 'archive', destination: archive, role, pattern: '{ $.user = "hunter2" }' },
        { name: 'count', destination: `arn:aws:lambda:${at}:function:count` },
      ],
      tags: heal,
    },
    { name: '/shop/checkout/other' },
  ],
};

const events = [sample('cloudwatch/topic-failing-alarm.json'), sample('logs/filter-deleted.json')];

function recorded(): RecordedAccount {
  const account = new RecordedAccount(there);
  account.account.pageSize = 1;
  return account.logs(...events);
}

test('a topic is described with who subscribes to it, and leads to the functions among these', async () => {
  const { account, text } = await described(recorded());
  expect(account['topics']).toEqual([
    {
      ...{ name: 'orders-placed', load: 10, tags: heal },
      subscriptions: [
        { protocol: 'lambda', endpoint: standIn(bill), deadLetterQueue: standIn(lost) },
        { protocol: 'sqs', endpoint: standIn(ship) },
        { protocol: 'email', endpoint: expect.stringMatching(/^redacted-/) as string, confirmed: false },
        { protocol: 'https', endpoint: expect.stringMatching(/^redacted-/) as string },
        { protocol: 'sms', endpoint: expect.stringMatching(/^redacted-/) as string },
      ],
    },
  ]);
  expect(account['functions']).toEqual([
    { name: 'bill', callers: [{ service: 'sns.amazonaws.com', for: standIn(topicArn) }] },
    { name: 'count', callers: [{ service: 'logs.amazonaws.com', for: standIn(logArn) }] },
  ]);
  expect(text).toContain('topic orders-placed: the filter policies of its subscriptions');
});

test('a log group is described with how long it keeps what it is given, and what receives that', async () => {
  const { account, text } = await described(recorded());
  expect(account['logGroups']).toEqual([
    {
      ...{ name: '/shop/checkout', retention: 30, tags: heal },
      filters: [
        { name: 'archive', destination: standIn(archive), role: standIn(role) },
        { name: 'count', destination: `arn:aws:lambda:${region}:111122223333:function:count` },
      ],
    },
  ]);
  expect(text).toContain('log group /shop/checkout: what its filters look for');
});

test.each([undefined, true] as const)(
  'where people are reached, and what they look for, is not written (pseudonyms: %s)',
  async (pseudonyms) => {
    const { account, everything } = await described(recorded(), pseudonyms ? { pseudonyms } : {});
    expect(everything).not.toMatch(/hunter2|\bann\b|example\.com|5550100|998877665544/);
    if (!pseudonyms) return;
    expect(everything).not.toMatch(/orders-placed|bill|ship|archive|shop|checkout/);
    const [topic] = account['topics'] ?? [];
    const arn = `arn:aws:sns:${region}:111122223333:${String(topic?.['name'])}`;
    expect(account['functions']).toContainEqual(
      expect.objectContaining({ callers: [{ service: 'sns.amazonaws.com', for: arn }] }),
    );
    const [group] = account['logGroups'] ?? [];
    expect(everything).toContain(`log-group:${String(group?.['name'])}:*`);
    expect(everything).toContain(`"logGroupName":"${String(group?.['name'])}"`);
  },
);

test('a topic and a log group that are gone are told as gone', async () => {
  const { account, text } = await described(new RecordedAccount().logs(...events));
  expect(account['topics']).toBeUndefined();
  expect(text).toContain('#   topic orders-placed\n#   log group /shop/checkout\n');
});
