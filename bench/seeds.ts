import { availableParallelism } from 'node:os';
import { runCampaign } from '../proof/campaign';
import { Crew } from '../proof/campaign/crew';

const seeds = 200;

/** How fast whole worlds are simulated, with their faults on and every invariant held after every event. */
export async function measureSeeds(): Promise<void> {
  const crew = new Crew(availableParallelism());
  try {
    // Until each thread has loaded what it runs, and it is compiled.
    await runCampaign({ from: 1, seeds: 20 * crew.threads }, crew);
    const begin = performance.now();
    const { incidents } = await runCampaign({ from: 1_001, seeds }, crew);
    const seconds = (performance.now() - begin) / 1_000;
    const rate = (count: number): string =>
      Math.round(count / seconds)
        .toLocaleString('en')
        .padStart(8);
    console.log(`seeds simulated with faults on, ${crew.threads} threads             ${rate(seeds * 60)} /min`);
    console.log(`incidents in them                                     ${rate(incidents)} /s`);
  } finally {
    await crew.close();
  }
}
