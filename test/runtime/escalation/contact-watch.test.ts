import { watchContacts, type Trouble } from '../../../runtime/escalation/contact-watch';
import { topicLook } from '../../../runtime/escalation/topic-look';
import { DynamoDbTroubles } from '../../../runtime/store/dynamodb-troubles';
import { MemoryTroubles, type TroubleStore } from '../../../runtime/store/trouble-store';
import { VirtualClock } from '../../../simulator/clock';
import { connect } from '../../../simulator/connect';
import { World } from '../../../simulator/world';
import { policyOf } from '../world';

const oncall = 'arn:aws:sns:eu-central-1:111122223333:oncall';
const manager = 'arn:aws:sns:eu-west-1:111122223333:manager';

function policy(contacts: string) {
  return policyOf(`
mode: act
rules:
  - { name: web, on: [ec2-instance-impaired], try: [reboot-instance], escalate: [oncall] }
contacts:
${contacts}
`);
}

const two = policy(`  oncall: { topic: ${oncall} }\n  manager: { topic: ${manager} }`);

/** A watch on contacts; trouble is by topic. */
function watching(of = two, troubles: TroubleStore = new MemoryTroubles()) {
  const it = {
    trouble: {} as Record<string, Trouble | Error | undefined>,
    silence: undefined as Error | undefined,
    sent: [] as string[],
    items: [] as string[],
    broken: [] as number[],
    failures: [] as string[],
    unreadable: [] as string[],
    async look(): Promise<void> {
      await watchContacts({
        policy: of,
        troubles,
        clock: { now: () => Date.parse('2026-03-01T03:00:00Z') },
        look: async (topic) => {
          const trouble = it.trouble[topic];
          if (trouble instanceof Error) throw trouble;
          return trouble;
        },
        channels: {
          publish: async ({ TopicArn, Subject = '' }) => {
            if (it.silence) throw it.silence;
            it.sent.push(`${TopicArn.split(':')[5] ?? ''}: ${Subject}`);
          },
          opsItems: {
            open: async ({ title }) => void it.items.push(title),
            resolve: async (name) => void it.items.push(`resolved ${name}`),
          },
        },
        onLook: (count) => it.broken.push(count),
        onFailure: (contact) => it.failures.push(contact),
        onUnreadable: (contact) => it.unreadable.push(contact),
      });
    },
  };
  return it;
}

const notReached = 'manager: [Homeostat] Needs you: the contact oncall is not reached';

describe('a contact that is not reached', () => {
  test.each<Trouble>(['missing', 'unread', 'failing'])(
    'is told to the others once, where it is %s',
    async (trouble) => {
      const it = watching();
      it.trouble[oncall] = trouble;
      await it.look();
      await it.look();
      expect(it.sent).toEqual([notReached]);
      expect(it.broken).toEqual([1, 1]);
    },
  );

  test('is told to them again when it is reached again, and so is he', async () => {
    const it = watching();
    it.trouble[oncall] = 'unread';
    await it.look();
    it.trouble = {};
    await it.look();
    await it.look();
    expect(it.sent).toEqual([notReached, 'manager: [Homeostat] Recovered: the contact oncall is reached again']);
    expect(it.broken).toEqual([1, 0, 0]);
  });

  test('is told as an OpsItem where that is the other way, which is resolved afterwards', async () => {
    const it = watching(policy(`  oncall: { topic: ${oncall} }\n  desk: { opsItems: true }`));
    it.trouble[oncall] = 'missing';
    await it.look();
    it.trouble = {};
    await it.look();
    expect(it.items).toEqual([
      '[Homeostat] Needs you: the contact oncall is not reached',
      'resolved homeostat/contact-oncall',
    ]);
  });

  test('rings the alarm alone where there is no other way, such as a second contact on the same topic', async () => {
    const it = watching(policy(`  oncall: { topic: ${oncall} }\n  chat: { topic: ${oncall}, format: chat }`));
    it.trouble[oncall] = 'missing';
    await it.look();
    expect(it.sent).toEqual([]);
    expect(it.broken).toEqual([2]);
  });

  test('is told at the next look where no other took it', async () => {
    const it = watching();
    it.trouble[oncall] = 'missing';
    it.silence = new Error('throttled');
    await it.look();
    expect(it.failures).toEqual(['manager']);
    it.silence = undefined;
    await it.look();
    expect(it.sent).toEqual([notReached]);
  });

  test('is not told each time where it cannot be read what was told', async () => {
    const away: TroubleStore = {
      told: () => Promise.reject(new Error('the table is away')),
      remember: () => Promise.reject(new Error('the table is away')),
    };
    const it = watching(two, away);
    it.trouble[oncall] = 'missing';
    await it.look();
    expect(it.sent).toEqual([]);
    expect(it.broken).toEqual([1]);
    expect(it.unreadable).toEqual(['everybody']);
  });
});

test('a topic that cannot be looked at is neither broken nor mended, and keeps nobody from the others', async () => {
  const it = watching();
  it.trouble[oncall] = new Error('not authorized');
  it.trouble[manager] = 'unread';
  await it.look();
  expect(it.unreadable).toEqual(['oncall']);
  expect(it.sent).toEqual(['oncall: [Homeostat] Needs you: the contact manager is not reached']);
});

test('a placeholder is no contact that anybody waits for', async () => {
  const nobodys = oncall.replace('111122223333', '000000000000');
  const contacts = { oncall: { topic: nobodys, format: 'email' } } as const;
  const it = watching({ ...two, contacts });
  it.trouble[nobodys] = 'missing';
  await it.look();
  expect(it.broken).toEqual([0]);
});

test('the table remembers what others were told, and that it is over', async () => {
  const rows = new Map<string, Record<string, { S?: string }>>();
  const client = {
    putItem: async ({ Item = {} }: { Item?: Record<string, { S?: string }> }) => rows.set(Item['sk']?.S ?? '', Item),
    query: async () => ({ Items: [...rows.values()] }),
  } as unknown as ConstructorParameters<typeof DynamoDbTroubles>[0];
  const troubles = new DynamoDbTroubles(client, 'T');
  await troubles.remember('oncall', 'missing', 0);
  await troubles.remember('manager', 'unread', 0);
  await troubles.remember('manager', undefined, 1);
  expect([...(await troubles.told())]).toEqual([['oncall', 'missing']]);
});

describe('a look at a topic', () => {
  function site() {
    const clock = new VirtualClock(Date.parse('2026-03-01T03:00:00Z'));
    const account = new World(clock).account('111122223333', 'eu-central-1');
    const look = topicLook(
      (region) => ({ region }),
      () => clock.now(),
      (client, service) => {
        connect(client, service, account);
      },
    );
    return { account, clock, sns: account.services.sns, look: () => look(oncall) };
  }
  const a = { protocol: 'https', endpoint: 'https://example.com/page' } as const;

  test('finds one that is not there, and one that nobody reads', async () => {
    const { sns, look } = site();
    expect(await look()).toBe('missing');
    sns.addTopic({ name: 'oncall', subscriptions: [{ ...a, confirmed: false }] });
    expect(await look()).toBe('unread');
  });

  test('finds deliveries that fail, and none where all arrive', async () => {
    const { sns, look, clock } = site();
    sns.addTopic({ name: 'oncall', load: 1, subscriptions: [a] });
    expect(await look()).toBeUndefined();
    sns.befall({ name: 'oncall', lose: a.endpoint });
    await clock.runUntil(clock.now() + 600_000);
    expect(await look()).toBe('failing');
  });

  test('is thrown where CloudWatch could not read what was delivered', async () => {
    const { account, sns, look } = site();
    sns.addTopic({ name: 'oncall', load: 1, subscriptions: [a] });
    const unread = { MetricDataResults: [{ Id: 'failed', StatusCode: 'InternalError', Values: [] }] };
    Object.assign(account.services.cloudwatch.operations, { GetMetricData: () => unread });
    await expect(look()).rejects.toThrow('CloudWatch does not tell what of oncall was delivered: InternalError');
  });

  test('is thrown where AWS does not answer', async () => {
    const { account, look } = site();
    account.faults.plant('sns', 'GetTopicAttributes', 'denied');
    await expect(look()).rejects.toMatchObject({ $fault: 'client' });
  });
});
