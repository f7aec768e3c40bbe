import { emailOf } from '../../../runtime/escalation/email';
import { parkedMessage } from '../../../runtime/escalation/parked-message';
import type { ParkedIncident } from '../../../runtime/surroundings';
import { messenger } from './messenger';

const parked: ParkedIncident = {
  id: 'inc-1',
  reason:
    'Incident inc-1 is in state checking of machine incident 2; this program has incident 1.\nRun the release that opened it.',
  summary: {
    id: 'inc-1',
    revision: 4,
    rule: 'web-tier',
    state: 'checking',
    condition: 'ec2-instance-impaired',
    resource: { kind: 'ec2-instance', id: 'i-0abc', account: '111122223333', region: 'eu-west-1' },
    openedAt: Date.parse('2026-03-01T10:00:00Z'),
  },
};

describe('the message about a parked incident', () => {
  it('says what is sick, which release is wanted and what to do', () => {
    const text = emailOf(parkedMessage(parked));
    expect(text).toContain('Needs you: EC2 instance i-0abc (ec2-instance-impaired) is left alone');
    expect(text).toContain('of machine incident 2; this program has incident 1. Run the release');
    expect(text).toContain('Since:      2026-03-01 10:00 UTC');
    expect(text).toContain('Look after EC2 instance i-0abc yourself, or deploy the release that the reason names');
  });

  it('names at least the incident where nothing else can be read', () => {
    const text = emailOf(parkedMessage({ id: 'inc-1', reason: 'It is stored in schema 9.' }));
    expect(text).toContain('incident inc-1 is left alone');
    expect(text).toContain('It is stored in schema 9.');
  });

  it('goes to the topic of the contact, in its format', async () => {
    const { sent, notifier } = messenger();
    await notifier.notifyParked('oncall', parked);
    await notifier.notifyParked('manager', parked);
    expect(sent.map(({ TopicArn }) => TopicArn.split(':').at(-1))).toEqual(['oncall', 'manager']);
    expect(sent[0]?.Subject).toContain('is left alone');
    expect(JSON.parse(sent[1]!.Message)).toMatchObject({ metadata: { threadId: 'inc-1' } });
  });
});
