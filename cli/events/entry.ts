import { z } from 'zod';
import { timeOf, type RecordedEvent } from '../../replay/recorded-events';
import { customHealth, customHealthProblem } from '../../signals/custom-health';

/** One event as `PutEvents` takes it. */
export interface Entry {
  readonly EventBusName: string;
  readonly Source: string;
  readonly DetailType: string;
  /** JSON. */
  readonly Detail: string;
  readonly Resources?: string[];
  readonly Time?: Date;
}

/** An entry with where it was read, or why there is none. */
export type EntryReading =
  | { readonly kind: 'entry'; readonly entry: Entry; readonly bytes: number; readonly position: string }
  | { readonly kind: 'refused'; readonly position: string; readonly reason: string };

/** EventBridge's limit, for one entry and for all that are put at once. */
export const mostBytes = 256 * 1_024;

const text = (name: string): z.ZodString =>
  z.string({ error: `its ${name} is missing or no text` }).min(1, { error: `its ${name} is empty` });

const shape = z.looseObject(
  {
    source: text('source'),
    'detail-type': text('detail-type'),
    detail: z.looseObject({}, { error: 'its detail is no object' }),
    resources: z.array(z.string(), { error: 'its resources are no list of texts' }).optional(),
    time: z.string({ error: 'its time is no text' }).optional(),
  },
  { error: 'it is no object' },
);

/** Reads an event as one that may be sent to a bus. */
export function entryOf(recorded: RecordedEvent, bus: string): EntryReading {
  const { event, position } = recorded;
  const refused = (reason: string): EntryReading => ({ kind: 'refused', position, reason });
  const read = shape.safeParse(event);
  if (!read.success) return refused(read.error.issues[0]?.message ?? 'it is no event');
  const { source, 'detail-type': type, detail, resources, time } = read.data;
  if (source.startsWith('aws.')) {
    return refused(
      `its source is ${source}: AWS alone may send as aws.…; use homeostat replay, or a source of your own`,
    );
  }
  if (source === 'homeostat')
    return refused('its source is homeostat, which tells of incidents: use a source of your own');
  const problem = isCustomHealth(source, type) ? customHealthProblem(detail) : undefined;
  if (problem !== undefined) return refused(`no deployment would read it: ${problem}`);
  const sent = timeOf(recorded);
  if (time !== undefined && !Number.isFinite(sent)) {
    return refused(
      `its time ${JSON.stringify(time)} cannot be read: write it as 2026-03-01T03:12:04Z, or leave it out`,
    );
  }
  const entry: Entry = {
    EventBusName: bus,
    Source: source,
    DetailType: type,
    Detail: JSON.stringify(detail),
    ...(resources && { Resources: resources }),
    ...(time !== undefined && { Time: new Date(sent) }),
  };
  const bytes = bytesOf(entry);
  return bytes > mostBytes
    ? refused(`it has ${bytes} bytes, and EventBridge takes ${mostBytes} at most`)
    : { kind: 'entry', entry, bytes, position };
}

function isCustomHealth(source: string, type: string): boolean {
  const { pattern } = customHealth;
  return pattern.source.includes(source) && pattern['detail-type'].includes(type);
}

/** As EventBridge counts: a time is 14 bytes. */
function bytesOf({ Source, DetailType, Detail, Resources = [], Time }: Entry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, one) => sum + Buffer.byteLength(one), Time ? 14 : 0);
}
