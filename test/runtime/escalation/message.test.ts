import { linksFor, nextStepFor } from '../../../runtime/escalation/advice';
import { messageFor } from '../../../runtime/escalation/message';
import { resourceKinds, type Resource } from '../../../signals/signal';
import type { HistoryEntry } from '../../../runtime/store/incident-store';
import type { GuardName } from '../../../statemachines/guards/names';
import type { Incident } from '../../../statemachines/incident';
import { anIncident } from '../../statemachines/incident';
import { givenUp, start } from './history';

const about = (resource: Partial<Resource>) => ({
  ...anIncident(),
  resource: { ...anIncident().resource, ...resource },
});

const minute = 60_000;

const planned = {
  remediation: 'reboot-instance',
  plan: {},
  planHash: 'hash-1',
  touches: ['111122223333/eu-central-1/ec2-instance/i-0abc'],
  summary: 'reboot i-0abc',
  destroys: [] as string[],
  patience: { checkEvery: 30, giveUpAfter: 300 },
};

/** These guards said no to the reboot. */
function refusedBy(...guards: readonly GuardName[]): HistoryEntry {
  const refusals = guards.map((guard) => ({ guard, reason: `no to ${guard}`, until: start + minute }));
  return {
    at: start,
    event: { type: 'admission.refused', at: start, refusals },
    from: 'admitting',
    to: 'held',
    remediation: 'reboot-instance',
    calls: [],
  };
}

describe('a message', () => {
  it('to the second tier says that the first did not answer, and that nobody else is called', async () => {
    const { it, told } = await givenUp();
    await it.wakes();
    expect(told.map(({ contact }) => contact)).toEqual(['oncall', 'manager']);
    expect(told[1]?.message).toMatchObject({
      id: 'inc-1-escalated-1',
      paragraphs: [
        'Homeostat gives up: nothing that may be tried is left. oncall did not answer or could not be reached.',
        'Homeostat does nothing more, and nobody else is called.',
      ],
      fields: { Since: '2026-03-02 02:50 UTC (25m30s before this message)' },
    });
  });

  it('that it is over says what was seen, and asks for nothing', () => {
    const recovered = { type: 'symptom.gone', at: start, detail: 'alarm web-1 status is OK' } as const;
    const message = messageFor('recovered', anIncident(), [
      { at: start, event: recovered, from: 'escalated', to: 'telling', calls: [] },
    ]);
    expect(message.title).toBe('Recovered: EC2 instance i-0abc (ec2-instance-impaired)');
    expect(message.paragraphs).toEqual(['You were called for it. It is well again: alarm web-1 status is OK.']);
    expect(message.answer).toBeUndefined();
  });

  it('of an incident without a history still says what is sick', () => {
    const message = messageFor('escalated', anIncident(), []);
    expect(message.paragraphs[0]).toBe('Homeostat gives up: no reason was kept.');
    expect(message.sections.flatMap(({ items }) => items)).toEqual([]);
  });

  it('names the guards that stood in the way of what was not done', () => {
    const message = messageFor('escalated', anIncident(), [refusedBy('storm', 'per-hour')]);
    expect(message.sections.find(({ heading }) => heading === 'What was not done')?.items).toEqual([
      'reboot-instance had to wait: storm: no to storm; per-hour: no to per-hour',
    ]);
  });

  it('that a storm holds it says what would be done, which guards stand in the way, and until when it waits', () => {
    const { memory, ...incident } = anIncident();
    const held = { until: start + 30 * minute, reason: 'a storm', storm: true };
    const message = messageFor('held', { ...incident, memory: { ...memory, planned, held } }, [refusedBy('storm')], {
      at: start,
    });
    expect(message.title).toBe('Held back: EC2 instance i-0abc (ec2-instance-impaired)');
    expect(message.paragraphs).toEqual([
      'So much falls sick together that Homeostat touches nothing: it would reboot i-0abc (reboot-instance), and waits.',
      'It goes on by itself once the storm is over. If it may not start by 2026-03-02 03:20 UTC (in 30m), oncall is called to take over.',
    ]);
    expect(message.sections.find(({ heading }) => heading === 'What stands in the way')?.items).toEqual([
      'storm: no to storm (asked again at 2026-03-02 02:51 UTC)',
    ]);
    expect(message.answer).toBeUndefined();
  });

  it.each(resourceKinds)('about a %s has a next step', (kind) => {
    expect(nextStepFor(about({ kind }))).toMatch(/^[A-Z].*\.$/);
  });

  it('about what cannot be read says first to find out why', () => {
    const memory = { ...anIncident().memory, gaveUp: 'whether it is sick cannot be told: AccessDenied' };
    expect(nextStepFor({ ...anIncident(), memory })).toMatch(/^Find out why Homeostat cannot read it/);
  });
});

describe('a request for approval', () => {
  const asking = (overrides: Partial<typeof planned> = {}, by: readonly string[] = []): Incident => {
    const { memory, ...incident } = anIncident({ mode: 'approve' });
    const made = { ...planned, ...overrides };
    const asked = {
      planned: made,
      deadlineAt: start + 20 * minute,
      approved: by.length > 0 ? { hash: 'hash-1', by } : null,
    };
    return { ...incident, state: 'awaitingApproval', memory: { ...memory, ...asked } };
  };
  const known = new Map([
    ['reboot-instance', { risk: 'low' }],
    ['replace-instance', { risk: 'high' }],
  ] as const);
  const messageOf = (incident: Incident, history: Parameters<typeof messageFor>[2] = []) =>
    messageFor('approval', incident, history, { at: start, known });
  const itemsOf = (incident: Incident, heading: string, history?: Parameters<typeof messageFor>[2]) =>
    messageOf(incident, history).sections.find((section) => section.heading === heading)?.items;

  it('says until when to answer by the clock and from now, and at what risk', () => {
    expect(messageOf(asking()).fields).toMatchObject({
      Risk: 'low',
      'Answer by': '2026-03-02 03:10 UTC (in 20m)',
    });
  });

  it('says what would be lost for good, and that this takes two people', () => {
    const losing = asking({ destroys: ['the instance store of i-0abc'] }, ['alice@example.com']);
    expect(itemsOf(losing, 'What would be lost for good')).toEqual(['the instance store of i-0abc']);
    expect(messageOf(losing).paragraphs[0]).toContain("may not without two people's yes");
    expect(messageOf(losing).fields['Two people']).toBe(
      'two different people must agree, since something would be lost for good; alice@example.com has agreed',
    );
    expect(messageOf(losing).answer?.commands[0]).toMatch(/^homeostat approve inc-1 \(two different people/);
  });

  it('says why it asks once more where a yes was to another plan', () => {
    const yes = (planHash: string): HistoryEntry => ({
      at: start - minute,
      event: { type: 'approval.granted', at: start - minute, by: 'alice@example.com', planHash },
      from: 'awaitingApproval',
      to: 'confirming',
      remediation: 'reboot-instance',
      calls: [],
    });
    const again =
      'You are asked once more: alice@example.com agreed at 2026-03-02 02:49 UTC, but the plan has changed since: that yes does not hold for it.';
    const of = (entry: HistoryEntry) => messageOf(asking(), [entry]).paragraphs;
    expect(of(yes('hash-0'))).toContain(again);
    expect(of(yes('hash-1'))).not.toContain(again);
    expect(of({ ...yes('hash-0'), remediation: 'drain-target' })).not.toContain(again);
  });

  it('asks one person where nothing is lost', () => {
    expect(messageOf(asking()).fields).not.toHaveProperty('Two people');
    expect(itemsOf(asking(), 'What would be lost for good')).toEqual([]);
  });

  it('says what was tried before, and what comes next', () => {
    const refused: HistoryEntry = {
      at: start,
      event: { type: 'plan.refused', at: start, remediation: 'drain-target', reason: 'it is the last one' },
      from: 'planning',
      to: 'choosing',
      calls: [],
    };
    expect(itemsOf(asking(), 'Alternatives', [refused])).toEqual([
      'drain-target refused: it is the last one',
      'next, if this does not help: replace-instance (risk: high)',
      'if you deny, or nobody answers: nothing is done, and oncall is called to take over',
    ]);
  });

  it('names a link where there is a page, and the command lines in any case', () => {
    const link = { label: 'See the plan, approve or deny it', url: 'https://page.example/answer/T0k' };
    expect(messageOf(asking()).answer).toEqual({
      heading: 'To answer',
      commands: ['homeostat approve inc-1', 'homeostat deny inc-1'],
    });
    expect(messageFor('approval', asking(), [], { link }).answer?.link).toEqual(link);
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
