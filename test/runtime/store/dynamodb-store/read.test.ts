import { UnreadableIncidentError, type HistoryEntry } from '../../../../runtime/store/incident-store';
import { sicknessKey } from '../../../../statemachines/incident';
import { step, UnknownMachineError } from '../../../../statemachines/step';
import { at, commitOf, rowsOf } from './rows';
import { cancelled, failure, found, scripted, type Turn } from './scripted-client';

const first = commitOf(1);
const [head, opening] = rowsOf(first) as [object, object];
const rows = (...items: readonly object[]): Turn => ['query', { Items: items }];
const foreign = { ...head, schema: { N: '99' } };

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

  it('gives the plan as it was made, with what would be lost by it', async () => {
    const patience = { checkEvery: 1, giveUpAfter: 2 };
    const plan = { remediation: 'r', plan: {}, planHash: 'h', touches: ['i-1'], summary: 's' };
    const planned = { ...plan, destroys: ['its disk'], patience };
    const event = { type: 'plan.made', at, ...planned } as const;
    const made = { at, event, from: 'planning', to: 'admitting', calls: [] } as const;
    const memory = { ...first.incident.memory, planned };
    const [withPlan, ofPlan] = rowsOf(commitOf(2, { entries: [made] }, { memory })) as [object, object];
    const table = scripted([rows(withPlan, opening, ofPlan)]);
    expect((await table.store.read('inc-1'))?.memory).toEqual(memory);
  });

  it('looks again when the head shows before the history row that it rests on', async () => {
    const table = scripted([rows(head), rows(head, opening)]);
    expect(await table.store.read('inc-1')).toEqual(first.incident);
    expect(table.pauses).toHaveLength(1);
  });

  it.each([
    ['whose opening is missing', [rows(head), rows(head), rows(head)], /lacks the history row/],
    ['of another schema', [rows(foreign, opening)], /inc-1 is stored in schema 99; this program knows schema 2.*run/],
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
    await table.store.holdings('inc-1', resources, at);
    expect(table.sent.map(({ input }) => input.RequestItems?.['T']?.Keys.length)).toEqual([100, 100, 50]);
  });

  it('that leaves keys unprocessed is asked for these again after a pause, a bounded number of times', async () => {
    const claim = (id: string) => ({ pk: { S: `resource/${id}` }, sk: { S: 'claim' } });
    const row = { ...claim('b'), incident: { S: 'inc-1' }, revision: { N: '1' } };
    const left: Turn = ['batchGetItem', { Responses: { T: [] }, UnprocessedKeys: { T: { Keys: [claim('b')] } } }];
    const table = scripted([left, found(row), found({ ...head, claim: { N: '1' } })]);
    const { heldByOthers } = await table.store.holdings('inc-9', ['a', 'b'], at);
    expect(heldByOthers).toEqual([{ resource: 'b', incident: 'inc-1' }]);
    expect(table.sent[1]?.input.RequestItems).toEqual({ T: { Keys: [claim('b')], ConsistentRead: true } });
    expect(table.pauses).toHaveLength(1);

    const busy = scripted(Array.from({ length: 30 }, () => left));
    await expect(busy.store.holdings('inc-9', ['b'], at)).rejects.toThrow('It may work later');
    expect(busy.sent).toHaveLength(10);
  });
});

describe('a ledger of starts', () => {
  const key = { pk: { S: 'ledger' }, sk: { S: 'starts' } };

  it.each([
    ['that is not there', { version: { N: '1' } }],
    ['that is no JSON', { version: { N: '1' }, starts: { S: '[' } }],
    ['that is no list', { version: { N: '1' }, starts: { S: '{}' } }],
  ])('%s is not taken for an empty one', async (_case, odd) => {
    const table = scripted([found({ ...key, ...odd }), found()]);
    await expect(table.store.holdings('inc-1', [], at)).rejects.toThrow();
  });

  it('tells of a start whose head is still to come as touching', async () => {
    const starts = { S: JSON.stringify([{ incident: 'inc-9', revision: 3, at: 0, scopes: ['r'] }]) };
    const table = scripted([found({ ...key, version: { N: '1' }, starts }), found()]);
    const told = await table.store.holdings('inc-1', [], at);
    expect(told.starts).toEqual([{ incident: 'inc-9', at: 0, scopes: ['r'], touching: true }]);
  });
});

describe('sightings', () => {
  const seen = (after: number) => ({ resource: { S: `i-${after}` }, at: { N: `${at + after}` } });

  it('are asked for latest first, strongly consistent, and no more than can matter', async () => {
    const table = scripted([rows(seen(1), seen(0))]);
    expect(await table.store.sightings('zone/1/a', at)).toEqual([
      { resource: 'i-1', at: at + 1 },
      { resource: 'i-0', at },
    ]);
    expect(table.sent).toMatchObject([{ input: { ConsistentRead: true, ScanIndexForward: false, Limit: 100 } }]);
  });

  it('are read to the last page, or until there are enough', async () => {
    const next = { LastEvaluatedKey: { pk: { S: 'x' } } };
    const few = scripted([
      ['query', { Items: [seen(2)], ...next }],
      ['query', { Items: [seen(1)] }],
    ]);
    expect(await few.store.sightings('s', 0)).toHaveLength(2);
    const items = Array.from({ length: 70 }, (_, index) => seen(index));
    const many = scripted([
      ['query', { Items: items, ...next }],
      ['query', { Items: items, ...next }],
    ]);
    expect(await many.store.sightings('s', 0)).toHaveLength(100);
  });
});

describe('the last incident on a sickness', () => {
  const sickness = sicknessKey(first.incident);
  const about: Turn = ['getItem', { Item: { incident: { S: 'inc-1' }, revision: { N: '1' } } }];
  const [ended] = rowsOf(commitOf(2, {}, { state: 'closed' })) as [object];

  it('is read strongly consistent', async () => {
    const table = scripted([about, ['getItem', { Item: ended }]]);
    expect(await table.store.lastOn(sickness)).toMatchObject({ id: 'inc-1', state: 'closed' });
    expect(table.sent.map(({ input }) => input['ConsistentRead'])).toEqual([true, true]);
  });

  it('is known whatever the schema that its incident is stored in', async () => {
    const table = scripted([about, ['getItem', { Item: { ...ended, schema: { N: '99' }, snapshot: { S: '?' } } }]]);
    expect(await table.store.lastOn(sickness)).toMatchObject({ id: 'inc-1', memory: { rung: 0, lastStartAt: null } });
  });

  it('is unknown while it is open, whatever its head says besides', async () => {
    const tried = { S: '{"rung":0}' };
    const open = { ...head, tried, endedAt: { N: '1' } };
    expect(await scripted([about, ['getItem', { Item: open }]]).store.lastOn(sickness)).toBeUndefined();
  });

  it('is looked up beside its resource, also where the id of that is an ARN', async () => {
    const id = 'arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/0123456789abcdef';
    const incident = commitOf(1, {}, { resource: { ...first.incident.resource, id } });
    const named = rowsOf(incident).find((row) => row['sk']?.S?.startsWith('about/'));
    const table = scripted([['getItem', {}]]);
    await table.store.lastOn(sicknessKey(incident.incident));
    expect(table.sent[0]?.input['Key']).toEqual({ pk: named?.['pk'], sk: { S: 'about/ec2-instance-impaired' } });
    expect(named?.['pk']?.S).toBe(`resource/111122223333/eu-central-1/ec2-instance/${id}`);
  });

  it('is unknown where a program wrote its head that did not tell what was tried', async () => {
    const { tried: _tried, endedAt: _endedAt, ...older } = ended as Record<string, unknown>;
    expect(await scripted([about, ['getItem', { Item: older }]]).store.lastOn(sickness)).toBeUndefined();
  });

  it('is unknown where its head is still to come', async () => {
    expect(await scripted([about, ['getItem', {}]]).store.lastOn(sickness)).toBeUndefined();
  });
});

describe('a hold', () => {
  const row = (rest: object = {}) => ({
    pk: { S: 'hold' },
    sk: { S: 'rule/web' },
    of: { S: 'rule/web' },
    by: { S: 'oncall' },
    reason: { S: 'a release' },
    at: { N: `${at}` },
    ...rest,
  });
  const of = { rule: 'web' };
  const hold = { of, by: 'oncall', reason: 'a release', at };
  const overtaken = (code: string): Turn => ['transactWriteItems', cancelled(code)];
  const ended: Turn = ['transactWriteItems', {}];
  const getting = (item?: object): Turn => ['getItem', item ? { Item: item } : {}];

  it.each([
    ['of nobody', { by: { N: '1' } }],
    ['of no time', { at: { S: 'now' } }],
    ['without a reason', { reason: { NULL: true } }],
    ['of nothing', { of: { S: 'rule/' } }],
    ['of something unknown', { of: { S: 'region/web' } }],
    ['of more than everything', { of: { S: 'everything/else' } }],
  ])('%s cannot be read, and hides those that can', async (_case, odd) => {
    await expect(scripted([rows(row(), row(odd))]).store.holds()).rejects.toThrow('Set it again, then end it');
  });

  it('is read with all others in one strongly consistent request', async () => {
    const table = scripted([rows(row(), row({ of: { S: 'everything' } }))]);
    expect(await table.store.holds()).toEqual([hold, { ...hold, of: 'everything' }]);
    expect(table.sent).toMatchObject([{ input: { ConsistentRead: true } }]);
  });

  it('that cannot be read is not ended', async () => {
    const table = scripted([getting(row({ at: { S: 'now' } }))]);
    await expect(table.store.endHold(of)).rejects.toThrow('Set it again, then end it');
  });

  it('is ended on condition that it is still the one that was read; what was set meanwhile is read anew', async () => {
    const newer = row({ reason: { S: 'a fire' } });
    const table = scripted([getting(row()), overtaken('ConditionalCheckFailed'), getting(newer), ended]);
    expect(await table.store.endHold(of)).toEqual({ ...hold, reason: 'a fire' });
    expect(table.sent.at(-1)?.input.TransactItems).toMatchObject([
      {
        Delete: {
          Key: { pk: { S: 'hold' }, sk: { S: 'rule/web' } },
          ConditionExpression: '#by = :by AND #reason = :reason AND #at = :at',
          ExpressionAttributeValues: { ':reason': { S: 'a fire' }, ':by': { S: 'oncall' }, ':at': { N: `${at}` } },
        },
      },
    ]);
    expect(table.pauses).toHaveLength(1);
  });

  it('that somebody else ends meanwhile was off', async () => {
    const table = scripted([getting(row()), overtaken('TransactionConflict'), getting()]);
    expect(await table.store.endHold(of)).toBeUndefined();
  });

  it('stays on where it is not known to have ended', async () => {
    const denied = failure('AccessDeniedException', { status: 400 });
    await expect(scripted([getting(row()), ['transactWriteItems', denied]]).store.endHold(of)).rejects.toThrow(denied);
    const round: readonly Turn[] = [getting(row()), overtaken('ConditionalCheckFailed')];
    const table = scripted(Array.from({ length: 30 }, () => round).flat());
    await expect(table.store.endHold(of)).rejects.toThrow('It may work later');
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
    await asked.store.setHold({ of: 'everything', by: 'oncall', reason: 'a release', at });
    const costs = asked.sent.map(({ input }) => input['ReturnConsumedCapacity']);
    expect(costs).toEqual(['TOTAL', 'TOTAL']);
    const plain = scripted([rows(head, opening)]);
    await plain.store.read('inc-1');
    expect(plain.sent[0]?.input).not.toHaveProperty('ReturnConsumedCapacity');
  });
});
