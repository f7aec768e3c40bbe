import { registerEvents, sendEvents } from '../../cli/events';
import type { Entry } from '../../cli/events/entry';
import { aFile, impaired } from './command';
import { aDeployment, awsError, start, typed, type Answers } from './deployed';

interface Call {
  readonly Entries: readonly Entry[];
}

/** A bus that keeps what it is given, but for the details that it fails. */
function aBus(fails: (entry: Entry) => boolean = () => false): { readonly calls: Call[]; readonly answers: Answers } {
  const calls: Call[] = [];
  const putEvents = (input: Call): object => {
    calls.push(input);
    return {
      Entries: input.Entries.map((entry, index) =>
        fails(entry) ? { ErrorCode: 'InternalFailure', ErrorMessage: 'try later' } : { EventId: `${index}` },
      ),
    };
  };
  return { calls, answers: { putEvents } };
}

function mine(n: number, rest: object = {}): object {
  return { source: 'my.shop', 'detail-type': 'Checkout Stuck', detail: { n }, ...rest };
}

const lines = (...events: readonly object[]): string =>
  aFile('events.jsonl', events.map((event) => JSON.stringify(event)).join('\n'));

const options = { bus: 'default' };

describe('homeostat events send', () => {
  it('sends the example by which a program tells that something is sick', async () => {
    const { calls, answers } = aBus();
    const file = 'docs/examples/custom-health.json';
    const result = await sendEvents(aDeployment({ eventbridge: answers }), [file], options, start);
    expect(result.status).toBe(0);
    expect(calls[0]?.Entries).toMatchObject([{ Source: 'custom.health', DetailType: 'Resource Health Change' }]);
  });

  it('puts events as EventBridge takes them', async () => {
    const { calls, answers } = aBus();
    const event = mine(1, { resources: ['arn:aws:x'], time: '2026-03-02T09:59:00Z', id: 'ignored', account: '1' });
    const result = await sendEvents(aDeployment({ eventbridge: answers }), [lines(event)], { bus: 'shop' }, start);
    expect(result).toEqual({ status: 0, out: 'Sent 1 of 1 event to bus shop.', err: '' });
    expect(calls).toEqual([
      {
        Entries: [
          {
            EventBusName: 'shop',
            Source: 'my.shop',
            DetailType: 'Checkout Stuck',
            Detail: '{"n":1}',
            Resources: ['arn:aws:x'],
            Time: new Date('2026-03-02T09:59:00Z'),
          },
        ],
      },
    ]);
  });

  it('puts ten at most in one call, in order', async () => {
    const { calls, answers } = aBus();
    const file = lines(...Array.from({ length: 23 }, (_, n) => mine(n)));
    await sendEvents(aDeployment({ eventbridge: answers }), [file], options, start);
    expect(calls.map(({ Entries }) => Entries.length)).toEqual([10, 10, 3]);
    expect(calls.flatMap(({ Entries }) => Entries.map(({ Detail }) => Detail))).toEqual(
      Array.from({ length: 23 }, (_, n) => `{"n":${n}}`),
    );
  });

  it('puts no more bytes in one call than EventBridge takes', async () => {
    const { calls, answers } = aBus();
    const large = mine(1, { detail: { text: 'ä'.repeat(60_000) } });
    await sendEvents(aDeployment({ eventbridge: answers }), [lines(large, large, large)], options, start);
    expect(calls.map(({ Entries }) => Entries.length)).toEqual([2, 1]);
  });

  it.each<[string, unknown, string]>([
    ['of AWS', impaired(), 'its source is aws.cloudwatch: AWS alone may send as aws.…'],
    ['of homeostat', mine(1, { source: 'homeostat' }), 'its source is homeostat'],
    [
      'of a resource that is said to be something else than sick',
      { source: 'custom.health', 'detail-type': 'Resource Health Change', detail: { version: 1, state: 'sick' } },
      'no deployment would read it: detail.condition is missing',
    ],
    ['without a source', mine(1, { source: undefined }), 'its source is missing or no text'],
    ['with an empty type', mine(1, { 'detail-type': '' }), 'its detail-type is empty'],
    ['whose detail is no object', mine(1, { detail: [1] }), 'its detail is no object'],
    ['whose time is none', mine(1, { time: 'noon' }), 'its time "noon" cannot be read'],
    [
      'that is too large',
      mine(1, { detail: { text: 'ä'.repeat(140_000) } }),
      'it has 280032 bytes, and EventBridge takes 262144 at most',
    ],
    ['that is none', 7, 'it is no object'],
  ])('sends nothing when one is an event %s, and says where and why', async (_what, event, told) => {
    const { calls, answers } = aBus();
    const file = lines(mine(1), event as object);
    const { status, err } = await sendEvents(aDeployment({ eventbridge: answers }), [file], options, start);
    expect(status).toBe(1);
    expect(err).toContain(`homeostat: ${file}:2: ${told}`);
    expect(err).toMatch(/homeostat: nothing was sent: 1 of 2 events cannot be$/);
    expect(calls).toEqual([]);
  });

  it('sends nothing when a line is not JSON', async () => {
    const { calls, answers } = aBus();
    const file = aFile('events.jsonl', `${JSON.stringify(mine(1))}\n{ oops\n`);
    const { status, err } = await sendEvents(aDeployment({ eventbridge: answers }), [file], options, start);
    expect([status, calls]).toEqual([1, []]);
    expect(err).toContain(`${file}:2:3: it is not JSON`);
  });

  it('names each event that EventBridge did not take', async () => {
    const { answers } = aBus(({ Detail }) => Detail === '{"n":12}');
    const file = lines(...Array.from({ length: 15 }, (_, n) => mine(n)));
    const result = await sendEvents(aDeployment({ eventbridge: answers }), [file], options, start);
    expect(result).toEqual({
      status: 1,
      out: 'Sent 14 of 15 events to bus default.',
      err: `homeostat: ${file}:13: not sent: InternalFailure: try later`,
    });
  });

  it('says how far it came when AWS refuses a call', async () => {
    let calls = 0;
    const putEvents = ({ Entries }: Call): object => {
      calls += 1;
      if (calls > 1) throw awsError('AccessDeniedException', 'no');
      return { Entries: Entries.map(() => ({ EventId: 'e' })) };
    };
    const file = lines(...Array.from({ length: 30 }, (_, n) => mine(n)));
    const result = await sendEvents(aDeployment({ eventbridge: { putEvents } }), [file], options, start);
    expect(result).toEqual({
      status: 1,
      out: 'Sent 10 of 30 events to bus default.',
      err: `homeostat: ${file}:11 to ${file}:20: not sent, and nothing after them was sent: you may not do this (no): use credentials that may, with --profile`,
    });
    expect(calls).toBe(2);
  });

  it('says that it is not known whether they were taken when no answer came', async () => {
    const putEvents = (): never => {
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    };
    const { status, err } = await sendEvents(
      aDeployment({ eventbridge: { putEvents } }),
      [lines(mine(1))],
      options,
      start,
    );
    expect(status).toBe(1);
    expect(err).toContain(
      'events.jsonl:1: whether they were taken is not known, and nothing after them was sent: AWS cannot',
    );
  });

  it('says of old events that they will be left unread', async () => {
    const { answers } = aBus();
    const file = lines(mine(1, { time: '2026-03-02T08:00:00Z' }), mine(2, { time: '2026-03-02T09:30:00Z' }), mine(3));
    const { status, err } = await sendEvents(aDeployment({ eventbridge: answers }), [file], options, start);
    expect([status, err]).toEqual([0, expect.stringMatching(/^homeostat: 1 event of more than an hour ago: /)]);
  });

  describe('as a command', () => {
    const register = (program: Parameters<typeof registerEvents>[0]): void => {
      registerEvents(program, () => aDeployment());
    };

    it('prints with --dry-run what it would send, and asks nothing of AWS', async () => {
      const { status, out } = await typed(register, 'events', 'send', lines(mine(1), mine(2)), '--dry-run');
      expect(status).toBe(0);
      expect(
        out
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as unknown),
      ).toEqual(
        [1, 2].map((n) => ({
          EventBusName: 'default',
          Source: 'my.shop',
          DetailType: 'Checkout Stuck',
          Detail: `{"n":${n}}`,
        })),
      );
    });

    it('wants a file', async () => {
      const { status, err } = await typed(register, 'events', 'send');
      expect([status, err]).toEqual([2, expect.stringContaining("missing required argument 'path'")]);
    });
  });
});
