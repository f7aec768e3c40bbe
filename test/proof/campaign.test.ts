import { isGreen, runCampaign, showsAllFrom, type Campaign } from '../../proof/campaign';
import { groupsOf } from '../../proof/campaign/groups';
import { brokenOff, type Job, type Outcome } from '../../proof/campaign/outcome';
import { demanded } from '../../proof/coverage';
import type { FaultName } from '../../proof/faults/catalogue';

const promise = 'each intent is carried out once';

/** A trial that went well, but for what the test says. */
const outcome = (seed: number, but: Partial<Outcome> = {}): Outcome => ({
  seed,
  hash: `hash of ${seed}`,
  lines: [],
  coverage: new Map(demanded.map((name) => [name, 1])),
  faults: new Map<FaultName, number>([['timer-lost', 2]]),
  incidents: 3,
  ailments: 2,
  had: ['timer-lost', 'storm'],
  ...but,
});
const broken = (invariant: string, what = 'twice'): Partial<Outcome> => ({
  violation: { invariant, promise, at: 1, what },
});

/** Runs trials as the test says, and remembers which. */
function crewOf(run: (job: Job, times: number) => Outcome) {
  const jobs: Job[] = [];
  return {
    jobs,
    run: async (job: Job): Promise<Outcome> => {
      jobs.push(job);
      return run(job, jobs.filter(({ plan }) => plan.seed === job.plan.seed).length);
    },
  };
}

const campaignOf = async (run: (job: Job, times: number) => Outcome, seeds = 10): Promise<Campaign> =>
  runCampaign({ from: 1, seeds }, crewOf(run));

describe('a campaign', () => {
  it('in which nothing breaks is green, and adds up what its trials have shown', async () => {
    const campaign = await campaignOf(({ plan: { seed } }) => outcome(seed));
    expect(isGreen(campaign)).toBe(true);
    expect([campaign.incidents, campaign.faults.get('timer-lost')]).toEqual([30, 20]);
  });

  it('has the hash that its trials have, in whichever order they end', async () => {
    const slowly = async (delay: (seed: number) => number): Promise<string> => {
      const crew = {
        run: async ({ plan: { seed } }: Job): Promise<Outcome> => {
          for (let wait = delay(seed); wait > 0; wait -= 1) await Promise.resolve();
          return outcome(seed);
        },
      };
      return (await runCampaign({ from: 1, seeds: 10 }, crew)).hash;
    };
    const hash = await slowly((seed) => seed);
    expect(await slowly((seed) => 10 - seed)).toBe(hash);
    expect((await campaignOf(({ plan: { seed } }) => outcome(seed, { hash: 'another' }))).hash).not.toBe(hash);
  });

  it('is not green when a trial that runs twice goes otherwise the second time', async () => {
    const campaign = await campaignOf(({ plan: { seed } }, times) => outcome(seed, { hash: `${seed} ${times}` }));
    expect(campaign.again.differ).toEqual([1, 2, 3]);
    expect(isGreen(campaign)).toBe(false);
  });

  it('has to show all that is demanded when it is large, and only then', async () => {
    const coverage = new Map(demanded.slice(1).map((name) => [name, 1]));
    const run = ({ plan: { seed } }: Job): Outcome => outcome(seed, { coverage });
    const [small, large] = [await campaignOf(run), await campaignOf(run, showsAllFrom)];
    expect([isGreen(small), isGreen(large), large.missing]).toEqual([true, false, [demanded[0]]]);
    const few = await runCampaign({ from: 1, seeds: showsAllFrom, only: [] }, crewOf(run));
    expect(isGreen(few)).toBe(true);
  });

  it('shows the first trial that breaks a promise, as small as it gets, and names the others', async () => {
    const crew = crewOf(({ plan: { seed, only } }) =>
      outcome(seed, seed % 4 === 0 && (only?.includes('storm') ?? true) ? broken('I4') : {}),
    );
    const { failures } = await runCampaign({ from: 1, seeds: 10 }, crew);
    expect(failures).toMatchObject([
      { seeds: [4, 8], example: { plan: { seed: 4, only: ['storm'] }, violation: { invariant: 'I4' } } },
    ]);
    expect(crew.jobs.at(-1)).toEqual({ plan: { seed: 4, only: ['storm'], ailments: [] }, keepsLines: true });
  });
});

test('failures are grouped by the promise that they break', () => {
  const groups = groupsOf([
    outcome(1),
    outcome(2, broken('I4')),
    outcome(3, broken('I7')),
    outcome(4, broken('I4', 'three times')),
    brokenOff({ seed: 5 }, 'it throws'),
  ]);
  expect(groups.map(({ violation, seeds }) => [violation.invariant, seeds])).toEqual([
    ['I4', [2, 4]],
    ['I7', [3]],
    ['trial', [5]],
  ]);
});
