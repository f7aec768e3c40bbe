import { longestBody } from '../../../runtime/answers/answer-page';
import { isPrintable } from '../../../signals/plain-text';
import { anIncident } from '../../statemachines/incident';
import { aRemediation, minute } from '../world';
import { aDesk, approvalOf, type Desk } from './desk';

const asking = { mode: 'approve' } as const;
const started = ({ it }: Desk): number => it.log.filter((line) => line === 'rebootInstances').length;
const called = ({ it }: Desk): string[] => it.log.filter((line) => line.startsWith('notify escalated'));

describe('the page of an approval', () => {
  it('says what would be touched, what was seen, the risk, what else there is, until when, and who is asked', async () => {
    const desk = await aDesk(asking);
    const { status, body } = await desk.get(await desk.link());
    expect(status).toBe(200);
    for (const said of [
      'May Homeostat reboot i-0abc?',
      'Homeostat asks oncall',
      'EC2 instance i-0abc (eu-central-1, 111122223333)',
      'ec2-instance-impaired',
      'alarm',
      'i-0abc fails its check',
      '<dt>Risk</dt><dd>low</dd>',
      'next, if this does not help: replace-instance',
      'if you deny, or nobody answers: nothing is done, and oncall is called',
      '1970-01-01 00:30 UTC (in 30m)',
      'web-tier, inc-1',
    ]) {
      expect(body).toContain(said);
    }
  });

  it.each(['GET', 'HEAD'])('changes nothing when it is looked at, a hundred times, by %s', async (method) => {
    const desk = await aDesk(asking);
    const url = await desk.link();
    const before = await desk.it.store.read('inc-1');
    for (let count = 0; count < 100; count += 1) expect((await desk.get(url, method)).status).toBe(200);
    expect(desk.sent).toEqual([]);
    expect(await desk.it.store.read('inc-1')).toEqual(before);
    expect((await desk.get(url)).body).toContain('Approve');
  });

  it('approves by a form that was confirmed with the code of the page: the plan is looked at again, and starts', async () => {
    const desk = await aDesk(asking);
    const url = await desk.link();
    const sure = await desk.post(url, { decision: 'approve' });
    expect(sure.status).toBe(200);
    const { code } = await approvalOf(desk);
    expect(sure.body).toContain(`type <code>${code}</code>`);
    expect(desk.sent).toEqual([]);
    const done = await desk.post(url, { decision: 'approve', confirm: 'yes', code: ` ${code?.toUpperCase()} ` });
    expect([done.status, done.body]).toEqual([200, expect.stringContaining('You have approved')]);
    expect(await desk.work()).toMatchObject([{ kind: 'done', act: { by: 'oncall (by link)' } }]);
    expect([started(desk), desk.it.log.filter((line) => line === 'plan').length]).toEqual([1, 2]);
  });

  it('approves nothing for a scanner that follows the link, sends each form that it finds, and types nothing', async () => {
    const desk = await aDesk(asking);
    const url = await desk.link();
    for (const form of [
      { decision: 'approve' },
      { decision: 'approve', confirm: 'yes' },
      { decision: 'approve', confirm: 'yes', code: '' },
      { decision: 'approve', confirm: 'yes', code: 'code' },
    ]) {
      await desk.post(url, form);
    }
    expect((await desk.post(url, { decision: 'approve', confirm: 'yes', code: 'xxxx' })).status).toBe(400);
    expect(desk.sent).toEqual([]);
    expect(await desk.state()).toBe('awaitingApproval');
  });

  it('denies by a form that was confirmed, and people are called', async () => {
    const desk = await aDesk(asking);
    const url = await desk.link();
    expect((await desk.post(url, { decision: 'deny' })).body).toContain('Homeostat will not reboot i-0abc');
    expect(desk.sent).toEqual([]);
    expect((await desk.post(url, { decision: 'deny', confirm: 'yes' })).body).toContain('You have denied');
    await desk.work();
    expect([await desk.state(), started(desk)]).toEqual(['escalated', 0]);
  });

  it('takes a double click for one', async () => {
    const desk = await aDesk(asking);
    const url = await desk.link();
    const form = await approvalOf(desk);
    const clicks = await Promise.all([desk.post(url, form), desk.post(url, form), desk.post(url, form)]);
    expect(clicks.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await desk.work()).map(({ kind }) => kind)).toEqual(['done', 'tooLate', 'tooLate']);
    expect(started(desk)).toBe(1);
  });

  it.each([
    ['approve', 'deny'],
    ['deny', 'approve'],
  ])('lets one of two win who %s and %s at the same time, and tells the other', async (first, second) => {
    const desk = await aDesk(asking);
    const url = await desk.link();
    const form = await approvalOf(desk);
    const answers = await Promise.all(
      [first, second].map((decision) => desk.post(url, { ...form, decision, confirm: 'yes' })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 409]);
    expect(answers[1]?.body).toContain('Already answered');
    await desk.work();
    expect(started(desk)).toBe(first === 'approve' ? 1 : 0);
  });

  it.each([
    ['approve', 'deny'],
    ['deny', 'approve'],
  ])('of two links lets the one win whose answer to %s comes before the other to %s', async (first, second) => {
    const desk = await aDesk(asking);
    const [one, other] = [await desk.link(), await desk.link()];
    const form = await approvalOf(desk);
    await Promise.all([desk.post(one, { ...form, decision: first }), desk.post(other, { ...form, decision: second })]);
    expect((await desk.work()).map(({ kind }) => kind)).toEqual(['done', 'tooLate']);
    expect(started(desk)).toBe(first === 'approve' ? 1 : 0);
  });

  it('says once answered what was answered and when, and cannot be answered otherwise', async () => {
    const desk = await aDesk(asking);
    const url = await desk.link();
    await desk.post(url, { decision: 'deny', confirm: 'yes' });
    const look = await desk.get(url);
    expect([look.status, look.body]).toEqual([200, expect.stringContaining('It was denied at 1970-01-01 00:00 UTC')]);
    const otherwise = await desk.post(url, await approvalOf(desk));
    expect([otherwise.status, otherwise.body]).toEqual([409, expect.stringContaining('Already answered')]);
  });

  it('sends the same answer again, whose first message may have been lost', async () => {
    const desk = await aDesk(asking);
    const url = await desk.link();
    desk.desk = { ...desk.desk, send: async () => Promise.reject(new Error('the queue is away')) };
    const form = await approvalOf(desk);
    const lost = await desk.post(url, form);
    expect([lost.status, lost.body]).toEqual([503, expect.stringContaining('Send it again in a minute')]);
    desk.desk = { ...desk.desk, send: async (ticket) => void desk.sent.push(ticket) };
    expect((await desk.post(url, form)).status).toBe(200);
    await desk.work();
    expect(started(desk)).toBe(1);
  });

  it('that has expired says so, and takes nothing', async () => {
    const desk = await aDesk(asking);
    const url = await desk.link();
    const form = await approvalOf(desk);
    desk.it.now = 30 * minute;
    for (const { status, body } of [await desk.get(url), await desk.post(url, form)]) {
      expect([status, body]).toEqual([410, expect.stringContaining('This link expired at 1970-01-01 00:30 UTC')]);
    }
    expect(desk.sent).toEqual([]);
    await desk.it.wakes();
    expect([await desk.state(), called(desk).length, started(desk)]).toEqual(['escalated', 1, 0]);
  });

  it('that expires between the look and the write takes nothing', async () => {
    const desk = await aDesk(asking);
    const url = await desk.link();
    const form = await approvalOf(desk);
    const times = [29 * minute, 30 * minute];
    desk.desk = { ...desk.desk, clock: { now: () => times.shift() ?? 0 } };
    expect((await desk.post(url, form)).status).toBe(410);
    expect(desk.sent).toEqual([]);
  });

  it('of an old plan says that it changed: the new one needs an answer of its own', async () => {
    let rebooted = 1;
    const remediation = aRemediation({
      plan: async ({ resource }) => ({
        kind: 'planned',
        plan: { instance: resource.id, try: rebooted },
        summary: `reboot ${resource.id}`,
        touches: [resource],
        group: 'alone',
      }),
    });
    const desk = await aDesk(asking, { remediations: [remediation] });
    const old = await desk.link();
    const form = await approvalOf(desk);
    rebooted = 2;
    await desk.post(old, form);
    await desk.work();
    // The plan was looked at anew, and is another: it is asked about again.
    expect([await desk.state(), started(desk)]).toEqual(['awaitingApproval', 0]);
    expect(desk.it.log.filter((line) => line.startsWith('notify approval'))).toHaveLength(2);
    await desk.post(old, form);
    expect(await desk.work()).toMatchObject([{ kind: 'tooLate' }]);
    const unused = await desk.link();
    const { body } = await desk.get(unused);
    expect(body).toMatch(/agreed at [^,]+, but the plan has changed since: that yes does not hold for it/);
    await desk.post(unused, await approvalOf(desk));
    await desk.work();
    expect(started(desk)).toBe(1);
  });

  it('of an old plan that nobody answered is worth nothing for the new one', async () => {
    let rebooted = 1;
    const remediation = aRemediation({
      plan: async ({ resource }) => ({
        kind: 'planned',
        plan: { instance: resource.id, try: rebooted },
        summary: 'reboot it',
        touches: [resource],
        group: 'alone',
      }),
    });
    const desk = await aDesk(asking, { remediations: [remediation] });
    const [old, answered] = [await desk.link(), await desk.link()];
    rebooted = 2;
    await desk.post(answered, await approvalOf(desk));
    await desk.work();
    const { status, body } = await desk.post(old, await approvalOf(desk));
    expect([status, body]).toEqual([409, expect.stringContaining('The plan has changed since this link was sent')]);
    expect(desk.sent).toEqual([]);
  });

  it('of an incident that has ended, or gone on, says so', async () => {
    const desk = await aDesk(asking);
    const url = await desk.link();
    await desk.it.incidents.act('inc-1', { type: 'approval.denied', by: 'another' });
    const { status, body } = await desk.get(url);
    expect([status, body]).toEqual([409, expect.stringContaining('Nobody is asked about this plan any more')]);
    await desk.it.incidents.act('inc-1', { type: 'incident.closed', by: 'another' });
    expect((await desk.get(url)).body).toContain('The incident has ended');
    expect((await desk.post(url, { decision: 'deny', confirm: 'yes' })).status).toBe(410);
    expect(desk.sent).toEqual([]);
  });

  it('of another incident approves that one, and not this', async () => {
    const desk = await aDesk(asking);
    const resource = { ...anIncident().resource, id: 'i-0other' };
    await desk.open(asking, { id: 'inc-2', resource });
    const url = await desk.link('approval', 'inc-2');
    // The code of this incident's plan is none of the other's.
    expect((await desk.post(url, await approvalOf(desk))).status).toBe(400);
    await desk.post(url, await approvalOf(desk, 'inc-2'));
    await desk.work();
    expect([await desk.state(), await desk.state('inc-2'), started(desk)]).toEqual(['awaitingApproval', 'checking', 1]);
  });

  it('takes no acknowledgement, nor anything else that it does not ask', async () => {
    const desk = await aDesk(asking);
    const url = await desk.link();
    for (const decision of ['acknowledge', 'close', '', '__proto__']) {
      expect((await desk.post(url, { decision, confirm: 'yes' })).status).toBe(400);
    }
    expect((await desk.get(url, 'PUT')).status).toBe(405);
    expect((await desk.get(url, 'DELETE')).headers.allow).toBe('GET, HEAD, POST');
    expect(desk.sent).toEqual([]);
  });
});

describe('the page of a plan that two people must agree to', () => {
  const destroying = aRemediation({
    plan: async ({ resource }) => ({
      kind: 'planned',
      plan: { instance: resource.id },
      summary: 'replace it',
      touches: [resource],
      group: 'alone',
      destroys: ['the instance store of i-0abc'],
    }),
  });

  it('approves nothing, whatever is sent: it shows what is lost and the command', async () => {
    const desk = await aDesk(asking, { remediations: [destroying] });
    const url = await desk.link();
    const { body } = await desk.get(url);
    expect(body).toContain('the instance store of i-0abc');
    expect(body).toContain('homeostat approve inc-1 --plan');
    expect(body).not.toContain('value="approve"');
    expect((await desk.post(url, await approvalOf(desk))).status).toBe(403);
    expect((await desk.post(url, { decision: 'approve' })).status).toBe(403);
    expect(desk.sent).toEqual([]);
  });

  it('denies', async () => {
    const desk = await aDesk(asking, { remediations: [destroying] });
    await desk.post(await desk.link(), { decision: 'deny', confirm: 'yes' });
    await desk.work();
    expect(await desk.state()).toBe('escalated');
  });
});

describe('the page of a call', () => {
  it('acknowledges by a form that was confirmed, once, and nobody else is called', async () => {
    const desk = await aDesk({ ladder: [] });
    const url = await desk.link('escalated');
    const { status, body } = await desk.get(url);
    expect([status, body]).toEqual([200, expect.stringContaining('EC2 instance i-0abc in eu-central-1')]);
    expect(body).toContain('the rule has no remediation for it');
    await desk.post(url, { decision: 'acknowledge' });
    expect(desk.sent).toEqual([]);
    await desk.post(url, { decision: 'acknowledge', confirm: 'yes' });
    expect(await desk.work()).toMatchObject([{ kind: 'done', act: { type: 'escalation.acknowledged' } }]);
    await desk.it.wakes();
    expect(called(desk)).toEqual(['notify escalated oncall']);
  });

  it('says that somebody else has acknowledged it', async () => {
    const desk = await aDesk({ ladder: [] });
    const url = await desk.link('escalated');
    await desk.it.incidents.act('inc-1', { type: 'escalation.acknowledged', by: 'another' });
    const { status, body } = await desk.get(url);
    expect([status, body]).toEqual([409, expect.stringContaining('Somebody has acknowledged it already')]);
  });

  it('approves nothing', async () => {
    const desk = await aDesk({ ladder: [] });
    const form = { decision: 'approve', confirm: 'yes', code: '' };
    expect((await desk.post(await desk.link('escalated'), form)).status).toBe(400);
    expect(desk.sent).toEqual([]);
  });
});

describe('an address', () => {
  it.each([
    '/',
    '/answer/',
    '/answer/short',
    `/answer/${'A'.repeat(44)}`,
    `/answer/${'A'.repeat(42)}%2F`,
    '/favicon.ico',
  ])('that holds no token is not looked up: %s', async (path) => {
    const desk = await aDesk(asking);
    const read = jest.spyOn(desk.tickets, 'read');
    expect((await desk.get(`https://page.example.com${path}`)).status).toBe(404);
    expect(read).not.toHaveBeenCalled();
  });

  it('with a token that was never made says the same as one without', async () => {
    const desk = await aDesk(asking);
    const [unknown, none] = [`https://page.example.com/answer/${'A'.repeat(43)}`, 'https://page.example.com/'];
    expect(await desk.get(unknown)).toEqual(await desk.get(none));
  });
});

describe('where something cannot be read or written', () => {
  const away = async (): Promise<never> => {
    throw new Error('the table is away');
  };

  it.each(['tickets', 'incidents'] as const)('(%s) nothing is approved, and the page says what to do', async (what) => {
    const desk = await aDesk(asking);
    const url = await desk.link();
    desk.desk = { ...desk.desk, [what]: { read: away, decide: away, history: away } };
    const { status, body } = await desk.post(url, await approvalOf(desk));
    expect([status, body]).toEqual([503, expect.stringContaining('cannot be read or written just now')]);
    expect([desk.sent, await desk.state(), desk.failures]).toEqual([[], 'awaitingApproval', [expect.any(Error)]]);
  });

  it('(the decision) nothing is sent', async () => {
    const desk = await aDesk(asking);
    const url = await desk.link();
    desk.desk = { ...desk.desk, tickets: { read: (hash) => desk.tickets.read(hash), decide: away } };
    expect((await desk.post(url, await approvalOf(desk))).status).toBe(503);
    expect(desk.sent).toEqual([]);
  });
});

describe('what a browser gets', () => {
  it('keeps the address to itself, and loads, runs and stores nothing', async () => {
    const desk = await aDesk(asking);
    const { headers, body } = await desk.get(await desk.link());
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow, noarchive',
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
      ) as string,
    });
    expect(Object.keys(headers)).not.toContain('set-cookie');
    expect(body).not.toMatch(/<script|<img|<link|<iframe|https?:|\son\w+=|style=/);
  });

  it('is styled by the style that its policy names', async () => {
    const { createHash } = await import('node:crypto');
    const desk = await aDesk(asking);
    const { headers, body } = await desk.get(await desk.link());
    const style = /<style>([\s\S]*?)<\/style>/.exec(body)?.[1] ?? '';
    expect(headers['content-security-policy']).toContain(createHash('sha256').update(style).digest('base64'));
  });

  it('does not hold the token', async () => {
    const desk = await aDesk(asking);
    const url = await desk.link();
    const token = url.slice(url.lastIndexOf('/') + 1);
    for (const { body, headers } of [await desk.get(url), await desk.post(url, { decision: 'approve' })]) {
      expect(JSON.stringify([body, headers])).not.toContain(token);
    }
  });

  it('holds no text of others but as text', async () => {
    const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>'&\u202e\u0007\r\nX-Evil: 1`;
    const remediation = aRemediation({
      plan: async ({ resource }) => ({
        kind: 'planned',
        plan: {},
        summary: hostile,
        touches: [{ ...resource, id: hostile }],
        group: 'alone',
      }),
    });
    const resource = { kind: 'ec2-instance', id: hostile, account: hostile, region: hostile } as const;
    const overrides = { resource, condition: hostile };
    const desk = await aDesk({ ...asking, name: hostile }, { remediations: [remediation] }, overrides);
    desk.it.health = { kind: 'unhealthy', detail: hostile };
    const url = await desk.link();
    const pages = [
      await desk.get(url),
      await desk.post(url, { decision: 'approve' }),
      await desk.post(url, { decision: 'deny' }),
      await desk.post(url, { decision: hostile }),
      await desk.post(url, { decision: 'approve', confirm: 'yes', code: hostile }),
    ];
    for (const { body, headers } of pages) {
      expect(body).not.toMatch(/<script|<img/);
      expect(isPrintable(body.replaceAll('\n', ' '))).toBe(true);
      expect(JSON.stringify(headers)).not.toContain('Evil');
    }
    expect(pages[0]?.body).toContain('&#60;script&#62;alert(1)');
  });

  it('is refused a body that no form of the page has', async () => {
    const desk = await aDesk(asking);
    const { status } = await desk.post(await desk.link(), {
      decision: 'deny',
      confirm: 'yes',
      code: 'x'.repeat(longestBody),
    });
    expect([status, desk.sent]).toEqual([413, []]);
  });
});
