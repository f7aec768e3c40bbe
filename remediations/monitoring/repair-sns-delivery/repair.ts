import { z } from 'zod';
import type { Resource } from '../../../signals/signal';
import type { Calls } from '../../../vitals/aws';
import { functionOf, readFunctionReach } from '../../../vitals/monitoring/function-reach';
import { readReaders, type Reader, type readerReads } from '../../../vitals/monitoring/reader';
import type { ChangeStanding } from '../../absolute-change';

/** Who should be subscribed: only what needs no word of a person. */
export const wantedReader = z.strictObject({
  protocol: z.enum(['lambda', 'sqs']),
  endpoint: z.string().regex(/^arn:[a-z-]+:(lambda|sqs):[a-z0-9-]+:\d{12}:\S+$/, 'an endpoint is an ARN'),
});
export type WantedReader = z.output<typeof wantedReader>;

/** One call of what is to be done. */
export const repair = z.discriminatedUnion('how', [
  z.strictObject({ how: z.literal('allow'), function: z.string() }),
  z.strictObject({ how: z.literal('subscribe'), reader: wantedReader, queue: z.string().optional() }),
  z.strictObject({ how: z.literal('redrive'), subscription: z.string(), endpoint: z.string(), queue: z.string() }),
]);
export type Repair = z.output<typeof repair>;

/** A topic as it is: who subscribes to it, and the functions that do not let SNS call them. */
export interface Delivery {
  readonly readers: readonly Reader[];
  readonly shut: readonly string[];
  /** ARNs of functions that should subscribe and no longer exist: SNS takes them all the same, and loses what it sends. */
  readonly gone: readonly string[];
}

type Topic = Pick<Resource, 'id' | 'account' | 'region'>;

/** Reads a topic, with the functions that should subscribe to it; undefined where there is none. */
export async function readDelivery(
  topic: Topic,
  wanted: readonly WantedReader[],
  aws: Calls<(typeof readerReads)[number]>,
): Promise<Delivery | undefined> {
  const readers = await readReaders(topic, aws);
  if (!readers) return undefined;
  const shut = readers.flatMap((one) => (one.reach === 'shut' ? functionOf(one.protocol, one.endpoint, topic) : []));
  const gone: string[] = [];
  for (const { protocol, endpoint } of wanted) {
    const name = functionOf(protocol, endpoint, topic);
    if (name === undefined || readers.some((one) => one.endpoint === endpoint)) continue;
    const reach = await readFunctionReach(name, topic, aws);
    if (reach === 'shut') shut.push(name);
    if (reach === 'gone') gone.push(endpoint);
  }
  return { readers, shut: shut.flatMap((name) => name ?? []), gone };
}

/** SNS can keep what these do not take. What does not reach a person's mail or phone it does not tell. */
const redrivable = ['lambda', 'sqs', 'http', 'https', 'firehose'];

/** All that can be repaired: functions first, so that nothing is delivered to a shut door. */
export function repairsOf(
  { readers, shut, gone }: Delivery,
  wanted: readonly WantedReader[],
  queue: string | undefined,
): readonly Repair[] {
  const missing = wanted.filter((one) => !isAmong(one, readers) && !gone.includes(one.endpoint));
  const lossy = readers.flatMap(({ arn, endpoint, protocol, redrives }) =>
    arn !== undefined && redrives === false && redrivable.includes(protocol) ? [{ subscription: arn, endpoint }] : [],
  );
  return [
    ...shut.map((name) => ({ how: 'allow' as const, function: name })),
    ...missing.map((reader) => ({ how: 'subscribe' as const, reader, ...(queue !== undefined && { queue }) })),
    ...(queue === undefined ? [] : lossy.map((one) => ({ how: 'redrive' as const, ...one, queue }))),
  ];
}

function isAmong({ protocol, endpoint }: WantedReader, readers: readonly Reader[]): boolean {
  return readers.some((one) => one.protocol === protocol && one.endpoint === endpoint);
}

/** Where one repair stands. */
export function repairStanding(one: Repair, { readers, shut, gone }: Delivery): ChangeStanding {
  switch (one.how) {
    case 'allow':
      return shut.includes(one.function) ? 'due' : 'made';
    case 'subscribe':
      if (isAmong(one.reader, readers)) return 'made';
      return gone.includes(one.reader.endpoint) ? 'overtaken' : 'due';
    case 'redrive': {
      const reader = readers.find(({ arn }) => arn === one.subscription);
      if (reader?.redrives === undefined) return 'overtaken';
      return reader.redrives ? 'made' : 'due';
    }
  }
}

/** Why a queue cannot take what the topic cannot deliver; undefined where it may. */
export function objectionToQueue(queue: string, { id, account, region }: Topic): string | undefined {
  const [, , , at, of] = queue.split(':');
  if (at !== region || of !== account) return `the queue ${queue} is not in the account and Region of ${id}`;
  return queue.endsWith('.fifo') === id.endsWith('.fifo') ? undefined : `only one of ${id} and ${queue} is FIFO`;
}

/** The repair in words. */
export function repairInWords(one: Repair): string {
  switch (one.how) {
    case 'allow':
      return `let SNS call ${one.function}`;
    case 'subscribe':
      return `subscribe ${one.reader.endpoint}`;
    case 'redrive':
      return `keep in ${one.queue} what ${one.endpoint} does not take`;
  }
}
