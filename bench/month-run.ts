import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backtest } from '../replay/backtest';
import { findRecordings } from '../replay/recording';

const root = join(__dirname, '..');

/** In a process of its own, so that its memory is nobody else's: prints what a backtest of the folder took, as JSON. */
async function main(folder: string): Promise<void> {
  const policy = (file: string) => ({ file, text: readFileSync(join(root, file), 'utf8') });
  const began = process.hrtime.bigint();
  const { events, incidents, likenesses } = await backtest({
    recordings: await findRecordings([folder]),
    old: policy('policies/default.yaml'),
    new: policy('docs/examples/stricter.yaml'),
    mode: 'act',
  });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  const peakMegabytes = process.resourceUsage().maxRSS / 1_024;
  console.log(JSON.stringify({ events, incidents: incidents.length, likenesses, seconds, peakMegabytes }));
}

void main(process.argv[2] ?? '');
