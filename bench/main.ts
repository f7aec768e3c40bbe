import { measureDeployed } from './deployed';
import { alarms, benchPolicy, heal } from './healing';
import { live } from './lifecycles';
import { measureMonths } from './month-measure';
import { measureSeeds } from './seeds';
import { remediations } from '../remediations';
import { play } from '../replay/replay';
import { vitals } from '../vitals';

const rounds = 3;
const perRound = { heal: 2_000, live: 2_000 };
const megabyte = 1024 * 1024;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
const perSecond = (value: number): string => Math.round(value).toLocaleString('en').padStart(8);

/** Figures are ratios within one run: machines differ, and are noisy. */
async function main(): Promise<void> {
  await heal(300);
  live(300);
  const healed: number[] = [];
  const lived: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { resolved, seconds } = await heal(perRound.heal);
    if (resolved !== perRound.heal) throw new Error(`Only ${resolved} of ${perRound.heal} incidents were resolved.`);
    healed.push(resolved / seconds);
    lived.push(perRound.live / live(perRound.live));
  }
  console.log(`incidents healed in replay on the simulated account   ${perSecond(median(healed))} /s`);
  console.log(`lifecycles of the bare machine, JSON out and in       ${perSecond(median(lived))} /s`);
  console.log(
    `ratio                                                 ${(median(healed) / median(lived)).toFixed(2).padStart(8)}`,
  );
  await measureSeeds();
  await memory();
  await measureDeployed();
  await measureMonths();
}

/** What is held once 10,000 events have been played, each on a resource of its own, and their incidents only counted. */
async function memory(): Promise<void> {
  const sizes: number[] = [];
  let ended = 0;
  for (const count of [2_500, 10_000]) {
    const setting = {
      policy: benchPolicy(),
      remediations: new Map(remediations.map((one) => [one.name, one])),
      vitals: new Map(vitals.map((one) => [one.kind, one])),
    };
    let open = count;
    await play(alarms(count), setting, {
      onDecision: () => undefined,
      onHistory: () => {
        ended += 1;
        open -= 1;
        // While the world is still there.
        if (open > 0) return;
        globalThis.gc?.();
        sizes.push(process.memoryUsage().heapUsed / megabyte);
      },
    });
    if (open !== 0) throw new Error('Not every incident came to an end.');
  }
  console.log(
    `heap after replaying 2,500 and 10,000 events, counted ${sizes.map((size) => `${size.toFixed(0)} MB`).join(', ')} (${ended} incidents)`,
  );
}

void main();
