import { actMessage, ticketMessage } from '../../../runtime/answers/answer-message';
import { readMessage, wakeMessage } from '../../../runtime/lambda/message';

describe('a message of the work queue', () => {
  it('is a wake-up as it was sent', () => {
    expect(readMessage(wakeMessage('inc-0a1b', 7))).toEqual({ kind: 'wake', incident: 'inc-0a1b', revision: 7 });
  });

  it.each(['{"source":"aws.ec2"}', '{}', '[]', 'null', '7', '"wake"'])(
    'that is no wake-up has to be an event, which is read elsewhere: %s',
    (body) => {
      expect(readMessage(body)).toEqual({ kind: 'event', event: JSON.parse(body) as unknown });
    },
  );

  it.each(['', '{', 'wake'])('that is no JSON is invalid: %j', (body) => {
    expect(readMessage(body)).toEqual({ kind: 'invalid', reason: 'the message is no JSON' });
  });

  it.each([
    {},
    null,
    { incident: 'inc-1' },
    { incident: 'inc-1', revision: '7' },
    { incident: 'inc-1', revision: 1.5 },
    { incident: '../hold', revision: 7 },
    { incident: `inc-${'a'.repeat(100)}`, revision: 7 },
  ])('that wakes nothing in particular is invalid: %j', (wake) => {
    expect(readMessage(JSON.stringify({ wake }))).toMatchObject({ kind: 'invalid' });
  });

  it('is an answer as the page sends it', () => {
    const ticket = '0a'.repeat(32);
    expect(readMessage(ticketMessage(ticket))).toEqual({ kind: 'answer', ticket });
  });

  it.each([
    { type: 'approval.granted', incident: 'inc-1', planHash: 'abc' },
    { type: 'approval.denied', incident: 'inc-1' },
    { type: 'escalation.acknowledged', incident: 'inc-1' },
  ] as const)('is what an operator does, as the command sends it: %j', (act) => {
    expect(readMessage(actMessage(act, 'AIDA1'))).toEqual({ kind: 'act', act, userId: 'AIDA1' });
  });

  it.each([
    { answer: null },
    { answer: { ticket: 'short' } },
    { answer: { ticket: '0a'.repeat(32), decision: 'approve' } },
    { act: { type: 'approval.granted', incident: 'inc-1' }, userId: 'AIDA1' },
    { act: { type: 'approval.denied', incident: 'inc-1' } },
    { act: { type: 'approval.denied', incident: 'inc-1' }, userId: '' },
    { act: { type: 'approval.denied', incident: 'inc-1', by: 'alice' }, userId: 'AIDA1' },
    { act: { type: 'approval.denied', incident: '../hold' }, userId: 'AIDA1' },
    { act: { type: 'incident.opened', incident: 'inc-1' }, userId: 'AIDA1' },
    { act: { type: 'timer.fired', incident: 'inc-1', revision: 1 }, userId: 'AIDA1' },
    { answer: { ticket: '0a'.repeat(32) }, act: { type: 'approval.denied', incident: 'inc-1' }, userId: 'AIDA1' },
  ])('that is no whole answer is invalid, and no event either: %j', (body) => {
    expect(readMessage(JSON.stringify(body))).toMatchObject({ kind: 'invalid' });
  });
});
