import { DynamoDbTickets } from '../../../runtime/store/dynamodb-tickets';
import { answerAttributes, ticketPartitions } from '../../../runtime/store/dynamodb-store/ticket-keys';

type Client = ConstructorParameters<typeof DynamoDbTickets>[0];
type Row = Record<string, { S?: string; N?: string }>;

/** A table of one row; answers of its own come before. */
function tableOf(row: Row | undefined, updating: () => object = () => ({})) {
  const sent: Record<string, unknown>[] = [];
  const answer = (of: () => object) => async (input: object) => {
    sent.push(input as Record<string, unknown>);
    return of();
  };
  const client = {
    getItem: answer(() => (row ? { Item: row } : {})),
    putItem: answer(() => ({})),
    updateItem: answer(updating),
  } as unknown as Client;
  return { tickets: new DynamoDbTickets(client, 'T'), sent };
}

const row: Row = {
  incident: { S: 'inc-1' },
  purpose: { S: 'approval' },
  planHash: { S: 'hash-1' },
  contact: { S: 'oncall' },
  expiresAt: { N: '1000' },
};

describe('a ticket in the table', () => {
  it('is a row of a partition of its own, which DynamoDB may tidy away a month after it has expired', async () => {
    const { tickets, sent } = tableOf(undefined);
    await tickets.add({ hash: 'h', incident: 'inc-1', purpose: 'approval', contact: 'oncall', expiresAt: 1_000 });
    expect(sent).toMatchObject([
      { TableName: 'T', Item: { pk: { S: `${ticketPartitions}h` }, sk: { S: 'ticket' }, expires: { N: '2592001' } } },
    ]);
  });

  it('is read strongly consistent', async () => {
    const { tickets, sent } = tableOf(row);
    expect(await tickets.read('h')).toMatchObject({ hash: 'h', incident: 'inc-1', expiresAt: 1_000 });
    expect(sent).toMatchObject([{ ConsistentRead: true }]);
  });

  it('is answered by a request that names no attribute but those that the page may write', async () => {
    const { tickets, sent } = tableOf(row);
    await tickets.decide('h', 'approve', 1);
    const [{ Key, ExpressionAttributeNames } = {}] = sent;
    const named = [...Object.keys(Key as object), ...Object.values(ExpressionAttributeNames as Record<string, string>)];
    expect(named.filter((name) => !answerAttributes.includes(name as never))).toEqual([]);
    expect(sent[0]).toHaveProperty('ConditionExpression');
  });

  it.each([
    ['purpose', { purpose: { S: 'everything' } }],
    ['decision', { decision: { S: 'perhaps' }, decidedAt: { N: '1' } }],
    ['incident', { incident: {} }],
    ['time of its answer', { decision: { S: 'approve' } }],
  ])('whose %s cannot be read is not taken for anything', async (_what, broken) => {
    await expect(tableOf({ ...row, ...broken }).tickets.read('h')).rejects.toThrow();
  });

  it('is not decided where the table does not answer', async () => {
    const { tickets } = tableOf(row, () => {
      throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    });
    await expect(tickets.decide('h', 'approve', 1)).rejects.toThrow('slow down');
  });
});
