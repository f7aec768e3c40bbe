import { tokenOf } from '../../../../runtime/store/dynamodb-store/transaction';
import { memoryIn, snapshotOf } from '../../../../runtime/store/dynamodb-store/snapshot';
import { SnapshotTooLargeError } from '../../../../runtime/store/incident-store';
import type { Memory } from '../../../../statemachines/incident';
import { inBrief, nameInBrief } from '../../../../statemachines/incident-machine/brief';
import { anIncident } from '../../../statemachines/incident';
import { at, commitOf, rowsOf } from './rows';
import { cancelled, failure, found, scripted, type Turn } from './scripted-client';

const second = commitOf(2);
const [head, history] = rowsOf(second) as [object, object];
const [headOfOther, historyOfOther] = rowsOf(second, 'other') as [object, object];
const [headBefore] = rowsOf(commitOf(1), 'other') as [object];
const [headLater] = rowsOf(commitOf(5), 'other') as [object];
const written: Turn = ['transactWriteItems', {}];
const failed = (error: Error): Turn => ['transactWriteItems', error];
const noAnswer = failed(failure('TimeoutError'));

const tokens = ({ sent }: ReturnType<typeof scripted>): readonly (string | undefined)[] =>
  sent.flatMap(({ operation, input }) => (operation === 'transactWriteItems' ? [input.ClientRequestToken] : []));

describe('a commit whose answer is lost', () => {
  it.each([
    ['no answer', failure('TimeoutError')],
    ['a broken connection', failure('Error')],
    ['an error of the service', failure('InternalServerError', { status: 500 })],
  ])('is committed if its history row is there: %s', async (_case, error) => {
    const table = scripted([failed(error), found(head, history)]);
    expect(await table.store.commit(second)).toEqual({ kind: 'committed' });
    expect(table.pauses).toEqual([]);
  });

  it('is committed though others have gone on since', async () => {
    const table = scripted([noAnswer, found(headLater, history)]);
    expect(await table.store.commit(second)).toEqual({ kind: 'committed' });
  });

  it('is committed when of its rows the head alone shows yet', async () => {
    const table = scripted([noAnswer, found(head)]);
    expect(await table.store.commit(second)).toEqual({ kind: 'committed' });
  });

  it('is lost if that revision is of another', async () => {
    expect(await scripted([noAnswer, found(headOfOther, historyOfOther)]).store.commit(second)).toEqual({
      kind: 'lost',
    });
    expect(await scripted([noAnswer, found(headLater, historyOfOther)]).store.commit(second)).toEqual({ kind: 'lost' });
  });

  it('is sent again under the same token if that revision is not there', async () => {
    const table = scripted([noAnswer, found(headBefore), written]);
    expect(await table.store.commit(second)).toEqual({ kind: 'committed' });
    expect(new Set(tokens(table)).size).toBe(1);
    expect(table.pauses).toHaveLength(1);
  });

  it('is committed if the first arrived after all, and the second found it there', async () => {
    const late = failed(cancelled(['ConditionalCheckFailed', head], 'ConditionalCheckFailed'));
    const table = scripted([noAnswer, found(headBefore), late]);
    expect(await table.store.commit(second)).toEqual({ kind: 'committed' });
  });

  it('fails with what happened when it stays unknown, after a bounded number of tries', async () => {
    const turns = Array.from({ length: 30 }, () => [noAnswer, found(headBefore)]).flat();
    const table = scripted(turns);
    await expect(table.store.commit(second)).rejects.toThrow('It may work later');
    expect(tokens(table)).toHaveLength(10);
    expect(new Set(tokens(table)).size).toBe(1);
  });

  it('fails when it cannot be looked up either', async () => {
    const table = scripted([noAnswer, ['batchGetItem', failure('TimeoutError')]]);
    await expect(table.store.commit(second)).rejects.toThrow('TimeoutError');
  });
});

describe('a commit that DynamoDB cancels', () => {
  it('is lost if the head is of another, which the answer itself tells', async () => {
    const table = scripted([failed(cancelled(['ConditionalCheckFailed', headOfOther], 'None'))]);
    expect(await table.store.commit(second)).toEqual({ kind: 'lost' });
  });

  it('is looked up where the head has gone past it', async () => {
    const overtaken = failed(cancelled(['ConditionalCheckFailed', headLater], 'None'));
    expect(await scripted([overtaken, found(headLater, history)]).store.commit(second)).toEqual({ kind: 'committed' });
    const table = scripted([overtaken, found(headLater, historyOfOther)]);
    expect(await table.store.commit(second)).toEqual({ kind: 'lost' });
  });

  it('is lost if one of its signals was taken account of', async () => {
    const table = scripted([failed(cancelled('None', 'None', 'ConditionalCheckFailed')), found(headBefore)]);
    expect(await table.store.commit(commitOf(2, { signals: ['s'] }))).toEqual({ kind: 'lost' });
  });

  it.each([
    ['a conflict with another transaction', cancelled('None', 'TransactionConflict')],
    ['a throttled row', cancelled('ThrottlingError', 'None')],
  ])('is sent again under the same token after a pause: %s', async (_case, error) => {
    const table = scripted([failed(error), failed(error), written]);
    expect(await table.store.commit(second)).toEqual({ kind: 'committed' });
    expect(new Set(tokens(table)).size).toBe(1);
    expect(table.pauses).toEqual([10, 20]);
  });

  it('pauses for a random part of a growing time, and gives up in the end', async () => {
    const conflicts = Array.from({ length: 30 }, () => failed(cancelled('TransactionConflict', 'None')));
    const table = scripted(conflicts, { random: () => 0.25 });
    await expect(table.store.commit(second)).rejects.toThrow('Gave up writing revision 2');
    expect(table.pauses).toEqual([5, 10, 20, 40, 80, 125, 125, 125, 125]);
  });

  it.each([
    ['a refused request', failure('ValidationException', { status: 400 })],
    ['a denied request', failure('AccessDeniedException', { status: 400 })],
    ['a row that is too large', cancelled('None', 'ValidationError')],
  ])('fails at once where trying again is in vain: %s', async (_case, error) => {
    const table = scripted([failed(error)]);
    await expect(table.store.commit(second)).rejects.toThrow(error);
  });
});

describe('the token of a commit', () => {
  const transaction = (writer: string, revision: number) => ({
    writer,
    writes: rowsOf(commitOf(revision)).map((Item) => ({
      ifOthersWere: 'lost' as const,
      item: { Put: { TableName: 'T', Item } },
    })),
  });

  it('is the same for the same rows of the same call, and short enough for DynamoDB', () => {
    expect(tokenOf(transaction('mine', 2))).toBe(tokenOf(transaction('mine', 2)));
    expect(tokenOf(transaction('mine', 2))).toHaveLength(36);
  });

  it('differs with the call and with the rows: what others write alike is not taken for ours', () => {
    expect(tokenOf(transaction('mine', 2))).not.toBe(tokenOf(transaction('other', 2)));
    expect(tokenOf(transaction('mine', 2))).not.toBe(tokenOf(transaction('mine', 3)));
  });
});

describe('a claim', () => {
  const quotas = [{ scope: 'rule/web-tier', of: 'touching', atMost: 1 }] as const;
  const claim = { resources: ['i-1'], at, scopes: ['rule/web-tier'], quotas };
  const wanted = commitOf(2, { claim });
  const ledger = (version: number, ...starts: readonly object[]) => ({
    pk: { S: 'ledger' },
    sk: { S: 'starts' },
    version: { N: `${version}` },
    starts: { S: JSON.stringify(starts) },
  });
  const started = (incident: string, revision: number, ago = 0) => ({
    incident,
    revision,
    at: at - ago,
    scopes: ['rule/web-tier'],
  });
  const claimed = (incident: string, revision: number) => ({
    pk: { S: 'resource/i-1' },
    sk: { S: 'claim' },
    incident: { S: incident },
    revision: { N: `${revision}` },
  });
  const others = (revision: number, rest: object = {}) => ({
    ...rowsOf(commitOf(revision, {}, { id: 'inc-other' }))[0],
    ...rest,
  });
  const ownRows: Turn = ['query', { Items: [] }];
  const ledgerChanged = failed(cancelled('None', 'None', 'ConditionalCheckFailed', 'None'));

  it('is tried again on newer ground when only the ledger was changed, under another token', async () => {
    const ended = others(4, { claim: { N: '3' }, expires: { N: '1' } });
    const newer = ledger(2, started('inc-other', 3, 1), started('inc-other', 2, 3_600_000));
    const again: readonly Turn[] = [found(headBefore, newer), ownRows, found(ended), written];
    const table = scripted([found(headBefore, ledger(1)), ownRows, ledgerChanged, found(headBefore), ...again]);
    expect(await table.store.commit(wanted)).toEqual({ kind: 'committed' });
    expect(new Set(tokens(table)).size).toBe(2);
    const rows = (table.sent.at(-1)?.input.TransactItems ?? []).map(({ Put }) => Put?.Item);
    expect(rows.find((row) => row?.['pk']?.S === 'ledger')).toMatchObject({
      version: { N: '3' },
      starts: { S: JSON.stringify([started('inc-other', 3, 1), started('inc-1', 2)]) },
    });
  });

  it('is refused when it no longer fits after another took the last leave', async () => {
    const taken = ledger(2, started('inc-other', 3));
    const table = scripted([
      found(headBefore, ledger(1)),
      ownRows,
      ledgerChanged,
      found(headBefore),
      found(headBefore, taken),
      ownRows,
      found(others(3, { claim: { N: '3' } })),
    ]);
    expect(await table.store.commit(wanted)).toEqual({ kind: 'claimRefused' });
  });

  it('gives up in the end where others change the ledger each time', async () => {
    const round: readonly Turn[] = [found(headBefore, ledger(1)), ownRows, ledgerChanged, found(headBefore)];
    const table = scripted(Array.from({ length: 30 }, () => round).flat());
    await expect(table.store.commit(wanted)).rejects.toThrow('It may work later');
    expect(tokens(table)).toHaveLength(10);
  });

  it.each([
    ['whose head is still to come', []],
    ['whose head is still to catch up with it', [others(2)]],
    ['that stands', [others(3, { claim: { N: '3' } })]],
    ['that stands, whatever schema its incident is of', [others(4, { claim: { N: '3' }, schema: { N: '99' } })]],
  ])('is refused by one of another incident %s', async (_case, heads) => {
    const table = scripted([found(headBefore, claimed('inc-other', 3)), ownRows, found(...heads)]);
    expect(await table.store.commit(wanted)).toEqual({ kind: 'claimRefused' });
  });

  it.each([
    ['has ended', others(4, { claim: { N: '3' }, expires: { N: '1' } })],
    ['has claimed anew', others(4, { claim: { N: '4' } })],
  ])('takes the place of one whose incident %s, on condition that it is still that one', async (_case, other) => {
    const table = scripted([found(headBefore, claimed('inc-other', 3)), ownRows, found(other), written]);
    expect(await table.store.commit(wanted)).toEqual({ kind: 'committed' });
    expect(table.sent.at(-1)?.input.TransactItems?.at(-1)).toMatchObject({
      Put: {
        ConditionExpression: '#incident = :incident AND #revision = :before',
        ExpressionAttributeValues: { ':incident': { S: 'inc-other' }, ':before': { N: '3' } },
      },
    });
  });
});

describe('the end of an incident', () => {
  it('takes its watches away, each once, and writes nothing to let go of its claims', async () => {
    const claim = { resources: ['c'], at, scopes: [], quotas: [] };
    const taken = [commitOf(1, { watches: ['w'], claim }), commitOf(2, { watches: ['w', 'v'] })].map(
      (commit) => rowsOf(commit)[1],
    );
    const table = scripted([['query', { Items: taken }], written]);
    const end = commitOf(3, { watches: ['late'] }, { state: 'closed' });
    expect(await table.store.commit(end)).toEqual({ kind: 'committed' });
    const [, , ...others] = table.sent.at(-1)?.input.TransactItems ?? [];
    expect(others).toEqual(
      ['w', 'v'].map((resource) => ({
        Delete: { TableName: 'T', Key: { pk: { S: `resource/${resource}` }, sk: { S: 'watch/inc-1' } } },
      })),
    );
  });
});

describe('a transaction', () => {
  const many = (count: number, of: string): string[] => Array.from({ length: count }, (_, index) => `${of}-${index}`);
  const claimOf = (count: number) => ({ resources: many(count, 'c'), at, scopes: [], quotas: [] });
  const itemsOf = (table: ReturnType<typeof scripted>): number =>
    table.sent.find(({ operation }) => operation === 'transactWriteItems')?.input.TransactItems?.length ?? 0;

  it('of an opening takes 100 rows; sightings that it has no room for are written before it', async () => {
    const opening = commitOf(1, { signals: ['s'], sightings: many(60, 's'), claim: claimOf(50) });
    // Head, history, signal, about, ledger and 50 claims leave room for 45 sightings.
    const early = Array.from({ length: 15 }, (): Turn => ['putItem', {}]);
    const table = scripted([found(), ...early, written]);
    expect(await table.store.commit(opening)).toEqual({ kind: 'committed' });
    expect(itemsOf(table)).toBe(100);
    const rows = table.sent.flatMap(({ input }) => [
      input['Item'],
      ...(input.TransactItems ?? []).map(({ Put }) => Put?.Item),
    ]);
    const scopes = rows.flatMap(
      (row) => /^scope\/(.+)$/.exec((row as { pk?: { S: string } } | undefined)?.pk?.S ?? '')?.[1] ?? [],
    );
    expect(scopes.toSorted()).toEqual(many(60, 's').toSorted());
  });

  it('is not sent when a sighting cannot be written before it', async () => {
    const table = scripted([found(), ['putItem', failure('TimeoutError')]]);
    const opening = commitOf(1, { sightings: many(99, 's') });
    await expect(table.store.commit(opening)).rejects.toThrow('TimeoutError');
    expect(itemsOf(table)).toBe(0);
  });

  it('that a claim makes too large is refused by name, and nothing is sent', async () => {
    const table = scripted([found()]);
    await expect(table.store.commit(commitOf(1, { claim: claimOf(97) }))).rejects.toThrow(
      'takes 101 rows, 97 of them claims',
    );
    expect(itemsOf(table)).toBe(0);
  });

  it('of an end takes away as many watches as it has room for', async () => {
    const taken = [1, 2].map((revision) => rowsOf(commitOf(revision, { watches: many(60, `w${revision}`) }))[1]);
    const table = scripted([['query', { Items: taken }], written]);
    expect(await table.store.commit(commitOf(3, {}, { state: 'closed' }))).toEqual({ kind: 'committed' });
    expect(itemsOf(table)).toBe(100);
  });
});

describe('the snapshot', () => {
  const withHandle = (handle: string) => commitOf(2, {}, { memory: { ...anIncident().memory, handle } });
  const spare = 1_024 - Buffer.byteLength(snapshotOf(withHandle('').incident));

  it('takes up to 1,024 bytes, counted as they are stored', async () => {
    const table = scripted([written]);
    expect(await table.store.commit(withHandle('x'.repeat(spare)))).toEqual({ kind: 'committed' });
  });

  it.each([
    ['one byte more', 'x'.repeat(spare + 1)],
    ['fewer characters of more bytes each', 'ü'.repeat(Math.ceil((spare + 1) / 2))],
  ])('that is larger is refused by name, and nothing is sent: %s', async (_case, handle) => {
    const table = scripted([]);
    await expect(table.store.commit(withHandle(handle))).rejects.toThrow(SnapshotTooLargeError);
    expect(table.sent).toEqual([]);
  });

  it('has room for the longest memory that the machine keeps, in words of any language', async () => {
    const words = inBrief('"ü☃'.repeat(200));
    const by = [nameInBrief(`${'"ü☃'.repeat(90)}1`), nameInBrief('ü'.repeat(200))];
    const hash = 'f'.repeat(32);
    const plan = { remediation: 'r', plan: {}, planHash: hash, touches: [], summary: '', destroys: [] };
    const memory: Memory = {
      rung: 99,
      starts: 99,
      spent: 99,
      lastStartAt: at,
      sickSince: at,
      seenSickAt: at,
      echoes: 99,
      traceless: 99,
      tier: 99,
      tries: 99,
      asked: 99,
      deadlineAt: at,
      planned: { ...plan, patience: { checkEvery: 1, giveUpAfter: 2 } },
      handle: '0a1b2c3d-0000-4000-8000-000000000000',
      held: { until: at, reason: words, storm: false },
      settledAt: at,
      approved: { hash, by },
      notStartedAt: at,
      gaveUp: words,
    };
    expect(Object.keys(memory).toSorted()).toEqual(Object.keys(anIncident().memory).toSorted());
    const table = scripted([written]);
    expect(await table.store.commit(commitOf(2, {}, { memory }))).toEqual({ kind: 'committed' });
    const [row] = rowsOf(commitOf(2, {}, { memory }));
    expect(memoryIn(row?.['snapshot']?.S ?? '')).toEqual({ ...memory, planned: hash });
  });

  it('calls no two things by one name', () => {
    const stored = JSON.parse(snapshotOf(anIncident())) as object;
    expect(Object.keys(stored)).toHaveLength(Object.keys(anIncident().memory).length);
  });

  it('does not count the plan, which is in the history', async () => {
    const patience = { checkEvery: 1, giveUpAfter: 2 };
    const plan = { much: 'x'.repeat(5_000) };
    const planned = { remediation: 'r', plan, planHash: 'h', touches: [], summary: '', destroys: [], patience };
    const entry = {
      at,
      event: { type: 'plan.made', at, ...planned },
      from: 'planning',
      to: 'planning',
      calls: [],
    } as const;
    const made = commitOf(2, { entries: [entry] }, { memory: { ...anIncident().memory, planned } });
    expect(await scripted([written]).store.commit(made)).toEqual({ kind: 'committed' });
  });
});
