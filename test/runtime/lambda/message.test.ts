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
});
