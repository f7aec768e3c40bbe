import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { createGunzip, gunzipSync } from 'node:zlib';
import { Heap } from 'heap-js';

/** One event as it was recorded, with where it stands. */
export interface RecordedEvent {
  readonly kind: 'event';
  readonly event: unknown;
  /** `file`, `file:line` or `file[index]`. */
  readonly position: string;
}

/** What is not JSON. */
export interface UnreadableText {
  readonly kind: 'unreadable';
  readonly position: string;
  readonly message: string;
}

export type Recorded = RecordedEvent | UnreadableText;

/** The time that an event says it was sent; negative infinity when it says none. */
export function timeOf(recorded: Recorded): number {
  if (recorded.kind === 'unreadable') return -Infinity;
  const time = Date.parse(String((recorded.event as { time?: unknown } | null | undefined)?.time));
  return Number.isNaN(time) ? -Infinity : time;
}

interface Opened {
  readonly time: number;
  readonly order: number;
  readonly next: Recorded;
  readonly rest: AsyncGenerator<Recorded>;
}

/**
 * The events of several files in the order of their times. Holds one event of each file that is being read; within a file the
 * order is the file's, for what arrived late was recorded late.
 */
export async function* readRecorded(files: readonly string[]): AsyncGenerator<Recorded> {
  const starts: { file: string; time: number; order: number }[] = [];
  for (const [order, file] of files.entries()) {
    const first = await firstOf(file);
    if (first) starts.push({ file, time: timeOf(first), order });
  }
  starts.sort((one, other) => one.time - other.time || one.order - other.order);
  const open = new Heap<Opened>((a, b) => compare(a.time, b.time) || a.order - b.order);
  for (let index = 0; index < starts.length || open.size() > 0;) {
    const start = starts[index];
    const earliest = open.peek();
    if (start && (!earliest || start.time <= earliest.time)) {
      index += 1;
      await advance(open, readFileOf(start.file), start.order, start.time);
      continue;
    }
    const { next, rest, order, time } = open.pop() as Opened;
    yield next;
    await advance(open, rest, order, time);
  }
}

const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

async function advance(
  open: Heap<Opened>,
  rest: AsyncGenerator<Recorded>,
  order: number,
  after: number,
): Promise<void> {
  const { value, done } = await rest.next();
  if (!done) open.push({ next: value, rest, order, time: Math.max(timeOf(value), after) });
}

async function firstOf(file: string): Promise<Recorded | undefined> {
  for await (const recorded of readFileOf(file)) return recorded;
  return undefined;
}

function readFileOf(file: string): AsyncGenerator<Recorded> {
  return /\.(jsonl|ndjson)(\.gz)?$/.test(file) ? readLines(file) : readWhole(file);
}

async function* readLines(file: string): AsyncGenerator<Recorded> {
  const bytes = createReadStream(file);
  const text = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  let number = 0;
  for await (const line of createInterface({ input: text, crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() !== '') yield parse(line, `${file}:${number}`);
  }
}

async function* readWhole(file: string): AsyncGenerator<Recorded> {
  const bytes = await readFile(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').replace(/^\uFEFF/, '');
  const whole = parse(text, file);
  if (whole.kind === 'event' && Array.isArray(whole.event)) {
    for (const [index, event] of whole.event.entries()) yield { kind: 'event', event, position: `${file}[${index}]` };
  } else if (
    whole.kind === 'unreadable' &&
    text.trim().split('\n').length > 1 &&
    parse(firstLine(text), file).kind === 'event'
  ) {
    yield* readLines(file);
  } else {
    yield whole;
  }
}

const firstLine = (text: string): string => text.trim().split('\n', 1)[0] ?? '';

function parse(text: string, position: string): Recorded {
  try {
    return { kind: 'event', event: JSON.parse(text) as unknown, position };
  } catch (error) {
    return {
      kind: 'unreadable',
      position: `${position}${whereIn(text, error)}`,
      message: `it is not JSON: ${wordsOf(error)}`,
    };
  }
}

const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message.replace(/ in JSON at position.*$/, '') : String(error);

/** Line and column of the fault, where the parser tells its offset. */
function whereIn(text: string, error: unknown): string {
  const offset = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  if (offset === undefined) return '';
  const before = text.slice(0, Number(offset)).split('\n');
  return text.includes('\n') ? `:${before.length}:${(before.at(-1)?.length ?? 0) + 1}` : `:${Number(offset) + 1}`;
}
