import type { EpochMillis } from '../../signals/signal';
import { accountText, type AccountFacts } from './account-text';
import { type Checkpoint, doneWith, writeCheckpoint } from './checkpoint';
import type { Collected } from './recorder';
import { timeText } from '../../replay/report';

/** What was described, in numbers. */
export interface Counts {
  readonly described: number;
  readonly gone: number;
  /** Those of which something was left out. */
  readonly partly: number;
}

/** What a recording still needs when all events are there. */
export interface Finishing {
  readonly folder: string;
  /** As the recording calls it. */
  readonly account: string;
  readonly region: string;
  readonly now: EpochMillis;
  /** Whether each day has to be put into the order of the events' times. */
  readonly sort: boolean;
}

/** Writes the account file and forgets what the stand-ins were made by. Done twice it is the same. */
export async function finish(
  { folder, written, checkpoint }: Collected,
  { account, region, now, sort, folder: path }: Finishing,
): Promise<{ readonly checkpoint: Checkpoint; readonly counts: Counts }> {
  if (sort) await folder.sort();
  const facts: AccountFacts = { account, region, describedAt: timeText(now), notes: notesOf(checkpoint) };
  await folder.writeAccount(accountText(written, facts));
  const done = doneWith(checkpoint);
  await writeCheckpoint(path, done);
  await folder.tidy();
  return {
    checkpoint: done,
    counts: {
      described: written.filter(({ item }) => item !== undefined).length,
      gone: written.filter(({ item }) => item === undefined).length,
      partly: written.filter(({ notes = [] }) => notes.length > 0).length,
    },
  };
}

function notesOf({ mark }: Checkpoint): readonly string[] {
  const elsewhere = mark?.tally.elsewhere ?? 0;
  return elsewhere > 0
    ? [
        `Events of other accounts or regions: ${elsewhere}. Their resources are not described, and the replay makes them up.`,
      ]
    : [];
}
