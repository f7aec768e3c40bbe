import { isSentBy, nameOfSender } from '../../../runtime/answers/sender';
import { nameInBrief } from '../../../statemachines/incident-machine/brief';

describe('who sent a message', () => {
  it.each([
    ['AROAEXAMPLEEXAMPLE0001:alice@example.com', 'alice@example.com (AROAEXAMPLEEXAMPLE0001)'],
    ['AIDAEXAMPLEEXAMPLE0001', 'user AIDAEXAMPLEEXAMPLE0001'],
    ['111122223333', 'root user (111122223333)'],
    ['111122223333:guest', 'guest (111122223333)'],
  ])('%s is told as %s', (senderId, name) => {
    expect(nameOfSender(senderId)).toBe(name);
  });

  it('is told whole in the memory of an incident, also under the longest name that AWS gives', () => {
    const name = nameOfSender(`AROAEXAMPLEEXAMPLE0001:${'a'.repeat(64)}`);
    expect(nameInBrief(name)).toBe(name);
  });

  it('is told by one line without control characters, whatever came', () => {
    expect(nameOfSender(`AROA:al\u0007ice\r\n${'x'.repeat(500)}`)).toMatch(/^[ -~…]{1,100}$/);
  });

  it('is in a session of a role, or of another whose id begins alike', () => {
    expect(isSentBy('AROA1', 'AROA1:homeostat-answer')).toBe(true);
    expect(isSentBy('AROA1', 'AROA12:homeostat-answer')).toBe(false);
  });
});
