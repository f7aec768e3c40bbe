import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordMonth } from './month-recording';
import { printTable } from './table';

const seed = 1;
/** The second month is four times as large an account's: what grows linearly takes four times as long, and no more. */
const sizes = [25_000, 100_000];

interface Run {
  readonly events: number;
  readonly incidents: number;
  readonly seconds: number;
  readonly peakMegabytes: number;
}

/** Backtests two recorded months under two policies, and prints what that takes: a thread for each policy. */
export async function measureMonths(): Promise<void> {
  const rows: string[][] = [['', 'events', 'incidents', 'seconds', 'peak MB', 'events/s']];
  for (const size of sizes) {
    const folder = mkdtempSync(join(tmpdir(), 'homeostat-month-'));
    try {
      await recordMonth(folder, size, seed);
      const { events, incidents, seconds, peakMegabytes } = runOn(folder);
      const numbers = [events, incidents, seconds, peakMegabytes, events / seconds];
      rows.push(['default policy and a stricter one', ...numbers.map((one) => Math.round(one).toLocaleString('en'))]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  printTable('a month of an account, backtested under two policies', rows);
}

function runOn(folder: string): Run {
  const words = ['--require', join(__dirname, '../bin/typescript.js'), join(__dirname, 'month-run.ts'), folder];
  return JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' })) as Run;
}
