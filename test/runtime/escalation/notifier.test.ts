import { advance } from '../../../runtime/advance';
import { simulatedTopics } from '../../../replay/simulated-clients';
import { VirtualClock } from '../../../simulator/clock';
import { World } from '../../../simulator/world';
import { anIncident } from '../../statemachines/incident';
import { minute, scene, second } from '../world';
import { anIncidentNamed, messenger, policyWithOpsItems } from './messenger';

const call = { kind: 'escalated', contact: 'oncall', ofMany: false } as const;

describe('the notifier', () => {
  it('writes text with a subject to a contact that reads e-mail', async () => {
    const { sent, notifier } = messenger();
    expect(await notifier.notify(call, anIncident(), [])).toBe('sent');
    expect(sent).toEqual([
      {
        TopicArn: 'arn:aws:sns:eu-central-1:111122223333:oncall',
        Subject: '[Homeostat] Needs you: EC2 instance i-0abc (ec2-instance-impaired)',
        Message: expect.stringMatching(/^Needs you: /) as string,
      },
    ]);
  });

  it('writes JSON without a subject to a contact that reads chat', async () => {
    const { sent, notifier } = messenger();
    await notifier.notify({ ...call, contact: 'manager' }, anIncident(), []);
    expect(Object.keys(sent[0] ?? {})).toEqual(['TopicArn', 'Message']);
    expect(JSON.parse(sent[0]?.Message ?? '')).toMatchObject({ version: '1.0', metadata: { threadId: 'inc-1' } });
  });

  it('opens an OpsItem for a contact that reads those, and resolves it when all is well again', async () => {
    const { opened, resolved, notifier } = messenger({ policy: policyWithOpsItems });
    await notifier.notify({ ...call, contact: 'desk' }, anIncident(), []);
    await notifier.notify({ ...call, contact: 'desk', kind: 'recovered' }, anIncident(), []);
    expect(opened).toMatchObject([{ name: 'homeostat/inc-1', severity: 2 }]);
    expect(resolved).toEqual(['homeostat/inc-1']);
  });

  it('resolves an OpsItem although so much is told that the rest is folded', async () => {
    const { resolved, notifier } = messenger({ policy: policyWithOpsItems });
    const ways: string[] = [];
    for (const name of ['a', 'b', 'c', 'd']) {
      ways.push(await notifier.notify({ ...call, contact: 'desk' }, anIncidentNamed(name), []));
    }
    const recovered = { kind: 'recovered', contact: 'desk', ofMany: true } as const;
    ways.push(await notifier.notify(recovered, anIncidentNamed('a'), []));
    expect(ways).toEqual(['sent', 'sent', 'sent', 'folded', 'sent']);
    expect(resolved).toEqual(['homeostat/inc-a']);
  });

  it('tells all other contacts as well where the sick topic is the way to the one that is called', async () => {
    const topic = { kind: 'topic', id: 'oncall', account: '111122223333', region: 'eu-central-1' } as const;
    const { sent, notifier } = messenger();
    await notifier.notify(call, { ...anIncident(), resource: topic, condition: 'topic-delivery-failing' }, []);
    expect(sent.map(({ TopicArn }) => TopicArn.split(':')[5]).sort()).toEqual(['manager', 'oncall']);
    const elsewhere = messenger();
    await elsewhere.notifier.notify(call, { ...anIncident(), resource: { ...topic, region: 'eu-west-1' } }, []);
    expect(elsewhere.sent).toHaveLength(1);
  });

  it('takes nobody for told where only the sick topic itself took the message', async () => {
    const topic = { kind: 'topic', id: 'oncall', account: '111122223333', region: 'eu-central-1' } as const;
    const publish = async ({ TopicArn }: { readonly TopicArn: string }): Promise<void> => {
      if (!TopicArn.endsWith(':oncall')) throw new Error('there is no such topic');
    };
    const { messaging } = messenger();
    const { notifier } = messenger({ channels: { ...messaging.channels, publish } });
    const told = notifier.notify(call, { ...anIncident(), resource: topic }, []);
    await expect(told).rejects.toThrow('there is no such topic');
  });

  it('puts a link to answer into the message to that contact, and into no OpsItem', async () => {
    const made: string[] = [];
    const links = {
      for: async (kind: string, contact: string) => {
        made.push(`${kind} ${contact}`);
        return { label: 'Acknowledge', url: 'https://answers.example/secret' };
      },
    };
    const mail = messenger({ links });
    await mail.notifier.notify(call, anIncident(), []);
    expect(mail.sent[0]?.Message).toContain('https://answers.example/secret');
    expect(mail.sent[0]?.Subject).not.toContain('answers.example');
    const items = messenger({ links, policy: policyWithOpsItems });
    await items.notifier.notify({ ...call, contact: 'desk' }, anIncident(), []);
    expect(JSON.stringify(items.opened)).not.toContain('answers.example');
    expect(made).toEqual(['escalated oncall']);
  });

  it('tells the first tier of today where the policy has no longer the contact that was called', async () => {
    const { sent, notifier } = messenger();
    const gone = { ...call, contact: 'renamed since' };
    await notifier.notify(gone, anIncident(), []);
    await notifier.notify(gone, { ...anIncident({ name: 'a rule that is gone' }), id: 'inc-2' }, []);
    const topics = sent.map(({ TopicArn }) => TopicArn);
    expect(topics).toEqual(Array<string>(2).fill('arn:aws:sns:eu-central-1:111122223333:oncall'));
  });

  it('fails when nobody takes the message, and tells of it', async () => {
    const it = messenger();
    it.silence = new Error('the topic is gone');
    await expect(it.tell('a')).rejects.toThrow('the topic is gone');
    expect(it.failures).toEqual(['oncall: the topic is gone']);
  });

  it('says which contact the policy lacks, and what to do', async () => {
    await expect(
      messenger().notifier.notifyParked('nobody', { id: 'inc-1', reason: 'of another version' }),
    ).rejects.toThrow('The policy has no contact nobody; add it under contacts.');
  });

  it('reaches the topic in its own account and region, through the client of the SDK', async () => {
    const world = new World(new VirtualClock(0));
    const { messaging } = messenger();
    const { notifier } = messenger({ channels: { ...messaging.channels, publish: simulatedTopics(world) } });
    await notifier.notify(call, anIncident(), []);
    expect(world.account('111122223333', 'eu-central-1').services.sns.published).toMatchObject([
      {
        topicArn: 'arn:aws:sns:eu-central-1:111122223333:oncall',
        subject: expect.stringContaining('Needs you') as string,
      },
    ]);
  });
});

describe('a message', () => {
  it('is one of three of its own in ten minutes; what comes then is folded', async () => {
    const it = messenger();
    const ways: string[] = [];
    for (const name of ['a', 'b', 'c', 'd']) ways.push(await it.tell(name));
    it.now += 10 * minute;
    ways.push(await it.tell('e'));
    expect(ways).toEqual(['sent', 'sent', 'sent', 'folded', 'sent']);
    expect(it.sent).toHaveLength(4);
  });

  it('is counted once, however often it has to be tried', async () => {
    const it = messenger();
    it.silence = new Error('slow down');
    for (let tries = 0; tries < 5; tries += 1) await expect(it.tell('a')).rejects.toThrow('slow down');
    it.silence = undefined;
    const ways: string[] = [];
    for (const name of ['a', 'b', 'c', 'd']) ways.push(await it.tell(name));
    expect(ways).toEqual(['sent', 'sent', 'sent', 'folded']);
  });

  it('of a storm is folded though it is the first', async () => {
    const it = messenger();
    expect(await it.tell('a', { kind: 'held', ofMany: true })).toBe('folded');
    expect(it.sent).toEqual([]);
  });

  it('to one contact takes nothing from another', async () => {
    const it = messenger();
    for (const name of ['a', 'b', 'c', 'd']) await it.tell(name);
    expect(await it.notifier.notify({ ...call, contact: 'manager' }, anIncident(), [])).toBe('sent');
  });

  it('that asks for approval, tells of recovery or of a parked incident is folded by the same rule', async () => {
    const it = messenger();
    for (const name of ['a', 'b', 'c']) await it.tell(name);
    expect(await it.tell('d', { kind: 'approval' })).toBe('folded');
    expect(await it.tell('a', { kind: 'recovered' })).toBe('folded');
    await it.notifier.notifyParked('oncall', { id: 'inc-e', reason: 'of another version' });
    const [digest] = await it.digests.pending();
    expect(digest?.folded.map(({ kind }) => kind)).toEqual(['approval', 'recovered', 'parked']);
  });

  it.each(['mayGoAlone', 'fold'] as const)(
    'goes out by itself where the digest does not answer to %s, so that nobody is left untold',
    async (broken) => {
      const broke = async (): Promise<never> => {
        throw new Error('the table is away');
      };
      const { digests } = messenger();
      const store = {
        mayGoAlone: async () => false,
        fold: (folded: Parameters<typeof digests.fold>[0]) => digests.fold(folded),
        pending: () => digests.pending(),
        told: broke,
        [broken]: broke,
      };
      const it = messenger({ digests: store });
      expect(await it.tell('a')).toBe('sent');
      expect(it.sent).toHaveLength(1);
      expect(it.digestFailures).toEqual(['oncall: the table is away']);
    },
  );
});

describe('a message that SNS does not take', () => {
  it('is tried again every minute, then the next tier is called, and it is all in the history', async () => {
    const it = scene();
    it.silence = Object.assign(new Error('Topic does not exist'), { name: 'NotFoundException' });
    await advance(anIncident({ ladder: [] }), { type: 'incident.opened', at: 0, detail: 'alarm' }, ['s'], it.world);
    expect((await it.store.history('inc-1')).at(-1)).toMatchObject({
      event: { type: 'notification.failed', contact: 'oncall', reason: 'NotFoundException: Topic does not exist' },
    });
    expect(it.armed.get('inc-1')?.at).toBe(60 * second);
    for (let tries = 0; tries < 4; tries += 1) await it.wakes();
    it.silence = undefined;
    await it.wakes();
    expect(it.log.filter((line) => line.startsWith('notify'))).toEqual([
      ...Array<string>(5).fill('notify escalated oncall'),
      'notify escalated manager',
      'notify escalated manager',
    ]);
    expect((await it.store.read('inc-1'))?.state).toBe('escalated');
  });
});
