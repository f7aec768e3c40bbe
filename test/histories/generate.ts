import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { defaultPolicyFile, policyFrom } from '../../cli/policy-option';
import { HistoryRecorder, type History } from '../../replay/history';
import { readRecorded } from '../../replay/recorded-events';
import { findRecordings } from '../../replay/recording';
import { settingFor } from '../../replay/recording-replay';
import { replay } from '../../replay/replay';
import { inMode } from '../../statemachines/policy';
import type { Mode } from '../../statemachines/rule';
import { storm, type Extent } from '../replay/storm-scene';
import { keptIn, present } from './kept';

/** The ways in which each recording is played. */
const ways: readonly { readonly name: string; readonly mode: Mode; readonly peopleApprove: boolean }[] = [
  { name: 'act', mode: 'act', peopleApprove: false },
  { name: 'approved', mode: 'act', peopleApprove: true },
  { name: 'observe', mode: 'observe', peopleApprove: false },
];
/** Of what is sick at one time in each extent: enough that a storm is held. */
const storms: readonly [Extent, number][] = [
  ['group', 6],
  ['zone', 6],
];
/** Larger files are packed, in bytes. */
const textAtMost = 32_000;

/** Calls are made by the runtime, and the machine does not see them. */
const brief = (history: History): History => ({
  ...history,
  entries: history.entries.map((entry) => ({ ...entry, calls: [] })),
});

function keep(way: string, name: string, histories: readonly History[]): void {
  const folder = join(keptIn, present, way);
  mkdirSync(folder, { recursive: true });
  const text = histories.map((one) => `${JSON.stringify(brief(one))}\n`).join('');
  if (text.length > textAtMost) writeFileSync(join(folder, `${name}.jsonl.gz`), gzipSync(text, { level: 9 }));
  else writeFileSync(join(folder, `${name}.jsonl`), text);
}

// `npm run histories`: with each release, once, before it is tagged.
async function main(): Promise<void> {
  if (existsSync(join(keptIn, present))) {
    process.stderr.write(
      [
        `The histories of ${present} are kept already, and what a release decided is not written anew.`,
        'For the next release, raise the version in package.json first. A change that decides otherwise than a kept history',
        'is declared in test/histories/differs.yaml; npx jest test/histories names the line that it takes.',
        `If ${present} was never released, remove test/histories/${present} and run this again.`,
        '',
      ].join('\n'),
    );
    process.exitCode = 1;
    return;
  }
  for (const recording of await findRecordings([join(__dirname, '../recordings')])) {
    const told = new Set<string>();
    for (const { name, mode, peopleApprove } of ways) {
      const recorder = new HistoryRecorder(present);
      const policy = inMode(mode, policyFrom(recording.policyFile ?? defaultPolicyFile));
      const histories: History[] = [];
      await replay(readRecorded(recording.files), {
        ...(await settingFor(policy, recording.accountFile)),
        peopleApprove,
        onCommit: recorder.onCommit,
        onHistory: (incident, history) => histories.push(recorder.historyOf(incident, history)),
      });
      // Where nobody is asked, or nothing may be done, one way tells as much as the others.
      const news = histories.filter((one) => !told.has(JSON.stringify(one)));
      for (const one of news) told.add(JSON.stringify(one));
      if (news.length > 0) keep(name, recording.name, news);
    }
  }
  for (const [extent, count] of storms) {
    const recorder = new HistoryRecorder(present);
    const histories: History[] = [];
    await storm(extent, count, undefined, {
      onCommit: recorder.onCommit,
      onHistory: (incident, history) => histories.push(recorder.historyOf(incident, history)),
    });
    keep('storm', extent, histories);
  }
}

void main();
