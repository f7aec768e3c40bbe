import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const count = z.int().nonnegative();

/** What was counted so far. */
const tally = z.object({
  events: count,
  /** Events that neither a source nor the policy reads, by their source and type. */
  unread: z.record(z.string(), count),
  /** What was no event. */
  unreadable: count,
  /** Events of accounts or regions other than the recorded one. */
  elsewhere: count,
});

/** How far a recording is: all that is beyond the sizes of its files was not written to its end. */
const mark = z.object({
  /** Where the source goes on; absent at its beginning. */
  place: z.string().optional(),
  /** Bytes of each file of events. */
  files: z.record(z.string(), count),
  /** Bytes of the file of what was described. */
  described: count,
  tally,
});

const checkpointSchema = z.object({
  version: z.literal(1),
  /** As it was written, so that the same words go on with the same recording. */
  asked: z.object({
    since: z.string(),
    until: z.string().optional(),
    names: z.enum(['kept', 'replaced']),
    accounts: z.enum(['kept', 'replaced']),
  }),
  period: z.object({ since: count, until: count }),
  stage: z.enum(['events', 'account', 'done']),
  /** What the stand-ins are made by; forgotten when all is done. */
  key: z.base64().optional(),
  /** Tells one source and account from another without naming them. */
  of: z.string().optional(),
  mark: mark.optional(),
  /** The last mark whose place AWS knows for good. */
  lasting: mark.optional(),
});

export type Tally = z.infer<typeof tally>;
export type Mark = z.infer<typeof mark>;
export type Checkpoint = z.infer<typeof checkpointSchema>;

const nothing: Tally = { events: 0, unread: {}, unreadable: 0, elsewhere: 0 };

/** Where nothing was written yet. */
export const beginning: Mark = { files: {}, described: 0, tally: nothing };

/** Not among the names that a replay takes for events. */
const fileName = 'record.checkpoint';

/** How far the recording in a folder is; undefined where none was begun. Throws for a file that is none of ours. */
export async function readCheckpoint(folder: string): Promise<Checkpoint | undefined> {
  const file = join(folder, fileName);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return checkpointSchema.parse(JSON.parse(text));
  } catch {
    throw new Error(`${file} cannot be read: record into another folder, or delete this one`);
  }
}

/** Writes it so that at any moment there is the whole of the old one or of the new. */
export async function writeCheckpoint(folder: string, checkpoint: Checkpoint): Promise<void> {
  const file = join(folder, fileName);
  const handle = await open(`${file}.new`, 'w', 0o600);
  try {
    await handle.writeFile(JSON.stringify(checkpoint));
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
}

/** What is left of a checkpoint when all is done: nothing that could undo the stand-ins. */
export function doneWith({ asked, period, mark = beginning }: Checkpoint): Checkpoint {
  const { files, described, tally } = mark;
  return { version: 1, asked, period, stage: 'done', mark: { files, described, tally } };
}
