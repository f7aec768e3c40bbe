import {
  historyKey,
  holdKey,
  resourcePartition,
  scopePartition,
  sightingKey,
} from '../../../../runtime/store/dynamodb-store/keys';
import { packed } from '../../../../runtime/store/dynamodb-store/packing';
import { createTableInput, tableDefinition } from '../../../../runtime/store/dynamodb-store/table-definition';
import { states } from '../../../../statemachines/incident';
import { stormMattersFor } from '../../../../statemachines/storm';
import { at, commitOf, rowsOf } from './rows';

describe('a row', () => {
  it('of a head expires only once its incident has ended, and then after all that names it', () => {
    for (const state of states) {
      const [head, ...others] = rowsOf(commitOf(2, { signals: ['s'], watches: ['w'] }, { state }));
      const isEnd = ['resolved', 'recovered', 'observed', 'closed'].includes(state);
      expect([state, head?.['expires'] !== undefined]).toEqual([state, isEnd]);
      for (const row of isEnd ? others : [])
        expect(Number(row['expires']?.N)).toBeLessThan(Number(head?.['expires']?.N));
    }
  });

  it('that is still live carries no expiry that could pass: 400 days', () => {
    const claim = { resources: ['c'], at, scopes: ['s'], quotas: [] };
    const [, ...others] = rowsOf(commitOf(1, { signals: ['s'], watches: ['w'], claim }));
    expect(others).toHaveLength(6);
    // Also that of the ledger: it names heads, and must be gone before they are.
    const days = others.map(({ expires }) => (Number(expires?.N) - at / 1_000) / 86_400);
    expect(new Set(days)).toEqual(new Set([400]));
  });

  it('of a sighting is gone after two days, longer than a storm can matter', () => {
    const sighting = rowsOf(commitOf(1, { sightings: ['s'] })).at(-1);
    expect((Number(sighting?.['expires']?.N) - at / 1_000) / 86_400).toBe(2);
    const longest = { withinSeconds: 3_600, coolDownSeconds: 6 * 3_600 };
    expect(stormMattersFor({ ...longest, group: 1, zone: 1, region: 1, sickPercent: 1, paceSeconds: 1 })).toBeLessThan(
      86_400,
    );
  });

  it('of the history stays readable as long as it costs no more: JSON, deflated when that takes fewer units', () => {
    const entry = (detail: string) => {
      const event = { type: 'signal.repeated', at, detail } as const;
      return { at, event, from: 'held', to: 'held', calls: [] } as const;
    };
    expect(packed({ entries: [entry('short')] })).toHaveProperty('S');
    expect(packed({ entries: [entry('long '.repeat(500))] })).toHaveProperty('B');
  });

  it('of a head with all that an ordinary incident has fits in one kilobyte', () => {
    const wake = { at, revision: 1 };
    const [head] = rowsOf(commitOf(1, {}, { wake, id: 'inc-0123456789ab' }));
    expect(Buffer.byteLength(JSON.stringify(head))).toBeLessThan(1_024);
  });
});

describe('a key', () => {
  it('of a revision sorts as the revision does', () => {
    const keys = [2, 10, 1, 9, 100].map((revision) => historyKey('inc-1', revision, true)['sk']?.S ?? '');
    expect(keys.toSorted().map((key) => Number(key.split('/')[1]))).toEqual([1, 2, 9, 10, 100]);
  });

  it('of a sighting sorts as its time does', () => {
    const times = [1_000, 9, 10, at, at + 1];
    const keys = times.map((time) => sightingKey('s', time, 'inc-1')['sk']?.S ?? '');
    expect(keys.toSorted()).toEqual(
      times.toSorted((a, b) => a - b).map((time) => sightingKey('s', time, 'inc-1')['sk']?.S),
    );
  });

  it('made of what an event says is never longer than DynamoDB takes, and still one of its own', () => {
    const long = (last: string): string => resourcePartition('ü'.repeat(5_000) + last);
    expect(Buffer.byteLength(long('a'))).toBeLessThan(2_048);
    expect(long('a')).not.toBe(long('b'));
    const hold = holdKey({ rule: 'ü'.repeat(5_000) });
    expect(Buffer.byteLength(hold['sk']?.S ?? '')).toBeLessThan(1_024);
    expect(Buffer.byteLength(scopePartition('ü'.repeat(5_000)))).toBeLessThan(2_048);
  });
});

describe('the table', () => {
  it('has as keys what is defined, and declares each of these attributes once', () => {
    const { AttributeDefinitions = [], GlobalSecondaryIndexes = [], KeySchema = [] } = createTableInput('T');
    const used = [...KeySchema, ...GlobalSecondaryIndexes.flatMap((index) => index.KeySchema ?? [])];
    expect(AttributeDefinitions.map(({ AttributeName }) => AttributeName).toSorted()).toEqual(
      used.map(({ AttributeName }) => AttributeName).toSorted(),
    );
    expect(GlobalSecondaryIndexes.map(({ IndexName }) => IndexName)).toEqual(['due', 'state']);
  });

  it('is written with the attributes that its definition names', () => {
    const [open] = rowsOf(commitOf(1, {}, { wake: { at, revision: 1 } }));
    const [ended] = rowsOf(commitOf(2, {}, { state: 'closed' }));
    const { partitionKey, sortKey, indexes, expiry } = tableDefinition;
    const named = indexes.flatMap((index) => [index.partitionKey.name, index.sortKey.name, ...index.carries]);
    expect(Object.keys(open!)).toEqual(expect.arrayContaining([partitionKey.name, sortKey.name, ...named]));
    expect(Object.keys(ended!)).toContain(expiry);
    expect(Object.keys(ended!)).not.toContain('due');
  });
});
