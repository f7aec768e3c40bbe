import { Sandbox } from '../../proof/deployment/sandbox';
import { Turns } from '../../proof/deployment/turns';
import { Faults, type Mix } from '../../proof/faults';
import { Randomness } from '../../proof/randomness';
import { VirtualClock } from '../../simulator/clock';

const minute = 60_000;

function setUp(mix: Mix = {}) {
  const clock = new VirtualClock(0);
  const turns = new Turns(clock);
  const random = new Randomness(5);
  const deaths: string[] = [];
  const sandbox = new Sandbox(
    'worker 1',
    0,
    turns,
    new Faults(mix, random.of('faults')),
    random.of('worker'),
    ({ id }) => deaths.push(id),
  );
  const runUntil = async (until: number): Promise<void> => {
    while (await turns.next(until));
  };
  return { clock, turns, sandbox, deaths, runUntil };
}

/** A call, what it did and whether it came back. */
function call(sandbox: Sandbox, changes: boolean) {
  const seen = { isDone: false, isBack: false };
  void sandbox
    .cross({ what: 'a call', changes }, () => {
      seen.isDone = true;
    })
    .then(() => {
      seen.isBack = true;
    });
  return seen;
}

describe('a process', () => {
  it('lets a call through after some milliseconds, and its answer back', async () => {
    const { sandbox, runUntil, clock } = setUp();
    const seen = call(sandbox, true);
    expect(seen).toEqual({ isDone: false, isBack: false });
    await runUntil(1_000);
    expect(seen).toEqual({ isDone: true, isBack: true });
    expect(clock.now()).toBeGreaterThan(0);
  });

  it('that was killed before a call does not make it', async () => {
    const { sandbox, runUntil, deaths } = setUp();
    const seen = call(sandbox, true);
    sandbox.kill();
    await runUntil(minute);
    expect(seen).toEqual({ isDone: false, isBack: false });
    expect([sandbox.isDead, deaths]).toEqual([true, ['worker 1']]);
  });

  it('that was killed during a call does not hear of what it did', async () => {
    const { sandbox, runUntil } = setUp();
    const seen = { isBack: false };
    void sandbox
      .cross({ what: 'a call', changes: true }, () => {
        sandbox.kill();
      })
      .then(() => {
        seen.isBack = true;
      });
    await runUntil(minute);
    expect(seen.isBack).toBe(false);
  });

  it('that hangs never comes back', async () => {
    const { sandbox, runUntil } = setUp({ 'worker-stuck': 1 });
    const seen = call(sandbox, false);
    await runUntil(60 * minute);
    expect([seen.isDone, sandbox.isDead]).toEqual([false, false]);
  });

  it('that was paused goes on where it was, and knows nothing of it', async () => {
    const { sandbox, runUntil, clock } = setUp({ 'worker-paused': 1 });
    const seen = call(sandbox, false);
    await runUntil(500);
    expect(seen.isDone).toBe(false);
    await runUntil(21 * minute);
    expect(seen).toEqual({ isDone: true, isBack: true });
    expect(clock.now()).toBeGreaterThan(1_000);
  });

  it('has a clock of its own, which may be wrong', () => {
    const { sandbox, clock } = setUp({ 'clock-skewed': 1 });
    expect(Math.abs(sandbox.clock.now() - clock.now())).toBeGreaterThan(0);
    expect(setUp().sandbox.clock.now()).toBe(0);
  });
});

describe('the world', () => {
  it('stands still while a call is under way, however long that takes', async () => {
    const { turns, clock } = setUp();
    const order: string[] = [];
    const slow = async (): Promise<void> => {
      for (let wait = 0; wait < 5; wait += 1) await new Promise((go) => setImmediate(go));
      order.push('the call is done');
    };
    clock.at(1, () => {
      turns.stir();
      void turns.during(slow);
    });
    clock.at(1, () => {
      order.push('the next happens');
    });
    while (await turns.next(10));
    expect(order).toEqual(['the call is done', 'the next happens']);
  });
});
