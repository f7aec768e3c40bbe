import { recordMonth } from './month-recording';

/** `npm run month -- FOLDER [EVENTS] [SEED]`: a month of a simulated account, as a recording. */
async function main([folder, about = '8000', seed = '1']: readonly string[]): Promise<void> {
  if (folder === undefined || !(Number(about) > 0) || !Number.isInteger(Number(seed))) {
    console.error('usage: npm run month -- FOLDER [ABOUT-HOW-MANY-EVENTS] [SEED]');
    process.exitCode = 2;
    return;
  }
  const { events, services, kinds } = await recordMonth(folder, Number(about), Number(seed));
  console.log(`${folder}: ${events} events of ${services} services in 30 days`);
  for (const [kind, count] of Object.entries(kinds).sort(([, one], [, other]) => other - one)) {
    console.log(`${String(count).padStart(8)}  ${kind}`);
  }
}

void main(process.argv.slice(2));
