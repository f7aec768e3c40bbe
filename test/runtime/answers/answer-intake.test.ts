import { takeAct, takeTicket, type AnswerDoor, type Taken } from '../../../runtime/answers/answer-intake';
import type { OperatorAct } from '../../../runtime/answers/answer-message';
import type { Decision, Ticket } from '../../../runtime/store/ticket-store';
import { aRemediation, minute } from '../world';
import { aDesk, aTicket, type Desk } from './desk';

const asking = { mode: 'approve' } as const;
const alice = 'AROAEXAMPLEEXAMPLE0001:alice@example.com';
const bob = 'AROAEXAMPLEEXAMPLE0001:bob@example.com';
const started = ({ it }: Desk): number => it.log.filter((line) => line === 'rebootInstances').length;
const doorOf = ({ it, tickets }: Desk, more: Partial<AnswerDoor> = {}): AnswerDoor => ({
  incidents: it.incidents,
  store: it.store,
  tickets,
  ...more,
});
const hashIn = async (desk: Desk, id = 'inc-1'): Promise<string> =>
  (await desk.it.store.read(id))?.memory.planned?.planHash ?? '';

describe('a ticket that was answered', () => {
  async function answered(desk: Desk, decision: Decision, overrides: Partial<Ticket> = {}): Promise<Taken> {
    const ticket = aTicket({ planHash: await hashIn(desk), ...overrides });
    await desk.tickets.add(ticket);
    await desk.tickets.decide(ticket.hash, decision, 0);
    return takeTicket(ticket.hash, doorOf(desk));
  }

  it('acts as the contact that it was sent to', async () => {
    const desk = await aDesk(asking);
    expect(await answered(desk, 'approve')).toMatchObject({ kind: 'done', act: { by: 'oncall (by link)' } });
    expect(started(desk)).toBe(1);
  });

  it('acts once, however often the message comes', async () => {
    const desk = await aDesk(asking);
    await answered(desk, 'approve');
    const again = [1, 2, 3].map(() => takeTicket(aTicket().hash, doorOf(desk)));
    expect((await Promise.all(again)).map(({ kind }) => kind)).toEqual(['tooLate', 'tooLate', 'tooLate']);
    expect(started(desk)).toBe(1);
  });

  it('for another plan approves nothing', async () => {
    const desk = await aDesk(asking);
    expect(await answered(desk, 'approve', { planHash: 'of-another-plan' })).toMatchObject({ kind: 'tooLate' });
    expect([await desk.state(), started(desk)]).toEqual(['awaitingApproval', 0]);
  });

  it('for the plan of another incident approves nothing there', async () => {
    const desk = await aDesk(asking);
    await desk.open(asking, { id: 'inc-2', resource: { ...(await desk.it.store.read('inc-1'))!.resource, id: 'i-2' } });
    const planHash = await hashIn(desk, 'inc-2');
    expect(await answered(desk, 'approve', { planHash })).toMatchObject({ kind: 'tooLate' });
    expect(await answered(desk, 'approve', { incident: 'inc-2' })).toMatchObject({ kind: 'tooLate' });
    expect(started(desk)).toBe(0);
  });

  it.each([
    ['approval', 'acknowledge'],
    ['acknowledgement', 'approve'],
    ['acknowledgement', 'deny'],
  ] as const)('for %s does not %s', async (purpose, decision) => {
    const desk = await aDesk(asking);
    expect(await answered(desk, decision, { purpose })).toMatchObject({ kind: 'refused' });
    expect([await desk.state(), started(desk)]).toEqual(['awaitingApproval', 0]);
  });

  it('that names no plan approves nothing', async () => {
    const desk = await aDesk(asking);
    const { planHash: _none, ...ticket } = aTicket();
    await desk.tickets.add(ticket);
    await desk.tickets.decide(ticket.hash, 'approve', 0);
    expect(await takeTicket(ticket.hash, doorOf(desk))).toMatchObject({ kind: 'refused' });
  });

  it('of a plan that takes two approves nothing, not even as one of them', async () => {
    const two = { approval: 'twoPeople', remediation: 'reboot-instance', parameters: {} } as const;
    const desk = await aDesk({ ...asking, ladder: [two] });
    expect(await answered(desk, 'approve')).toMatchObject({ kind: 'refused' });
    const { incident } = { incident: await desk.it.store.read('inc-1') };
    expect([incident?.state, incident?.memory.approved]).toEqual(['awaitingApproval', null]);
  });

  it('for an incident that is not there is answered with that', async () => {
    const desk = await aDesk(asking);
    expect(await answered(desk, 'deny', { incident: 'inc-gone' })).toMatchObject({ kind: 'noIncident' });
  });

  it('comes too late after the time to answer, though it was answered in time', async () => {
    const desk = await aDesk(asking);
    desk.it.now = 30 * minute;
    expect(await answered(desk, 'approve')).toMatchObject({ kind: 'tooLate' });
    expect(started(desk)).toBe(0);
  });
});

describe('a message about a ticket', () => {
  it('that nobody has answered does nothing', async () => {
    const desk = await aDesk(asking);
    await desk.tickets.add(aTicket({ planHash: await hashIn(desk) }));
    expect(await takeTicket(aTicket().hash, doorOf(desk))).toMatchObject({ kind: 'refused' });
    expect(await desk.state()).toBe('awaitingApproval');
  });

  it('that there is not does nothing', async () => {
    const desk = await aDesk(asking);
    expect(await takeTicket(aTicket().hash, doorOf(desk))).toMatchObject({ kind: 'refused' });
  });

  it('is given back where the store of tickets cannot be read: nothing is approved', async () => {
    const desk = await aDesk(asking);
    const tickets = { read: async () => Promise.reject(new Error('the table is away')) };
    await expect(takeTicket(aTicket().hash, doorOf(desk, { tickets }))).rejects.toThrow('the table is away');
    expect([await desk.state(), started(desk)]).toEqual(['awaitingApproval', 0]);
  });
});

describe('what an operator sends', () => {
  const approve = async (desk: Desk): Promise<OperatorAct> => ({
    type: 'approval.granted',
    incident: 'inc-1',
    planHash: await hashIn(desk),
  });

  it('is done in the name that AWS says', async () => {
    const desk = await aDesk(asking);
    expect(await takeAct(await approve(desk), alice, alice, doorOf(desk))).toMatchObject({
      kind: 'done',
      act: { by: 'alice@example.com (AROAEXAMPLEEXAMPLE0001)' },
    });
    const history = await desk.it.store.history('inc-1');
    expect(history.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({ type: 'approval.granted', by: 'alice@example.com (AROAEXAMPLEEXAMPLE0001)' }),
    );
    expect(started(desk)).toBe(1);
  });

  it.each([
    ['somebody else', bob, 'SQS says that it was AROAEXAMPLEEXAMPLE0001:bob@example.com'],
    ['nobody', undefined, 'SQS does not say who sent it'],
    ['nobody', '', 'SQS does not say who sent it'],
  ])('is refused where SQS says that %s sent it', async (_who, senderId, why) => {
    const desk = await aDesk(asking);
    expect(await takeAct(await approve(desk), alice, senderId, doorOf(desk))).toEqual({
      kind: 'refused',
      reason: expect.stringContaining(why) as string,
    });
    expect([await desk.state(), started(desk)]).toEqual(['awaitingApproval', 0]);
  });

  it('is refused where the page sent it, in whatever name', async () => {
    const desk = await aDesk(asking);
    const page = 'AROAPAGEPAGEPAGE00001:homeostat-answer';
    const door = doorOf(desk, { pageRole: 'AROAPAGEPAGEPAGE00001' });
    expect(await takeAct(await approve(desk), page, page, door)).toMatchObject({ kind: 'refused' });
    expect(await takeAct(await approve(desk), alice, page, door)).toMatchObject({ kind: 'refused' });
    expect(started(desk)).toBe(0);
  });

  it('for another plan than the present one does nothing', async () => {
    const desk = await aDesk(asking);
    const act = { type: 'approval.granted', incident: 'inc-1', planHash: 'of-another-plan' } as const;
    expect(await takeAct(act, alice, alice, doorOf(desk))).toMatchObject({ kind: 'tooLate' });
    expect(started(desk)).toBe(0);
  });
});

describe('two people', () => {
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

  async function said(...senders: readonly string[]): Promise<{ desk: Desk; kinds: readonly string[] }> {
    const desk = await aDesk(asking, { remediations: [destroying] });
    const act = { type: 'approval.granted', incident: 'inc-1', planHash: await hashIn(desk) } as const;
    const kinds: string[] = [];
    for (const sender of senders) kinds.push((await takeAct(act, sender, sender, doorOf(desk))).kind);
    return { desk, kinds };
  }

  it('who both agree let it start', async () => {
    const { desk, kinds } = await said(alice, bob);
    expect([kinds, started(desk)]).toEqual([['done', 'done'], 1]);
  });

  it('are not one who says yes twice', async () => {
    const { desk, kinds } = await said(alice, alice, alice);
    expect([kinds, await desk.state(), started(desk)]).toEqual([['done', 'tooLate', 'tooLate'], 'awaitingApproval', 0]);
  });

  it('are not one who answers by the command and by a link', async () => {
    const { desk } = await said(alice);
    const ticket = aTicket({ planHash: await hashIn(desk) });
    await desk.tickets.add(ticket);
    await desk.tickets.decide(ticket.hash, 'approve', 0);
    expect(await takeTicket(ticket.hash, doorOf(desk))).toMatchObject({ kind: 'refused' });
    expect(started(desk)).toBe(0);
  });

  it('are called where the second does not answer in time', async () => {
    const { desk } = await said(alice);
    await desk.it.wakes();
    expect([await desk.state(), started(desk)]).toEqual(['escalated', 0]);
  });
});
