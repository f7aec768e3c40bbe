import { linksFor, nextStepFor } from '../../../runtime/escalation/advice';
import { messageFor } from '../../../runtime/escalation/message';
import { resourceKinds, type Resource } from '../../../signals/signal';
import { anIncident } from '../../statemachines/incident';
import { givenUp, start } from './history';

const about = (resource: Partial<Resource>) => ({
  ...anIncident(),
  resource: { ...anIncident().resource, ...resource },
});

describe('a message', () => {
  it('to the second tier says that the first did not answer, and that nobody else is called', async () => {
    const { it, told } = await givenUp();
    await it.wakes();
    expect(told.map(({ contact }) => contact)).toEqual(['oncall', 'manager']);
    expect(told[1]?.message).toMatchObject({
      id: 'inc-1-escalated-1',
      why: 'Homeostat gives up: nothing that may be tried is left. oncall did not answer or could not be reached.',
      otherwise: 'Homeostat does nothing more, and nobody else is called.',
      since: '2026-03-02 02:50 UTC (25m30s before this message)',
    });
  });

  it('that it is over says what was seen, and asks for nothing', () => {
    const recovered = { type: 'symptom.gone', at: start, detail: 'alarm web-1 status is OK' } as const;
    const message = messageFor('recovered', anIncident(), [
      { at: start, event: recovered, from: 'escalated', to: 'telling', calls: [] },
    ]);
    expect(message.title).toBe('Recovered: EC2 instance i-0abc (ec2-instance-impaired)');
    expect(message.why).toBe('You were called for it. It is well again: alarm web-1 status is OK.');
    expect(message.otherwise).toBeUndefined();
  });

  it('of an incident without a history still says what is sick', () => {
    expect(messageFor('escalated', anIncident(), [])).toMatchObject({
      why: 'Homeostat gives up: no reason was kept.',
      seen: [],
      tried: [],
      notDone: [],
    });
  });

  it.each(resourceKinds)('about a %s has a next step', (kind) => {
    expect(nextStepFor(about({ kind }))).toMatch(/^[A-Z].*\.$/);
  });

  it('about what cannot be read says first to find out why', () => {
    const memory = { ...anIncident().memory, gaveUp: 'whether it is sick cannot be read: AccessDenied' };
    expect(nextStepFor({ ...anIncident(), memory })).toMatch(/^Find out why Homeostat cannot read it/);
  });
});

describe('links', () => {
  it.each([
    ['eu-central-1', 'https://eu-central-1.console.aws.amazon.com/'],
    ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/'],
    ['us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/'],
  ])('of %s go to its own console', (region, console) => {
    expect(linksFor(about({ region }))[0]?.url.startsWith(console)).toBe(true);
  });

  it('name a target group as the console does, and find it by its ARN', () => {
    const id = 'arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/shop/0123456789abcdef';
    const [link] = linksFor(about({ kind: 'target-group', id }));
    expect(link?.label).toBe('target group shop');
    expect(link?.url).toContain(encodeURIComponent(id));
  });

  it('of an alarm go to its own region, and its name may hold colons', () => {
    const alarmArn = 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:a:alarm:b (it*s)';
    const [, link] = linksFor({ ...anIncident(), evidence: { alarmArn } });
    expect(link).toEqual({
      label: 'alarm a:alarm:b (it*s)',
      url: 'https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#alarmsV2:alarm/a%3Aalarm%3Ab%20%28it%2As%29',
    });
  });

  it('lead to AWS Health when it told of it, and nowhere for what has no page', () => {
    const incident = { ...about({ kind: 'other' }), evidence: { healthEventArn: 'arn:aws:health:::event/x' } };
    expect(linksFor(incident).map(({ label }) => label)).toEqual(['AWS Health of the account']);
  });

  it('survive half a character', () => {
    expect(linksFor(about({ id: 'a\ud83d' }))[0]?.url).toContain('instanceId=a');
  });
});
