import { withDigests } from '../../replay/virtual-digests';
import { VirtualClock } from '../../simulator/clock';
import { anIncident } from '../statemachines/incident';

const minute = 60_000;
const notice = { kind: 'held', contact: 'oncall', ofMany: true } as const;
const oneOf = { contact: 'oncall', folded: [] };

/** A digest that is pending once something was folded, until it is taken, and the times at which it was sent. */
function folding(isTaken: () => boolean = () => true) {
  const clock = new VirtualClock(0);
  const sentAt: number[] = [];
  let waiting = 0;
  const notifier = withDigests(
    {
      notify: async ({ ofMany }) => {
        if (!ofMany) return 'sent';
        waiting += 1;
        return 'folded';
      },
      notifyParked: async () => {
        waiting += 1;
      },
    },
    clock,
    { pending: async () => (waiting > 0 ? [oneOf] : []) },
    async () => {
      sentAt.push(clock.now());
      if (isTaken()) waiting = 0;
    },
  );
  return { clock, notifier, sentAt };
}

describe('in a replay, a message for many', () => {
  it('goes out at the next full minute, once for all that was folded by then', async () => {
    const { clock, notifier, sentAt } = folding();
    await clock.runUntil(10_000);
    await notifier.notify(notice, anIncident(), []);
    await clock.runUntil(20_000);
    await notifier.notify(notice, anIncident(), []);
    await clock.runUntil(10 * minute);
    expect(sentAt).toEqual([minute]);
  });

  it('about a parked incident goes out likewise', async () => {
    const { clock, notifier, sentAt } = folding();
    await notifier.notifyParked('oncall', { id: 'inc-1', reason: 'of another version' });
    await clock.runUntil(10 * minute);
    expect(sentAt).toEqual([minute]);
  });

  it('that is not taken is tried each minute', async () => {
    let tries = 0;
    const { clock, notifier, sentAt } = folding(() => (tries += 1) > 2);
    await notifier.notify(notice, anIncident(), []);
    await clock.runUntil(10 * minute);
    expect(sentAt).toEqual([minute, 2 * minute, 3 * minute]);
  });

  it('that nobody takes is given up after a day, so that the replay comes to its end', async () => {
    const { clock, notifier, sentAt } = folding(() => false);
    await notifier.notify(notice, anIncident(), []);
    while (await clock.step()) {
      // Until nothing waits any more.
    }
    expect(sentAt.at(-1)).toBe(24 * 60 * minute);
  });

  it('leaves nothing on the clock where none was folded', async () => {
    const { clock, notifier } = folding();
    expect(await notifier.notify({ ...notice, ofMany: false }, anIncident(), [])).toBe('sent');
    expect(clock.nextAt()).toBeUndefined();
  });
});
