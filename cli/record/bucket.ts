import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { S3, _Object } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { readJsonLine } from '../../replay/json-line';
import { type Batch, type EventSource, type Found, foundIn } from './event-source';
import { jsonObjects } from './json-objects';
import { dayOf, type Period } from './period';

/** Where objects are, such as `s3://bucket/events/`. */
export interface Prefix {
  readonly bucket: string;
  readonly prefix: string;
}

/** Bytes of an object that is fetched before it is its turn. */
const small = 1024 * 1024;
const fetchedAtOnce = 4;

/** Clocks of those who write objects may be behind. */
const behindAtMost = 3_600_000;

/**
 * The objects below a prefix, in the order of their keys; a place is the key of the last that was read. What belongs to the
 * period and to a day is said by the events themselves.
 */
export class Bucket implements EventSource {
  readonly name: string;
  private listed: readonly _Object[] = [];
  private readonly fetched = new Map<string, Promise<AsyncIterable<Uint8Array>>>();

  constructor(
    private readonly s3: Pick<S3, 'listObjectsV2' | 'getObject'>,
    private readonly where: Prefix,
    private readonly period: Period,
  ) {
    this.name = `s3://${where.bucket}/${where.prefix}`;
  }

  async read(place: string | undefined): Promise<Batch> {
    const key = await this.keyAfter(place);
    if (key === undefined) return { found: [], next: undefined, lasting: true, reached: 'the end' };
    return { found: this.eventsIn(key), next: key, lasting: true, reached: key.slice(this.where.prefix.length) };
  }

  /** The next object that may hold something: of those that were listed, or of the next lists. */
  private async keyAfter(place: string | undefined): Promise<string | undefined> {
    for (let last = place; ;) {
      const at = this.listed.findIndex(({ Key }) => Key === last);
      this.listed = at < 0 ? [] : this.listed.slice(at + 1);
      if (this.listed.length === 0) this.listed = await this.list(last);
      const next = this.listed[0];
      if (next?.Key === undefined) return undefined;
      if (this.mayHold(next)) return next.Key;
      last = next.Key;
    }
  }

  private async list(after: string | undefined): Promise<readonly _Object[]> {
    const { Contents = [] } = await this.s3.listObjectsV2({
      Bucket: this.where.bucket,
      Prefix: this.where.prefix,
      ...(after !== undefined && { StartAfter: after }),
    });
    return Contents;
  }

  /** Nothing is written before it happens; and what ends with a slash is a folder of the console. */
  private mayHold({ Key = '', LastModified: written }: _Object): boolean {
    return !Key.endsWith('/') && (written === undefined || written.getTime() >= this.period.since - behindAtMost);
  }

  private async *eventsIn(key: string): AsyncGenerator<Found> {
    this.fetchAhead();
    const bytes = await (this.fetched.get(key) ?? this.fetch(key));
    this.fetched.delete(key);
    try {
      for await (const piece of jsonObjects(textOf(bytes))) {
        const read = piece.kind === 'object' ? readJsonLine(piece.text) : undefined;
        if (read?.kind !== 'json') yield { kind: 'unreadable' };
        else for (const json of unwrapped(read.value)) yield* this.within(json);
      }
    } catch (error) {
      // Half an archive has whole events in its first half.
      if ((error as { code?: string }).code?.startsWith('Z_') !== true) throw error;
      yield { kind: 'unreadable' };
    }
  }

  /** Small objects are many: the next few are under way while one is read. */
  private fetchAhead(): void {
    const next = this.listed.slice(0, fetchedAtOnce).filter((one) => this.mayHold(one));
    for (const { Key: key = '', Size: size = Infinity } of next) {
      if (size > small || this.fetched.has(key)) continue;
      const bytes = this.fetch(key).then(wholly);
      // Whoever comes to read it is told.
      bytes.catch(() => undefined);
      this.fetched.set(key, bytes);
    }
  }

  private async fetch(key: string): Promise<AsyncIterable<Uint8Array>> {
    const { Body } = await this.s3.getObject({ Bucket: this.where.bucket, Key: key });
    return Body as AsyncIterable<Uint8Array>;
  }

  private *within(json: unknown): Generator<Found> {
    const found = foundIn(json, ({ at }) =>
      at >= this.period.since && at < this.period.until ? dayOf(at) : undefined,
    );
    if (found) yield found;
  }
}

/** What CloudWatch Logs sends through a subscription holds events as texts. */
function unwrapped(json: unknown): readonly unknown[] {
  const sent = subscription.safeParse(json).data;
  if (!sent) return [json];
  return sent.logEvents.map(({ message }) => {
    const read = readJsonLine(message);
    return read.kind === 'json' ? read.value : undefined;
  });
}

const subscription = z.object({
  messageType: z.enum(['DATA_MESSAGE', 'CONTROL_MESSAGE']),
  logEvents: z.array(z.object({ message: z.string() })),
});

/** The text of an object, unpacked if it is packed: told by its first bytes, since not every writer tells it otherwise. */
async function* textOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of await unpacked(bytes)) {
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}

async function wholly(bytes: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Readable.from(chunks);
}

async function unpacked(bytes: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const chunks = bytes[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await chunks.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield head;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  }
  if (head[0] !== 0x1f || head[1] !== 0x8b) return whole();
  return pipeline(Readable.from(whole()), createGunzip(), () => undefined);
}
