import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { readEvent } from '../../signals';
import { parseEnvelope } from '../../signals/envelope';
import { resourceKey } from '../../signals/signal';
import { takeAct, takeTicket, type AnswerDoor, type Taken } from '../answers/answer-intake';
import { isSentBy } from '../answers/sender';
import { failureOf } from '../aws/failure';
import type { Incidents } from '../incidents';
import type { Surroundings } from '../surroundings';
import type { DeadlineIn } from './deadline';
import { readMessage, type Message } from './message';
import type { Telemetry } from './telemetry';

/** What the worker is made of. */
export interface Worker {
  readonly incidents: Incidents;
  readonly world: Pick<Surroundings, 'clock' | 'policy' | 'takesFrom' | 'store'>;
  readonly tickets: AnswerDoor['tickets'];
  /** Id of the role of the page; absent where there is none. */
  readonly pageRole?: string;
  /** Seconds; an older event is not acted on. */
  readonly maxEventAge: number;
  readonly telemetry: Telemetry;
  /** Sends what waits until an incident has come to wait. Never throws. */
  readonly flush: () => Promise<void>;
  readonly deadlineIn: DeadlineIn;
}

/** A message that must not be acted on: it is tried again and then becomes a dead letter, so that nothing is lost. */
class SidelinedError extends Error {
  override readonly name = 'SidelinedError';
}

const second = 1_000;
/** Left at the end of a function's time, so that what is done can still be acknowledged. */
const reserve = 3 * second;

/**
 * Works off a batch. Messages about one resource are taken in their order, all others at once, and none stands in the way of
 * another: the answer names those that are to be delivered again.
 */
export async function workOff(batch: SQSEvent, worker: Worker, remaining: () => number): Promise<SQSBatchResponse> {
  const failed = new Set(batch.Records.map(({ messageId }) => messageId));
  const deadline = worker.deadlineIn(remaining() - reserve);
  const lanes = lanesOf(batch.Records, worker).map(async (lane) => {
    for (const { record, message } of lane) {
      if (deadline.isOver()) return;
      if (await isDone(record, message, worker)) failed.delete(record.messageId);
    }
  });
  await Promise.race([Promise.all(lanes), deadline.over]);
  deadline.cancel();
  return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
}

interface Read {
  readonly record: SQSRecord;
  readonly message: Message;
}

function lanesOf(records: readonly SQSRecord[], worker: Worker): Read[][] {
  const lanes = new Map<string, Read[]>();
  for (const record of records) {
    const message = readMessage(record.body);
    const key = concerns(message, worker) ?? record.messageId;
    lanes.set(key, [...(lanes.get(key) ?? []), { record, message }]);
  }
  return [...lanes.values()];
}

/** What the message is about; undefined when that cannot be read. */
function concerns(message: Message, { world }: Worker): string | undefined {
  if (message.kind === 'wake') return message.incident;
  if (message.kind === 'act') return message.act.incident;
  // A ticket's incident is in the store.
  if (message.kind === 'answer') return message.ticket;
  if (message.kind === 'invalid') return undefined;
  const { accounts = world.takesFrom.accounts, regions = world.takesFrom.regions, mappings } = world.policy;
  const reading = readEvent(message.event, { accounts, regions, mappings });
  return reading.kind === 'signals' ? resourceKey(reading.signals[0].resource) : undefined;
}

async function isDone({ messageId, attributes }: SQSRecord, message: Message, worker: Worker): Promise<boolean> {
  const { telemetry } = worker;
  try {
    await take(message, attributes.SenderId, worker);
    return true;
  } catch (error) {
    const isBug = !(error instanceof Error) || error instanceof TypeError || error instanceof ReferenceError;
    telemetry.log(isBug ? 'error' : 'warn', 'a message is given back to the queue', {
      messageId,
      received: Number(attributes.ApproximateReceiveCount),
      reason: failureOf(error).reason,
      ...(isBug && error instanceof Error && { stack: error.stack }),
    });
    return false;
  } finally {
    await worker.flush();
  }
}

async function take(message: Message, senderId: string | undefined, worker: Worker): Promise<void> {
  const { incidents, telemetry, pageRole } = worker;
  if (pageRole !== undefined && message.kind !== 'answer' && isSentBy(pageRole, senderId ?? '')) {
    telemetry.count('InvalidEvents');
    throw new SidelinedError('The page may bring answers and nothing else: look into how it came to send this.');
  }
  switch (message.kind) {
    case 'wake':
      await incidents.wake(message.incident, message.revision);
      telemetry.log('info', 'woken', { incident: message.incident, revision: message.revision });
      return;
    case 'answer':
      tell(await takeTicket(message.ticket, doorOf(worker)), worker);
      return;
    case 'act':
      tell(await takeAct(message.act, message.userId, senderId, doorOf(worker)), worker);
      return;
    case 'invalid':
      telemetry.count('InvalidEvents');
      throw new SidelinedError(message.reason);
    case 'event':
      return takeEvent(message.event, worker);
  }
}

function doorOf({ incidents, world, tickets, pageRole }: Worker): AnswerDoor {
  return { incidents, store: world.store, tickets, ...(pageRole !== undefined && { pageRole }) };
}

/** An answer that comes too late is one all the same: nothing is gained by hearing it again. */
function tell(taken: Taken, { telemetry }: Worker): void {
  if (taken.kind === 'refused') {
    telemetry.count('InvalidEvents');
    throw new SidelinedError(taken.reason);
  }
  const { kind, incident, act } = taken;
  telemetry.log('info', 'answered', { incident, act: act.type, by: act.by, outcome: kind });
}

async function takeEvent(event: unknown, { incidents, world, maxEventAge, telemetry }: Worker): Promise<void> {
  const parsed = parseEnvelope(event);
  const age = parsed.kind === 'envelope' ? (world.clock.now() - parsed.envelope.at) / second : 0;
  if (parsed.kind === 'envelope' && age > maxEventAge) {
    telemetry.count('EventsTooOld');
    throw new SidelinedError(
      `Event ${parsed.envelope.id} is ${Math.round(age)} seconds old, and ${maxEventAge} is the most that is acted on: what it tells may be long over. If it still matters, send it again with its time set to now.`,
    );
  }
  const decisions = await incidents.take(event);
  for (const decided of decisions) telemetry.log('info', 'decided', { ...decided });
  const invalid = decisions.find(({ decision }) => decision === 'invalid');
  if (!invalid) return;
  telemetry.count('InvalidEvents');
  throw new SidelinedError(`Event ${invalid.eventId || 'without id'} is invalid: ${invalid.reason ?? 'no reason'}`);
}
