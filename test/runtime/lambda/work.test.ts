import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { actMessage, ticketMessage } from '../../../runtime/answers/answer-message';
import { deadlineIn } from '../../../runtime/lambda/deadline';
import { wakeMessage } from '../../../runtime/lambda/message';
import { workOff } from '../../../runtime/lambda/work';
import { MemoryTickets } from '../../../runtime/store/memory-tickets';
import { sampleEvent } from '../../signals/event-files';
import { actingPolicy, scene, type Scene } from '../world';
import { listening } from './lines';

const alarm = sampleEvent('cloudwatch/instance-status-alarm');
const at = Date.parse(alarm.time as string);

const record = (messageId: string, body: unknown, SenderId = 'AIDAEVENTBRIDGE'): SQSRecord =>
  ({
    messageId,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: { ApproximateReceiveCount: '1', SenderId },
  }) as SQSRecord;
const batch = (...bodies: readonly unknown[]): SQSEvent => ({
  Records: bodies.map((body, index) => record(`m${index + 1}`, body)),
});
/** An alarm on another instance. */
const onInstance = (id: string): object =>
  JSON.parse(JSON.stringify(alarm).replaceAll('i-0a1b2c3d4e5f60718', id)) as object;

function worker(it: Scene = scene()) {
  const { telemetry, logged, counted } = listening(() => it.now);
  const flushed: number[] = [];
  it.now = at + 60_000;
  const tickets = new MemoryTickets();
  const made = {
    incidents: it.incidents,
    world: it.world,
    tickets,
    pageRole: 'AROAPAGE',
    maxEventAge: 3_600,
    telemetry,
    flush: async () => void flushed.push(it.log.length),
    deadlineIn,
  };
  const work = async (events: SQSEvent, remaining = 60_000): Promise<string[]> => {
    const { batchItemFailures } = await workOff(events, made, () => remaining);
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
  return { it, made, tickets, work, logged, counted, flushed };
}

describe('a batch', () => {
  it('that is empty is done', async () => {
    expect(await worker().work(batch())).toEqual([]);
  });

  it('is worked off, with what was decided in the log', async () => {
    const { work, logged, it } = worker();
    expect(await work(batch(alarm))).toEqual([]);
    expect(logged()).toMatchObject([{ level: 'info', message: 'decided', decision: 'opened', eventId: alarm.id }]);
    expect(it.log).toContain('rebootInstances');
  });

  it('gives back the one message that cannot be read, and the others are done', async () => {
    const { work, counted, logged } = worker();
    expect(await work(batch('no JSON', alarm, { source: 'x' }, { wake: {} }))).toEqual(['m1', 'm3', 'm4']);
    expect(counted()).toEqual({ InvalidEvents: 3 });
    expect(logged().filter(({ level }) => level === 'warn')).toHaveLength(3);
  });

  it('takes messages about one resource in their order', async () => {
    const { work, logged } = worker();
    const ok = sampleEvent('cloudwatch/instance-status-ok');
    expect(await work(batch(alarm, { ...ok, time: alarm.time as string }))).toEqual([]);
    expect(logged().map(({ decision }) => decision)).toEqual(['opened', 'recovered']);
  });

  it('does not let one that hangs keep another from its end: it alone is given back when time is short', async () => {
    const it = scene();
    it.beforeCommit = ({ incident }) =>
      incident.resource.id === 'i-0a1b2c3d4e5f60718' ? new Promise<void>(() => undefined) : undefined;
    const { work } = worker(it);
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    const answer = work(batch(alarm, onInstance('i-0ffffffffffffffff')), 60_000);
    // The other one needs no timer: it is done before this.
    await new Promise((done) => void setImmediate(done));
    jest.advanceTimersByTime(57_000);
    expect(await answer).toEqual(['m1']);
    jest.useRealTimers();
  });

  it('begins nothing when no time is left', async () => {
    const { work, it } = worker();
    expect(await work(batch(alarm, alarm), 1_000)).toEqual(['m1', 'm2']);
    expect(it.log).toEqual([]);
  });

  it('sends wake-ups and state changes when a message is done, after all that it touched', async () => {
    const { work, flushed, it } = worker();
    await work(batch(alarm));
    expect(flushed).toEqual([it.log.length]);
  });
});

describe('an event', () => {
  it('that is older than may be is not acted on: it is set aside, and its reason says so', async () => {
    const { work, it, logged, counted } = worker();
    it.now = at + 3_601_000;
    expect(await work(batch(alarm))).toEqual(['m1']);
    expect(it.log).toEqual([]);
    expect(counted()).toEqual({ EventsTooOld: 1 });
    expect(logged()[0]?.reason).toContain('is 3601 seconds old, and 3600 is the most');
  });

  it('of an account that none is taken from is refused, and does not come back', async () => {
    const { work, logged } = worker();
    expect(await work(batch({ ...alarm, account: '999999999999' }))).toEqual([]);
    expect(logged()).toMatchObject([{ decision: 'refused' }]);
  });

  it('that others keep being faster with is given back', async () => {
    const it = scene();
    it.beforeCommit = () => {
      throw new Error('the table is away');
    };
    const { work, logged } = worker(it);
    expect(await work(batch(alarm))).toEqual(['m1']);
    expect(logged()).toMatchObject([{ level: 'warn', reason: 'Error: the table is away', received: 1 }]);
  });

  it('that meets a fault of ours is given back, with where it is', async () => {
    const it = scene();
    it.beforeCommit = () => {
      throw new TypeError('x is not a function');
    };
    const { work, logged } = worker(it);
    expect(await work(batch(alarm))).toEqual(['m1']);
    expect(logged()).toMatchObject([{ level: 'error', stack: expect.stringContaining('work.test') as string }]);
  });
});

describe('a wake-up', () => {
  it('wakes its incident, however late it is', async () => {
    const { work, it, logged } = worker();
    await work(batch(alarm));
    const [[incident, wake] = ['', undefined]] = it.armed;
    it.now += 7 * 24 * 3_600_000;
    expect(await work(batch(wakeMessage(incident, wake!.revision)))).toEqual([]);
    expect(logged().at(-1)).toMatchObject({ message: 'woken', incident });
    expect((await it.store.read(incident))?.revision ?? Infinity).toBeGreaterThan(wake!.revision);
  });

  it('of an incident that has ended is done', async () => {
    expect(await worker().work(batch(wakeMessage('inc-gone', 3)))).toEqual([]);
  });
});

describe('an answer', () => {
  const page = 'AROAPAGE:homeostat-answer';
  const alice = 'AROAOPS:alice@example.com';
  const from = (sender: string | undefined, ...bodies: readonly unknown[]): SQSEvent => ({
    Records: bodies.map((body, index) => {
      const sent = record(`m${index + 1}`, body, sender);
      if (sender === undefined) delete (sent.attributes as { SenderId?: string }).SenderId;
      return sent;
    }),
  });

  /** A worker with an incident that waits for approval. */
  async function asked() {
    const policy = { ...actingPolicy, mode: 'approve' as const };
    const rules = policy.rules.map((rule) => ({ ...rule, mode: 'approve' as const }));
    const one = worker(scene({ policy: { ...policy, rules } }));
    await one.work(batch(alarm));
    const [[incident] = ['']] = one.it.armed;
    const planHash = (await one.it.store.read(incident))?.memory.planned?.planHash ?? '';
    const approve = { type: 'approval.granted', incident, planHash } as const;
    const started = (): number => one.it.log.filter((line) => line === 'rebootInstances').length;
    return { ...one, incident, planHash, approve, started };
  }

  it('of a ticket is acted on as the store has it, and told in the log without its token', async () => {
    const { work, tickets, incident, planHash, started, logged } = await asked();
    const hash = '0a'.repeat(32);
    await tickets.add({ hash, incident, purpose: 'approval', planHash, contact: 'oncall', expiresAt: Infinity });
    await tickets.decide(hash, 'approve', at);
    expect(await work(from(page, ticketMessage(hash), ticketMessage(hash)))).toEqual([]);
    expect(started()).toBe(1);
    expect(logged().slice(-2)).toMatchObject([
      { message: 'answered', incident, act: 'approval.granted', by: 'oncall (by link)', outcome: 'done' },
      { outcome: 'tooLate' },
    ]);
  });

  it('of an operator is done under the name that AWS says, also where the incident has ended by then', async () => {
    const { work, approve, started, logged } = await asked();
    expect(await work(from(alice, actMessage(approve, alice)))).toEqual([]);
    expect(started()).toBe(1);
    const gone = actMessage({ type: 'approval.denied', incident: 'inc-gone' }, alice);
    expect(await work(from(alice, gone))).toEqual([]);
    expect(logged().slice(-2)).toMatchObject([
      { by: 'alice@example.com (AROAOPS)', outcome: 'done' },
      { outcome: 'noIncident' },
    ]);
  });

  it.each([
    ['by somebody else than it says', 'AROAOPS:mallory'],
    ['by nobody that SQS knows', undefined],
    ['by the page', page],
  ])('that was sent %s is set aside, and does nothing', async (_how, sender) => {
    const { work, approve, started, counted } = await asked();
    expect(await work(from(sender, actMessage(approve, alice)))).toEqual(['m1']);
    expect([started(), counted().InvalidEvents]).toEqual([0, 1]);
  });

  it('of a ticket that cannot be read is given back, and nothing is approved', async () => {
    const { work, made, started } = await asked();
    jest.spyOn(made.tickets, 'read').mockRejectedValue(new Error('the table is away'));
    expect(await work(from(page, ticketMessage('0a'.repeat(32))))).toEqual(['m1']);
    expect(started()).toBe(0);
  });
});

describe('the page', () => {
  it('sends answers: its events, wake-ups and acts are set aside', async () => {
    const { made, it, counted } = worker();
    const page = 'AROAPAGE:homeostat-answer';
    const act = actMessage({ type: 'escalation.acknowledged', incident: 'inc-1' }, page);
    const forged = [JSON.stringify(alarm), wakeMessage('inc-1', 1), act].map((body, index) =>
      record(`m${index + 1}`, body, page),
    );
    const { batchItemFailures } = await workOff({ Records: forged }, made, () => 60_000);
    expect(batchItemFailures).toHaveLength(3);
    expect([it.log, counted()]).toEqual([[], { InvalidEvents: 3 }]);
  });
});
