import { Heap } from 'heap-js';
import { readJsonLine } from './json-line';
import { bytesOf, linesOf } from './text-lines';

/** One event as it was recorded, with where it stands. */
export interface RecordedEvent {
  readonly kind: 'event';
  readonly event: unknown;
  /** `file`, `file:line` or `file[index]`. */
  readonly position: string;
}

/** What is not JSON, or cannot be unpacked. */
export interface UnreadableText {
  readonly kind: 'unreadable';
  /** `file:line:column` of what is not JSON; `file` of what cannot be read any further. */
  readonly position: string;
  readonly message: string;
}

/** One after the other, what a recording holds. */
export type Recorded = RecordedEvent | UnreadableText;

/** The time that an event says it was sent; negative infinity when it says none. */
export function timeOf(recorded: Recorded): number {
  if (recorded.kind === 'unreadable') return -Infinity;
  const { event } = recorded;
  const sent = typeof event === 'object' && event !== null && 'time' in event ? event.time : undefined;
  const time = typeof sent === 'string' ? Date.parse(sent) : NaN;
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
 * order is the file's, for what arrived late was recorded late. Throws what the file system throws.
 */
export async function* readRecorded(files: readonly string[]): AsyncGenerator<Recorded> {
  const starts: { file: string; time: number; order: number }[] = [];
  for (const [order, file] of files.entries()) {
    const first = await firstOf(file);
    if (first) starts.push({ file, time: timeOf(first), order });
  }
  starts.sort((one, other) => compare(one.time, other.time) || one.order - other.order);
  const open = new Heap<Opened>((a, b) => compare(a.time, b.time) || a.order - b.order);
  for (let index = 0; index < starts.length || open.size() > 0;) {
    const start = starts[index];
    const earliest = open.peek();
    if (start && (!earliest || start.time <= earliest.time)) {
      index += 1;
      await advance(open, readFileOf(start.file), start.order);
      continue;
    }
    const { next, rest, order } = open.pop() as Opened;
    yield next;
    await advance(open, rest, order);
  }
}

/** Not by subtraction: the difference of two infinities is no number. */
const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

async function advance(open: Heap<Opened>, rest: AsyncGenerator<Recorded>, order: number): Promise<void> {
  const result = await rest.next();
  if (!result.done) open.push({ next: result.value, rest, order, time: timeOf(result.value) });
}

async function firstOf(file: string): Promise<Recorded | undefined> {
  for await (const recorded of readFileOf(file)) return recorded;
  return undefined;
}

async function* readFileOf(file: string): AsyncGenerator<Recorded> {
  try {
    yield* /\.(jsonl|ndjson)(\.gz)?$/.test(file) ? readLines(file) : readWhole(file);
  } catch (error: unknown) {
    const { code, message } = error as { code?: string; message: string };
    if (code?.startsWith('Z_') !== true) throw error;
    yield { kind: 'unreadable', position: file, message: `it cannot be unpacked any further: ${message}` };
  }
}

async function* readLines(file: string): AsyncGenerator<Recorded> {
  let number = 0;
  for await (const line of linesOf(file)) {
    number += 1;
    if (line.trim() !== '') yield parse(line, file, number);
  }
}

/** One event or an array of them, over as many lines as it likes; or lines after all, whatever the file is named. */
async function* readWhole(file: string): AsyncGenerator<Recorded> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytesOf(file)) chunks.push(chunk as Uint8Array);
  const text = new TextDecoder().decode(Buffer.concat(chunks));
  const whole = parse(text, file);
  if (whole.kind === 'event' && Array.isArray(whole.event)) {
    for (const [index, event] of whole.event.entries()) yield { kind: 'event', event, position: `${file}[${index}]` };
  } else if (whole.kind === 'unreadable' && holdsLines(text)) {
    yield* readLines(file);
  } else {
    yield whole;
  }
}

function holdsLines(text: string): boolean {
  const [first = '', ...others] = text.trim().split('\n');
  return others.length > 0 && readJsonLine(first).kind === 'json';
}

/** Reads a text of one line, or of many when no number is given. */
function parse(text: string, file: string, number?: number): Recorded {
  const read = readJsonLine(text);
  if (read.kind === 'json') {
    return { kind: 'event', event: read.value, position: number === undefined ? file : `${file}:${number}` };
  }
  const before = text.slice(0, read.column - 1).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return {
    kind: 'unreadable',
    position: `${file}:${number ?? before.length}:${column}`,
    message:
      read.column > text.length
        ? 'it is not JSON: it ends too early'
        : `it is not JSON: ${quoted(text, read)} can't be here`,
  };
}

function quoted(text: string, { column }: { readonly column: number }): string {
  return JSON.stringify(text.charAt(column - 1));
}
