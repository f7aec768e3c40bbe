import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { faultNames } from '../../proof/faults/catalogue';
import { runTrial } from '../../proof/trial';
import { root } from '../cli/command';

/** A failure that was: which trial, what it broke, and what was wrong. */
const pastFailure = z.strictObject({
  seed: z.int(),
  only: z.array(z.enum(faultNames)).optional(),
  ailments: z.array(z.int()).optional(),
  broke: z.string(),
  because: z.string().min(20),
});

const folder = join(root, 'test/seeds');
const past = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name): [string, z.infer<typeof pastFailure>] => [
    name,
    pastFailure.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))),
  ]);

/** Not among the seeds of CI's campaign. */
const fresh = Array.from({ length: 15 }, (_none, index) => 900_001 + index);

const hashOf = async (seed: number): Promise<string> => (await runTrial({ seed })).hash;

// The first loads the clients of the SDK, and the machine may be busy.
jest.setTimeout(60_000);

describe('a trial', () => {
  it.each(past)('that failed once, %s, fails no more', async (_name, { seed, only, ailments }) => {
    const { violation } = await runTrial({ seed, ...(only && { only }), ...(ailments && { ailments }) });
    expect(violation).toBeUndefined();
  });

  it.each(fresh)('of seed %i breaks no invariant', async (seed) => {
    expect((await runTrial({ seed })).violation).toBeUndefined();
  });

  it('goes the same way each time, whichever trials were run before it', async () => {
    const forwards = [await hashOf(21), await hashOf(22), await hashOf(23)];
    const backwards = [await hashOf(23), await hashOf(22), await hashOf(21)];
    expect(backwards.reverse()).toEqual(forwards);
    expect(new Set(forwards).size).toBe(3);
  });

  it('has the faults that its seed draws, as far as its plan lets it', async () => {
    const { mix } = await runTrial({ seed: 21 });
    const [kept = 'storm', ...others] = Object.keys(mix) as (typeof faultNames)[number][];
    expect(others.length).toBeGreaterThan(0);
    const undrawn = faultNames.filter((name) => !(name in mix));
    const some = await runTrial({ seed: 21, only: [kept, ...undrawn] });
    expect(some.mix).toEqual({ [kept]: mix[kept] });
    const none = await runTrial({ seed: 21, only: [] });
    expect([none.mix, none.faults]).toEqual([{}, new Map()]);
  });

  it('in which nothing falls sick and nothing goes wrong has no incident', async () => {
    const { incidents, violation } = await runTrial({ seed: 21, only: [], ailments: [] });
    expect([incidents, violation]).toEqual([0, undefined]);
  });

  it('keeps its lines for whoever asks for them, and its hash is of all of them', async () => {
    const [silent, told] = [await runTrial({ seed: 22 }), await runTrial({ seed: 22 }, true)];
    expect(silent.lines).toEqual([]);
    expect(told.lines.length).toBeGreaterThan(10);
    expect(told.hash).toBe(silent.hash);
  });
});
