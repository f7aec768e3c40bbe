import { sendDigests } from '../../../runtime/escalation/digests';
import { aFolded } from '../store/folded';
import { actingPolicy, minute } from '../world';
import { anIncidentNamed, messenger, policyWithOpsItems, type Messenger } from './messenger';

/** Tells of so many incidents that a storm is the cause of. */
async function stormOf(count: number, it: Messenger = messenger()): Promise<Messenger> {
  for (let place = 0; place < count; place += 1) await it.tell(String(place), { kind: 'held', ofMany: true });
  return it;
}

describe('what was folded', () => {
  it('goes out in one message with a count, and only once', async () => {
    const it = await stormOf(1_000);
    await it.sweeps();
    await it.sweeps();
    expect(it.sent.map(({ Subject }) => Subject)).toEqual([
      '[Homeostat] 1,000 incidents are held by a storm; most in region eu-central-1',
    ]);
    expect(await it.digests.pending()).toEqual([]);
  });

  it('is told once though it was folded twice, as after a crash', async () => {
    const it = await stormOf(2);
    await stormOf(2, it);
    await it.sweeps();
    expect(it.sent[0]?.Subject).toContain('2 incidents are held');
  });

  it('stays for the next message where it comes while one is sent', async () => {
    const it = await stormOf(2);
    const { messaging } = it;
    await sendDigests({
      ...messaging,
      channels: {
        ...messaging.channels,
        publish: async (message) => {
          await it.tell('late', { ofMany: true });
          await messaging.channels.publish(message);
        },
      },
    });
    const [digest] = await it.digests.pending();
    expect(digest?.folded.map(({ incident }) => incident)).toEqual(['inc-late']);
  });

  it('is told every five minutes while the storm goes on, not every minute', async () => {
    const it = messenger();
    const counts: number[] = [];
    for (let passed = 0; passed < 12; passed += 1) {
      await it.tell(String(passed), { ofMany: true });
      await it.sweeps();
      counts.push(it.sent.length);
    }
    expect(counts).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3]);
  });

  it('goes to each contact in a message of its own', async () => {
    const it = await stormOf(2);
    const notice = { kind: 'escalated', contact: 'manager', ofMany: true } as const;
    await it.notifier.notify(notice, anIncidentNamed('x'), []);
    await it.sweeps();
    expect(it.sent.map(({ TopicArn }) => TopicArn.split(':').at(-1))).toEqual(['oncall', 'manager']);
  });

  it('for a contact that reads OpsItems opens one for all', async () => {
    const it = messenger({ policy: policyWithOpsItems });
    for (const name of ['a', 'b']) {
      await it.notifier.notify({ kind: 'held', contact: 'desk', ofMany: true }, anIncidentNamed(name), []);
    }
    await it.sweeps();
    expect(it.opened).toMatchObject([{ name: 'homeostat/digest-desk', severity: 2 }]);
  });

  it('for a contact that has gone from the policy goes to those that are called first today', async () => {
    const it = messenger();
    await it.digests.fold({
      contact: 'renamed since',
      notice: 'inc-1-escalated-0',
      kind: 'escalated',
      incident: 'inc-1',
      at: it.now,
      openedAt: it.now,
      rule: 'web-tier',
      condition: 'ec2-instance-impaired',
      scopes: [],
    });
    await it.sweeps();
    expect(it.sent.map(({ TopicArn }) => TopicArn.split(':').at(-1))).toEqual(['oncall']);
    expect(await it.digests.pending()).toEqual([]);
  });
});

describe('a message for many that is not taken', () => {
  it('for want of anybody to call stays, and is counted as a failure', async () => {
    const it = messenger({ policy: { ...actingPolicy, rules: [], contacts: {} } });
    await it.digests.fold(aFolded('a'));
    await it.sweeps();
    expect(it.failures).toEqual(['oncall: The policy has no contact oncall, and no rule that calls anybody.']);
    expect(await it.digests.pending()).toHaveLength(1);
  });

  it('stays, is counted as a failure each time, and is tried again each minute until it is', async () => {
    const it = await stormOf(2);
    it.silence = new Error('the topic is gone');
    await it.sweeps();
    await it.sweeps();
    expect(it.failures).toEqual(['oncall: the topic is gone', 'oncall: the topic is gone']);
    it.silence = undefined;
    await stormOf(3, it);
    await it.sweeps();
    expect(it.sent.map(({ Subject }) => Subject)).toEqual([
      '[Homeostat] 3 incidents are held by a storm; most in region eu-central-1',
    ]);
  });

  it('keeps nobody else from being told', async () => {
    const it = await stormOf(2);
    await it.notifier.notify({ kind: 'held', contact: 'manager', ofMany: true }, anIncidentNamed('x'), []);
    const { messaging } = it;
    await sendDigests({
      ...messaging,
      channels: {
        ...messaging.channels,
        publish: async (message) => {
          if (message.TopicArn.endsWith('oncall')) throw new Error('the topic is gone');
          await messaging.channels.publish(message);
        },
      },
    });
    expect(it.sent).toHaveLength(1);
    expect((await it.digests.pending()).map(({ contact }) => contact)).toEqual(['oncall']);
  });
});

describe('a digest that cannot be', () => {
  const away = async (): Promise<never> => {
    throw new Error('the table is away');
  };

  it('read is told of as a failure, and throws nothing', async () => {
    const it = await stormOf(2);
    await sendDigests({ ...it.messaging, digests: { ...contained(it), pending: away } });
    expect(it.digestFailures).toEqual(['everybody: the table is away']);
  });

  it('dropped after it was sent is told of as a failure, and sent once more', async () => {
    const it = await stormOf(2);
    await sendDigests({ ...it.messaging, digests: { ...contained(it), told: away } });
    expect(it.digestFailures).toEqual(['oncall: the table is away']);
    it.now += 5 * minute;
    await it.sweeps();
    expect(it.sent).toHaveLength(2);
  });
});

/** The store of a messenger, so that a test can take a part of it away. */
function contained({ digests }: Messenger): Messenger['messaging']['digests'] {
  return {
    mayGoAlone: (single, limit) => digests.mayGoAlone(single, limit),
    fold: (folded) => digests.fold(folded),
    pending: () => digests.pending(),
    told: (digest, at) => digests.told(digest, at),
  };
}
