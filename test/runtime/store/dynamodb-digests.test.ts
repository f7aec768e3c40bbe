import { DynamoDbDigests } from '../../../runtime/store/dynamodb-digests';
import { aFolded } from './folded';

type Client = ConstructorParameters<typeof DynamoDbDigests>[0];
type Row = Record<string, { S?: string; N?: string }>;
type Sent = Record<string, unknown>;

/** A table that answers as it is told to, and what it was asked. */
function tableOf(answers: { getItem?: () => object; query?: (turn: number) => object; transact?: () => object } = {}) {
  const sent: { readonly asked: string; readonly input: Sent }[] = [];
  const answer = (asked: string, of: (turn: number) => object) => async (input: object) => {
    const turn = sent.filter((one) => one.asked === asked).length;
    sent.push({ asked, input: input as Sent });
    return of(turn);
  };
  const client = {
    getItem: answer('getItem', answers.getItem ?? (() => ({}))),
    putItem: answer('putItem', () => ({})),
    query: answer('query', answers.query ?? (() => ({}))),
    transactWriteItems: answer('transactWriteItems', answers.transact ?? (() => ({}))),
  } as unknown as Client;
  const asked = (name: string): Sent[] => sent.filter((one) => one.asked === name).map(({ input }) => input);
  return { digests: new DynamoDbDigests(client, 'T'), sent, asked };
}

const limit = { atMost: 1, withinMillis: 600_000 };
const single = { contact: 'oncall', notice: 'inc-1-escalated-0', at: 1_000_000 };
const folded = (row: Row): Row => ({
  pk: { S: 'digest' },
  sk: { S: 'folded oncall inc-1-escalated-0' },
  contact: { S: 'oncall' },
  ...row,
});

describe('a digest in the table', () => {
  it('is written without a look at what is there, so that nobody has to wait for another', async () => {
    const { digests, sent } = tableOf();
    await digests.fold(aFolded('a'));
    expect(sent).toMatchObject([
      { asked: 'putItem', input: { Item: { pk: { S: 'digest' }, sk: { S: 'folded oncall a' } } } },
    ]);
    expect(sent[0]?.input).not.toHaveProperty('ConditionExpression');
  });

  it('is read strongly consistent, page by page to the last', async () => {
    const key = { pk: { S: 'digest' }, sk: { S: 'x' } };
    const row = (notice: string) => folded({ sk: { S: `folded oncall ${notice}` }, folded: { S: '{}' } });
    const { digests, asked } = tableOf({
      query: (turn) => ({ Items: [row(`n-${turn}`)], ...(turn < 2 && { LastEvaluatedKey: key }) }),
    });
    const [digest] = await digests.pending();
    expect(digest?.folded.map(({ notice }) => notice)).toEqual(['n-0', 'n-1', 'n-2']);
    expect(asked('query')).toHaveLength(3);
    for (const query of asked('query')) expect(query).toHaveProperty('ConsistentRead', true);
    expect(asked('query')[1]).toHaveProperty('ExclusiveStartKey', key);
  });

  it.each([
    ['no JSON', '{'],
    ['of another shape', JSON.stringify({ kind: 'of the future', scopes: 1 })],
  ])('tells of a notice that is %s all the same, as of one that needs people', async (_what, written) => {
    const { digests } = tableOf({ query: () => ({ Items: [folded({ folded: { S: written } })] }) });
    expect(await digests.pending()).toMatchObject([
      { contact: 'oncall', folded: [{ notice: 'inc-1-escalated-0', kind: 'escalated', scopes: [] }] },
    ]);
  });

  it('is dropped by as many transactions as it takes', async () => {
    const { digests, asked } = tableOf();
    await digests.told({ contact: 'oncall', folded: Array.from({ length: 250 }, (_, n) => aFolded(`n-${n}`)) }, 0);
    const sizes = asked('transactWriteItems').map(({ TransactItems }) => (TransactItems as unknown[]).length);
    expect(sizes).toEqual([100, 100, 50]);
  });
});

describe('a message of its own', () => {
  it('that is refused writes nothing', async () => {
    const singles = JSON.stringify([{ notice: 'another', at: single.at }]);
    const { digests, sent } = tableOf({ getItem: () => ({ Item: { singles: { S: singles }, revision: { N: '7' } } }) });
    expect(await digests.mayGoAlone(single, limit)).toBe(false);
    expect(sent.map(({ asked }) => asked)).toEqual(['getItem']);
  });

  it('is counted on condition that nobody else has counted since', async () => {
    const { digests, asked } = tableOf({ getItem: () => ({ Item: { singles: { S: '[]' }, revision: { N: '7' } } }) });
    expect(await digests.mayGoAlone(single, limit)).toBe(true);
    expect(asked('getItem')).toMatchObject([{ ConsistentRead: true }]);
    expect(asked('transactWriteItems')).toMatchObject([
      {
        TransactItems: [
          {
            Put: {
              Item: { pk: { S: 'singles/oncall' }, revision: { N: '8' } },
              ConditionExpression: expect.stringContaining('#revision = :revision') as string,
              ExpressionAttributeValues: { ':revision': { N: '7' } },
            },
          },
          { Delete: { Key: { pk: { S: 'digest' }, sk: { S: 'folded oncall inc-1-escalated-0' } } } },
        ],
      },
    ]);
  });

  it('goes into the digest where others are always faster', async () => {
    const { digests, asked } = tableOf({
      transact: () => {
        throw Object.assign(new Error('cancelled'), { name: 'TransactionCanceledException' });
      },
    });
    expect(await digests.mayGoAlone(single, limit)).toBe(false);
    expect(asked('transactWriteItems')).toHaveLength(5);
  });

  it('is not decided where the table does not answer', async () => {
    const { digests } = tableOf({
      transact: () => {
        throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
      },
    });
    await expect(digests.mayGoAlone(single, limit)).rejects.toThrow('slow down');
  });
});
