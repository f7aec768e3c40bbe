import { advance } from '../../../runtime/advance';
import { snsNotifier, type Publish } from '../../../runtime/escalation/notifier';
import { simulatedTopics } from '../../../replay/simulated-clients';
import { VirtualClock } from '../../../simulator/clock';
import { World } from '../../../simulator/world';
import { anIncident } from '../../statemachines/incident';
import { actingPolicy, scene } from '../world';

type Published = Parameters<Publish>[0];

function notifier() {
  const sent: Published[] = [];
  return { sent, ...snsNotifier(actingPolicy, async (message) => void sent.push(message)) };
}

describe('the notifier', () => {
  it('writes text with a subject to a contact that reads e-mail', async () => {
    const { sent, notify } = notifier();
    await notify('escalated', 'oncall', anIncident(), []);
    expect(sent).toEqual([
      {
        TopicArn: 'arn:aws:sns:eu-central-1:111122223333:oncall',
        Subject: '[Homeostat] Needs you: EC2 instance i-0abc (ec2-instance-impaired)',
        Message: expect.stringMatching(/^Needs you: /) as string,
      },
    ]);
  });

  it('writes JSON without a subject to a contact that reads chat', async () => {
    const { sent, notify } = notifier();
    await notify('escalated', 'manager', anIncident(), []);
    expect(Object.keys(sent[0] ?? {})).toEqual(['TopicArn', 'Message']);
    expect(JSON.parse(sent[0]?.Message ?? '')).toMatchObject({ version: '1.0', metadata: { threadId: 'inc-1' } });
  });

  it('tells the first tier of today where the policy has no longer the contact that was called', async () => {
    const { sent, notify } = notifier();
    await notify('escalated', 'renamed since', anIncident(), []);
    await notify('escalated', 'renamed since', anIncident({ name: 'a rule that is gone' }), []);
    const topics = sent.map(({ TopicArn }) => TopicArn);
    expect(topics).toEqual(Array<string>(2).fill('arn:aws:sns:eu-central-1:111122223333:oncall'));
  });

  it('fails when nobody takes the message', async () => {
    const { notify } = snsNotifier(actingPolicy, async () => {
      throw new Error('the topic is gone');
    });
    await expect(notify('escalated', 'renamed since', anIncident(), [])).rejects.toThrow('the topic is gone');
  });

  it('says which contact the policy lacks, and what to do', async () => {
    await expect(notifier().notifyParked('nobody', { id: 'inc-1', reason: 'of another version' })).rejects.toThrow(
      'The policy has no contact nobody; add it under contacts.',
    );
  });

  it('reaches the topic in its own account and region, through the client of the SDK', async () => {
    const world = new World(new VirtualClock(0));
    await snsNotifier(actingPolicy, simulatedTopics(world)).notify('escalated', 'oncall', anIncident(), []);
    expect(world.account('111122223333', 'eu-central-1').services.sns.published).toMatchObject([
      {
        topicArn: 'arn:aws:sns:eu-central-1:111122223333:oncall',
        subject: expect.stringContaining('Needs you') as string,
      },
    ]);
  });
});

describe('a message that SNS does not take', () => {
  it('is tried again every minute, then the next tier is called, and it is all in the history', async () => {
    const it = scene();
    it.silence = Object.assign(new Error('Topic does not exist'), { name: 'NotFoundException' });
    await advance(anIncident({ ladder: [] }), { type: 'incident.opened', at: 0, detail: 'alarm' }, ['s'], it.world);
    expect((await it.store.history('inc-1')).at(-1)).toMatchObject({
      event: { type: 'notification.failed', contact: 'oncall', reason: 'NotFoundException: Topic does not exist' },
    });
    expect(it.armed.get('inc-1')?.at).toBe(60_000);
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
