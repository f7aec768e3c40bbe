import { UnreadableIncidentError, type HistoryEntry } from '../../../../runtime/store/incident-store';
import { step, UnknownMachineError } from '../../../../statemachines/step';
import { at, commitOf, rowsOf } from './rows';
import { failure, found, scripted, type Turn } from './scripted-client';

const first = commitOf(1);
const [head, opening] = rowsOf(first) as [object, object];
const rows = (...items: readonly object[]): Turn => ['query', { Items: items }];
const foreign = { ...head, schema: { N: '2' } };

const entry = (detail: string): HistoryEntry => {
  const event = { type: 'signal.repeated', at, detail } as const;
  return { at, event, from: 'held', to: 'held', calls: [] };
};
const page = (detail: string, revision: number, from?: object) => ({
  Items: [rowsOf(commitOf(revision, { entries: [entry(detail)] }))[1]],
  ...(from && { LastEvaluatedKey: from }),
});

describe('reading an incident', () => {
  it('takes one strongly consistent request', async () => {
    const table = scripted([rows(head, opening)]);
    expect(await table.store.read('inc-1')).toEqual(first.incident);
    expect(table.sent).toMatchObject([{ input: { ConsistentRead: true } }]);
  });

  it('looks again when the head shows before the history row that it rests on', async () => {
    const table = scripted([rows(head), rows(head, opening)]);
    expect(await table.store.read('inc-1')).toEqual(first.incident);
    expect(table.pauses).toHaveLength(1);
  });

  it.each([
    ['whose opening is missing', [rows(head), rows(head), rows(head)], /lacks the history row/],
    ['of another schema', [rows(foreign, opening)], /inc-1 is stored in schema 2; this program knows schema 1.*run/],
    ['of no schema', [rows({ ...head, schema: { S: 'x' } }, opening)], /stored in schema none/],
    ['with a snapshot that is no JSON', [rows({ ...head, snapshot: { S: '{' } }, opening)], /this program cannot read/],
    ['with a history that is no JSON', [rows(head, { ...opening, body: { B: Buffer.from('x') } })], /cannot be read/],
  ])('throws UnreadableIncidentError for one %s', async (_case, turns, message) => {
    const reading = scripted(turns).store.read('inc-1');
    await expect(reading).rejects.toThrow(UnreadableIncidentError);
    await expect(reading).rejects.toThrow(message);
  });

  it('gives one of another machine version as it stands: step refuses it', async () => {
    const table = scripted([rows({ ...head, version: { N: '99' } }, opening)]);
    expect((await table.store.read('inc-1'))?.machine).toEqual({ name: 'incident', version: 99 });
  });
});

describe('the open incidents on a resource', () => {
  const other = commitOf(1, {}, { id: 'inc-2' });
  const named = (id: string) => ({ pk: { S: 'resource/r' }, sk: { S: `watch/${id}` }, incident: { S: id } });

  it('are found, though one of them cannot be read: step refuses what stands for that one', async () => {
    const table = scripted([
      rows(named('inc-1'), named('inc-2')),
      rows(foreign, opening),
      rows(...rowsOf(other).slice(0, 2)),
    ]);
    const [unreadable, readable] = await table.store.openOn('r');
    expect(readable).toEqual(other.incident);
    const { id, resource, condition } = first.incident;
    expect(unreadable).toMatchObject({ id, resource, condition, revision: 1, rule: { name: 'web-tier' } });
    expect(() => step(unreadable!, { type: 'signal.repeated', at, detail: '' })).toThrow(UnknownMachineError);
  });

  it('are each named once, however many rows name them, and never when they have ended', async () => {
    const [ended] = rowsOf(commitOf(1, {}, { id: 'inc-2', state: 'closed' }));
    const claim = { ...named('inc-1'), sk: { S: 'claim' } };
    const table = scripted([rows(named('inc-1'), claim, named('inc-2')), rows(head, opening), rows(ended!)]);
    expect((await table.store.openOn('r')).map(({ id }) => id)).toEqual(['inc-1']);
  });
});

describe('the list', () => {
  it('names an incident once that moves from one list to another meanwhile', async () => {
    const [parked] = rowsOf(commitOf(1, {}, { state: 'held' }));
    const both = { ...parked, parked: { S: 'why' } };
    const table = scripted([rows(head), rows(head), found(both), found(both)]);
    expect(await table.store.list(['held'], 9)).toMatchObject([{ id: 'inc-1', parked: 'why' }]);
  });
});

describe('a long answer', () => {
  it('of a history is read to its last page', async () => {
    const next = { pk: { S: 'x' } };
    const table = scripted([
      ['query', page('one', 1, next)],
      ['query', { Items: [], LastEvaluatedKey: next }],
      ['query', page('two', 2)],
    ]);
    const history = await table.store.history('inc-1');
    expect(history).toEqual([entry('one'), entry('two')]);
    expect(table.sent.map(({ input }) => input['ExclusiveStartKey'])).toEqual([undefined, next, next]);
  });

  it('of an index is read no further than asked', async () => {
    const wake = (n: number) => ({ pk: { S: `incident/${n}` }, wakeAt: { N: `${n}` }, wakeBy: { N: '1' } });
    const next = { pk: { S: 'x' } };
    const table = scripted([
      ['query', { Items: [wake(1)], LastEvaluatedKey: next }],
      ['query', { Items: [wake(2), wake(3)], LastEvaluatedKey: next }],
    ]);
    expect((await table.store.due(at, 2)).map(({ incident }) => incident)).toEqual(['1', '2']);
  });

  it('of many rows comes a hundred keys at a time', async () => {
    const resources = Array.from({ length: 249 }, (_, index) => `i-${index}`);
    const table = scripted([found(), found(), found()]);
    await table.store.holdings('inc-1', 'web-tier', resources, at);
    expect(table.sent.map(({ input }) => input.RequestItems?.['T']?.Keys.length)).toEqual([100, 100, 50]);
  });

  it('that leaves keys unprocessed is asked for these again after a pause, a bounded number of times', async () => {
    const claim = (id: string) => ({ pk: { S: `resource/${id}` }, sk: { S: 'claim' } });
    const row = { ...claim('b'), incident: { S: 'inc-1' }, revision: { N: '1' } };
    const left: Turn = ['batchGetItem', { Responses: { T: [] }, UnprocessedKeys: { T: { Keys: [claim('b')] } } }];
    const table = scripted([left, found(row), found({ ...head, claim: { N: '1' } })]);
    const { heldByOthers } = await table.store.holdings('inc-9', 'web-tier', ['a', 'b'], at);
    expect(heldByOthers).toEqual([{ resource: 'b', incident: 'inc-1' }]);
    expect(table.sent[1]?.input.RequestItems).toEqual({ T: { Keys: [claim('b')], ConsistentRead: true } });
    expect(table.pauses).toHaveLength(1);

    const busy = scripted(Array.from({ length: 30 }, () => left));
    await expect(busy.store.holdings('inc-9', 'web-tier', ['b'], at)).rejects.toThrow('It may work later');
    expect(busy.sent).toHaveLength(10);
  });
});

describe('the hold', () => {
  it('that says neither on nor off cannot be read', async () => {
    const odd: Turn = ['getItem', { Item: { hold: { S: 'maybe' } } }];
    await expect(scripted([odd]).store.hold()).rejects.toThrow('neither on nor off');
    await expect(scripted([['getItem', { Item: {} }]]).store.hold()).rejects.toThrow();
  });

  it('is read strongly consistent', async () => {
    const table = scripted([['getItem', {}]]);
    expect(await table.store.hold()).toEqual({ on: false });
    expect(table.sent).toMatchObject([{ input: { ConsistentRead: true } }]);
  });
});

describe('parking', () => {
  it('does nothing where nothing is open, and fails where it is not known', async () => {
    const condition = failure('ConditionalCheckFailedException', { status: 400 });
    await expect(scripted([['updateItem', condition]]).store.park('a', 'why')).resolves.toBeUndefined();
    await expect(scripted([['updateItem', failure('TimeoutError')]]).store.park('a', 'why')).rejects.toThrow();
  });
});

describe('what a request costs', () => {
  it('is asked for only where the store is told to', async () => {
    const asked = scripted([rows(head, opening), ['putItem', {}]], { metered: true });
    await asked.store.read('inc-1');
    await asked.store.setHold({ on: false });
    const costs = asked.sent.map(({ input }) => input['ReturnConsumedCapacity']);
    expect(costs).toEqual(['TOTAL', 'TOTAL']);
    const plain = scripted([rows(head, opening)]);
    await plain.store.read('inc-1');
    expect(plain.sent[0]?.input).not.toHaveProperty('ReturnConsumedCapacity');
  });
});
