import { mkdir, readdir } from 'node:fs/promises';
import type { EpochMillis } from '../../signals/signal';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint';
import { periodOf } from './period';
import { StandIns } from './stand-ins';

/** What was asked for, as it was written. */
export type Asked = Checkpoint['asked'];

/** What a recording is of: tells one from another. */
export interface Subject {
  readonly account: string;
  readonly region: string;
  readonly source: string;
  /** What the policy asks to be kept. */
  readonly policy: string;
}

/** A recording to go on with, and the key of its stand-ins; or one that is done. */
export type Begun =
  | { readonly kind: 'open'; readonly checkpoint: Checkpoint; readonly standIns: StandIns }
  | { readonly kind: 'done'; readonly checkpoint: Checkpoint };

/**
 * Begins a recording in a folder, or finds the one that was begun there. Throws for a folder that holds anything else: a
 * recording of another period, source, account or policy, or other files.
 */
export async function beginIn(
  folder: string,
  asked: Asked,
  subject: Subject,
  now: EpochMillis,
  newKey: () => Buffer,
): Promise<Begun> {
  const known = await readCheckpoint(folder);
  // Before its first page nothing was recorded: a call that was mistaken is made anew.
  if (known?.mark) return resumed(folder, known, asked, subject);
  await mkdir(folder, { recursive: true });
  if (!known && (await readdir(folder)).some((name) => !name.startsWith('record.checkpoint')))
    throw new Error(`${folder} is not empty, and no recording was begun in it: record into a folder of its own`);
  const key = newKey();
  const standIns = standInsOf(key, asked, subject);
  const checkpoint: Checkpoint = {
    version: 1,
    asked,
    period: periodOf(asked.since, asked.until, now),
    stage: 'events',
    key: key.toString('base64'),
    of: fingerprint(standIns, subject),
  };
  await writeCheckpoint(folder, checkpoint);
  return { kind: 'open', checkpoint, standIns };
}

function resumed(folder: string, known: Checkpoint, asked: Asked, subject: Subject): Begun {
  const other = differing(known.asked, asked);
  const isDone = known.stage === 'done';
  if (other !== undefined)
    throw new Error(
      `${folder} holds a recording ${isDone ? '' : 'begun '}with ${other}: record into another folder${isDone ? '' : ', or go on with the options that it was begun with'}`,
    );
  if (isDone || known.key === undefined) return { kind: 'done', checkpoint: known };
  const standIns = standInsOf(Buffer.from(known.key, 'base64'), asked, subject);
  if (known.of !== fingerprint(standIns, subject))
    throw new Error(
      `${folder} holds a recording begun of another source, account, region or policy: record into another folder, or go on with the options that it was begun with`,
    );
  return { kind: 'open', checkpoint: known, standIns };
}

/** The first option that is not as it was, in its old words. */
function differing(known: Asked, asked: Asked): string | undefined {
  if (known.since !== asked.since) return `--since ${known.since}`;
  if (known.until !== asked.until) return known.until === undefined ? 'no --until' : `--until ${known.until}`;
  if (known.names !== asked.names) return known.names === 'replaced' ? '--pseudonyms' : 'no --pseudonyms';
  if (known.accounts !== asked.accounts) return known.accounts === 'kept' ? '--keep-accounts' : 'no --keep-accounts';
  return undefined;
}

function standInsOf(key: Buffer, { names, accounts }: Asked, { account }: Subject): StandIns {
  return new StandIns(key, account, { names: names === 'kept', accounts: accounts === 'kept' });
}

function fingerprint(standIns: StandIns, { account, region, source, policy }: Subject): string {
  return standIns.digest(JSON.stringify([account, region, source, policy]));
}
