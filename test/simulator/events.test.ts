import { VirtualClock } from '../../simulator/clock';
import type { BusEvent } from '../../simulator/event-bus';
import type { PutEventsRequestEntry, PutEventsResponse } from '../../simulator/events';
import { World } from '../../simulator/world';

const start = Date.parse('2026-03-02T10:00:00.500Z');

function room() {
  const clock = new VirtualClock(start);
  const account = new World(clock).account('123456789012', 'eu-west-1');
  const events: BusEvent[] = [];
  account.bus.subscribe((event) => void events.push(event));
  const put = (...Entries: PutEventsRequestEntry[]) =>
    account.call('events', 'PutEvents', { Entries }) as PutEventsResponse;
  return { clock, events, put };
}

const entry: PutEventsRequestEntry = {
  Source: 'shop.checkout',
  DetailType: 'Checkout Is Slow',
  Detail: '{"p99":4.2}',
  Resources: ['arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/1'],
};

test('an event reaches those who listen to the bus, as EventBridge delivers it', async () => {
  const { clock, events, put } = room();
  const { FailedEntryCount, Entries } = put(entry, { ...entry, Time: new Date('2026-03-02T09:59:00Z') });
  expect(FailedEntryCount).toBe(0);
  expect(events).toEqual([]);
  await clock.runUntil(start + 2_000);
  expect(events).toEqual([
    {
      version: '0',
      id: Entries[0]?.EventId,
      'detail-type': 'Checkout Is Slow',
      source: 'shop.checkout',
      account: '123456789012',
      time: '2026-03-02T10:00:00Z',
      region: 'eu-west-1',
      resources: entry.Resources,
      detail: { p99: 4.2 },
    },
    expect.objectContaining({ id: Entries[1]?.EventId, time: '2026-03-02T09:59:00Z' }),
  ]);
  expect(clock.nextAt()).toBeUndefined();
});

test.each([
  ['a source of AWS', { Source: 'aws.ec2' }, 'NotAuthorizedForSourceException'],
  ['a detail that is no JSON', { Detail: '{' }, 'MalformedDetail'],
  ['a detail that is a list', { Detail: '[]' }, 'MalformedDetail'],
  ['no detail type', { DetailType: undefined }, 'InvalidArgument'],
  ['a bus that nobody has', { EventBusName: 'mine' }, 'ResourceNotFoundException'],
])('%s fails that entry and no other', async (_, wrong, ErrorCode) => {
  const { clock, events, put } = room();
  const { FailedEntryCount, Entries } = put({ ...entry, ...wrong }, { ...entry, EventBusName: 'default' });
  expect(FailedEntryCount).toBe(1);
  expect(Entries).toMatchObject([{ ErrorCode }, { EventId: expect.any(String) as string }]);
  await clock.runUntil(start + 2_000);
  expect(events.map(({ id }) => id)).toEqual([Entries[1]?.EventId]);
});

test('more than ten entries, none, or more than 256 KB fail as a whole', () => {
  const { clock, put } = room();
  const half = { ...entry, Detail: JSON.stringify({ text: 'x'.repeat(128 * 1024) }) };
  for (const entries of [[], Array.from({ length: 11 }, () => entry), [half, half]]) {
    expect(() => put(...entries)).toThrow(expect.objectContaining({ name: 'ValidationException' }) as Error);
  }
  expect(put(half).FailedEntryCount).toBe(0);
  expect(clock.nextAt()).toBe(start + 1_000);
});
