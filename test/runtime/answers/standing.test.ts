import { standingOf } from '../../../runtime/answers/standing';
import type { Incident } from '../../../statemachines/incident';
import { Life, planMade } from '../../statemachines/incident';
import { aTicket } from './desk';

const asked = (): Incident =>
  Life.opened({ mode: 'approve' }).happens({ type: 'symptom.present', detail: 'sick' }, planMade, {
    type: 'admission.granted',
  }).incident;

describe('a ticket for the plan that is asked about', () => {
  it('can be answered until the instant at which the time is over', () => {
    expect(standingOf(aTicket(), asked(), 1_799_999)).toMatchObject({ kind: 'open' });
    expect(standingOf(aTicket(), asked(), 1_800_000)).toMatchObject({ kind: 'closed', status: 410 });
    expect(standingOf(aTicket({ expiresAt: 9_000_000 }), asked(), 1_800_000)).toMatchObject({ status: 410 });
  });

  it.each(['resolved', 'recovered', 'observed', 'closed'] as const)(
    'is gone with an incident that is %s, also where the store still has it',
    (state) => {
      expect(standingOf(aTicket(), { ...asked(), state }, 0)).toMatchObject({
        status: 410,
        why: 'The incident has ended: there is nothing left to answer.',
      });
    },
  );

  it('cannot be answered for want of a plan', () => {
    const incident = asked();
    const without = { ...incident, memory: { ...incident.memory, planned: null } };
    expect(standingOf(aTicket(), without, 0)).toMatchObject({ status: 409 });
    const { planHash: _none, ...ticket } = aTicket();
    expect(standingOf(ticket, without, 0)).toMatchObject({ status: 409 });
  });
});
