import fc from 'fast-check';
import type { FaultName } from '../../proof/faults/catalogue';
import type { Violation } from '../../proof/invariants/invariant';
import { runsAtMost, shrink, smallest, type Found, type Try } from '../../proof/shrink';

const violation: Violation = { invariant: 'I4', promise: 'each intent is carried out once', at: 1, what: 'twice' };
const had: FaultName[] = ['timer-lost', 'worker-paused', 'worker-killed', 'aws-empty', 'storm', 'topic-down'];
const found: Found = { plan: { seed: 4 }, had, ailments: 5, violation };

/** A trial that fails with these faults and ailments in it, and not without one of them. */
const needing =
  (faults: readonly FaultName[], places: readonly number[] = []): Try =>
  async ({ only = had, ailments = [0, 1, 2, 3, 4] }) =>
    faults.every((name) => only.includes(name)) && places.every((place) => ailments.includes(place))
      ? { violation: { ...violation, what: 'as before, at another time' }, ailments: 5 }
      : { ailments: 5 };

describe('a failure is made smaller', () => {
  it('to the faults and the sicknesses that it needs', async () => {
    const { plan } = await shrink(found, needing(['worker-paused', 'topic-down'], [3]));
    expect(plan).toEqual({ seed: 4, only: ['worker-paused', 'topic-down'], ailments: [3] });
  });

  it('to nothing at all, where it needs nothing', async () => {
    expect((await shrink(found, needing([]))).plan).toEqual({ seed: 4, only: [], ailments: [] });
  });

  it('and not at all, where it needs everything', async () => {
    expect((await shrink(found, needing(had, [0, 1, 2, 3, 4]))).plan).toEqual({ seed: 4, only: had });
  });

  it('only as long as it breaks the same promise', async () => {
    const { plan } = await shrink(found, async (smaller) =>
      (smaller.only ?? had).length === had.length
        ? { violation, ailments: 0 }
        : { violation: { ...violation, promise: 'another of the same number' }, ailments: 0 },
    );
    expect(plan.only).toEqual(had);
  });

  it('in a bounded number of runs', async () => {
    let runs = 0;
    const many = Array.from({ length: 500 }, (_none, index) => `fault-${index}` as FaultName);
    const { runs: told } = await shrink({ ...found, had: many }, async () => {
      runs += 1;
      return { ailments: 0 };
    });
    expect(runs).toBe(told);
    expect(runs).toBeLessThanOrEqual(runsAtMost);
  });
});

test('what is left of a list is what is needed of it, whatever that is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.nat(30), { maxLength: 14 }), fc.nat(), async (list, mask) => {
      const needed = list.filter((_one, index) => (mask >> index) % 2 === 1);
      const kept = await smallest(
        list,
        async (fewer) => needed.every((one) => fewer.includes(one)),
        () => true,
      );
      expect(kept).toEqual(needed);
    }),
  );
});
