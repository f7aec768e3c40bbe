import type { Command } from 'commander';
import { readRecorded } from '../replay/recorded-events';
import { findRecordings } from '../replay/recording';
import { systemClock } from '../runtime/clock';
import { failureOf } from '../runtime/aws/failure';
import type { EpochMillis } from '../signals/signal';
import { awsFault, isNotFound, isOfAws } from './aws-fault';
import type { CommandResult } from './command-result';
import { against, ofDeployment, openDeployment, type Deployment, type DeploymentOptions } from './deployment';
import { batchesOf } from './events/batches';
import { entryOf, mostBytes, type Entry, type EntryReading } from './events/entry';
import { numbered } from './incident-text';

interface Options {
  readonly bus: string;
  readonly dryRun?: true;
}

type Sendable = Extract<EntryReading, { readonly kind: 'entry' }>;

/** Older ones are left unread by a deployment with ordinary settings. */
const old = 3_600_000;

/** Adds `homeostat events send FILE…`. */
export function registerEvents(program: Command, open = openDeployment): void {
  const events = program.command('events').description('send events of your own to EventBridge');
  ofDeployment(
    events
      .command('send')
      .description('put events of your own sources on a bus: all of them, or none when one cannot be sent')
      .argument('<path...>', 'an event, an array, JSON Lines, or folders of them')
      .option('--bus <bus>', 'name or ARN of the bus', 'default')
      .option('--dry-run', 'print what would be sent, one entry a line, and send nothing'),
  ).action(async (paths: string[], options: Options & DeploymentOptions) => {
    const files = (await findRecordings(paths)).flatMap((recording) => recording.files);
    if (files.length === 0) {
      throw new Error(`there are no events under ${paths.join(', ')}: .json, .jsonl or .ndjson files, also .gz`);
    }
    await against(open(options), (deployment) => sendEvents(deployment, files, options, systemClock.now()));
  });
}

/** Reads all of the files before it sends any of them. */
export async function sendEvents(
  deployment: Deployment,
  files: readonly string[],
  { bus, dryRun }: Options,
  now: EpochMillis,
): Promise<CommandResult> {
  const refusals: string[] = [];
  const printed: string[] = [];
  let sound = 0;
  let late = 0;
  for await (const one of readings(files, bus)) {
    if (one.kind === 'refused') {
      refusals.push(`homeostat: ${one.position}: ${one.reason}`);
      continue;
    }
    sound += 1;
    if (one.entry.Time && one.entry.Time.getTime() < now - old) late += 1;
    if (dryRun) printed.push(JSON.stringify(one.entry));
  }
  const total = sound + refusals.length;
  if (refusals.length > 0) {
    const last = `homeostat: nothing was sent: ${refusals.length} of ${numbered(total, 'event')} cannot be`;
    return { status: 1, out: printed.join('\n'), err: [...refusals, last].join('\n') };
  }
  const aged =
    late > 0
      ? `homeostat: ${numbered(late, 'event')} of more than an hour ago: a deployment leaves old events unread; leave out their time to send them as of now`
      : '';
  if (dryRun) return { status: 0, out: printed.join('\n'), err: aged };
  const result = await put(deployment, sendable(readings(files, bus)), bus, total);
  return { ...result, err: [aged, result.err].filter(Boolean).join('\n') };
}

async function* readings(files: readonly string[], bus: string): AsyncGenerator<EntryReading> {
  for await (const one of readRecorded(files)) {
    yield one.kind === 'event' ? entryOf(one, bus) : { kind: 'refused', position: one.position, reason: one.message };
  }
}

async function* sendable(all: AsyncIterable<EntryReading>): AsyncGenerator<Sendable> {
  for await (const one of all) if (one.kind === 'entry') yield one;
}

async function put(
  deployment: Deployment,
  entries: AsyncIterable<Sendable>,
  bus: string,
  total: number,
): Promise<CommandResult> {
  // Where AWS is, or that nobody knows, is found out before anything is sent.
  await deployment.region();
  const faults: string[] = [];
  let sent = 0;
  const counts = (): string => `Sent ${sent} of ${numbered(total, 'event')} to bus ${bus}.`;
  for await (const batch of batchesOf(entries, mostBytes)) {
    try {
      const failed = await putBatch(deployment, batch);
      faults.push(...failed);
      sent += batch.length - failed.length;
    } catch (error) {
      if (!isOfAws(error)) throw error;
      const { what, next } = isNotFound(error)
        ? { what: `there is no bus ${bus} in this account and region`, next: 'name another with --bus' }
        : awsFault(error);
      const [first, last] = [batch[0]?.position ?? '', batch.at(-1)?.position ?? ''];
      const taken = failureOf(error).kind === 'refused' ? 'not sent' : 'whether they were taken is not known';
      const where = `${first}${first === last ? '' : ` to ${last}`}: ${taken}, and nothing after them was sent`;
      return { status: 1, out: counts(), err: [...faults, `homeostat: ${where}: ${what}: ${next}`].join('\n') };
    }
  }
  return { status: faults.length > 0 ? 1 : 0, out: counts(), err: faults.join('\n') };
}

/** Answers a line for each entry that EventBridge did not take. */
async function putBatch(deployment: Deployment, batch: readonly Sendable[]): Promise<readonly string[]> {
  const events = await deployment.client('eventbridge');
  const entries: Entry[] = batch.map(({ entry }) => entry);
  const { Entries = [] } = await events.putEvents({ Entries: entries });
  return batch.flatMap(({ position }, index) => {
    const answer = Entries[index];
    if (answer?.EventId !== undefined && answer.ErrorCode === undefined) return [];
    return [`homeostat: ${position}: not sent: ${answer?.ErrorCode ?? 'no answer'}: ${answer?.ErrorMessage ?? ''}`];
  });
}
