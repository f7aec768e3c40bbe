import { readFileSync } from 'node:fs';
import { Crew } from '../../proof/campaign/crew';
import { exampleOf } from '../../proof/campaign';
import { invariants } from '../../proof/invariants';
import { hunt, huntAll, mutations, patchOf } from '../../proof/mutations';
import { blindSpots } from '../../proof/mutations/blind-spots';
import type { Mutation } from '../../proof/mutations/mutation';

const foreign = mutations.find(({ name }) => name === 'foreign-account') as Mutation;
const outdated: Mutation = { ...foreign, name: 'outdated', from: 'what nobody has written' };

// A thread of its own compiles all that a trial runs, and the machine may be busy.
jest.setTimeout(60_000);

const crews: Crew[] = [];
afterEach(async () => {
  for (const crew of crews.splice(0)) await crew.close();
});

describe('a planted bug', () => {
  it.each([...mutations, ...blindSpots].map((mutation): [string, Mutation] => [mutation.name, mutation]))(
    '%s changes one place of the source as it is, and names the invariants that it breaks',
    (_name, mutation) => {
      const { file, text } = patchOf(mutation);
      expect(text).not.toBe(readFileSync(file, 'utf8'));
      const ids: readonly string[] = invariants.map(({ id }) => id);
      expect(mutation.breaks.length).toBeGreaterThan(0);
      expect(mutation.breaks.filter((id) => !ids.includes(id))).toEqual([]);
    },
  );

  it('has a name of its own', () => {
    const names = [...mutations, ...blindSpots].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('whose place is gone from the source, or is there twice, has to be brought up to date', async () => {
    expect(() => patchOf(outdated)).toThrow(/^Mutation outdated has to be brought up to date.* 0 times in /);
    expect(() => patchOf({ ...foreign, from: 'return' })).toThrow(/outdated|must be there once/);
    await expect(huntAll([foreign, outdated], { from: 1, atMost: 1, threads: 1 })).rejects.toThrow(/outdated/);
  });

  it('is found, is gone in another thread, and its failure is made smaller', async () => {
    const { found } = await hunt(foreign, 1, 40);
    expect(found).toMatchObject({ invariant: 'I23' });
    const plan = { seed: found?.seed ?? 0 };
    const [sound, planted] = [new Crew(1), new Crew(1, patchOf(foreign))];
    crews.push(sound, planted);
    const [well, ill] = await Promise.all([sound, planted].map((crew) => crew.run({ plan, keepsLines: false })));
    expect([well?.violation, ill?.violation?.invariant]).toEqual([undefined, 'I23']);
    const example = await exampleOf(ill!, planted);
    expect(example.plan).toEqual({ ...plan, only: ['account-foreign'], ailments: [] });
    expect(example.lines.at(-1)?.text).toContain('I23 is broken');
  });

  it('that no invariant tells of is not found', async () => {
    const { found, besides } = await hunt({ ...foreign, breaks: ['I1'] }, 1, 8);
    expect([found, besides.map(({ invariant }) => invariant)]).toEqual([undefined, ['I23']]);
  });
});

describe('a thread', () => {
  it.each([
    ['throws as it is loaded', 'throw new Error("nobody loads this");', 'nobody loads this'],
    ['ends', 'process.exit(3);', 'status 3'],
  ])('that %s fails its trial, and the next has a thread again', async (_how, text, what) => {
    const crew = new Crew(1, { ...patchOf(foreign), text });
    crews.push(crew);
    const outcomes = [
      await crew.run({ plan: { seed: 1 }, keepsLines: false }),
      await crew.run({ plan: { seed: 2 }, keepsLines: false }),
    ];
    expect(outcomes.map(({ seed }) => seed)).toEqual([1, 2]);
    for (const { violation } of outcomes) {
      expect(violation?.invariant).toBe('trial');
      expect(violation?.what).toContain(what);
    }
  });
});
