import type { EpochMillis } from '../../signals/signal';
import type { TableClient } from './dynamodb-store/client';
import { number, numberIn, text, textIn, type Row } from './dynamodb-store/row';
import { ticketPartitions } from './dynamodb-store/ticket-keys';
import {
  decisions,
  type Decision,
  type HeldTicket,
  type Recording,
  type Ticket,
  type TicketStore,
} from './ticket-store';

const keyOf = (hash: string): Row => ({ pk: text(`${ticketPartitions}${hash}`), sk: text('ticket') });

const day = 24 * 60 * 60_000;
/** Kept this long after they have expired, so that whoever comes too late is told why. */
const keptAfterwards = 30 * day;

/** The condition of a decision: nobody has decided and it is in time, or the same was decided. */
const stands = '#decision = :decision OR (attribute_not_exists(#decision) AND #expiresAt > :at)';

/** Tickets in Homeostat's table, one row each. */
export class DynamoDbTickets implements TicketStore {
  constructor(
    private readonly client: Pick<TableClient, 'getItem' | 'putItem' | 'updateItem'>,
    private readonly table: string,
  ) {}

  async add({ hash, incident, purpose, planHash, contact, expiresAt }: Ticket): Promise<void> {
    await this.client.putItem({
      TableName: this.table,
      Item: {
        ...keyOf(hash),
        incident: text(incident),
        purpose: text(purpose),
        contact: text(contact),
        expiresAt: number(expiresAt),
        expires: number(Math.ceil((expiresAt + keptAfterwards) / 1_000)),
        ...(planHash !== undefined && { planHash: text(planHash) }),
      },
    });
  }

  async read(hash: string): Promise<HeldTicket | undefined> {
    const { Item } = await this.client.getItem({ TableName: this.table, Key: keyOf(hash), ConsistentRead: true });
    return Item && ticketFrom(hash, Item);
  }

  async decide(hash: string, decision: Decision, at: EpochMillis): Promise<Recording> {
    try {
      await this.client.updateItem({
        TableName: this.table,
        Key: keyOf(hash),
        ConditionExpression: stands,
        UpdateExpression: 'SET #decision = :decision, #decidedAt = if_not_exists(#decidedAt, :at)',
        ExpressionAttributeNames: { '#decision': 'decision', '#decidedAt': 'decidedAt', '#expiresAt': 'expiresAt' },
        ExpressionAttributeValues: { ':decision': text(decision), ':at': number(at) },
      });
      return { kind: 'recorded' };
    } catch (error) {
      if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
      // Whatever stood in the way stands still: a decision is never changed, nor does time go back.
      const ticket = await this.read(hash);
      if (!ticket) return { kind: 'unknown' };
      return ticket.answer ? { kind: 'answered', ...ticket.answer } : { kind: 'expired' };
    }
  }
}

/** Throws for a row that lacks something: then nothing may be done by it. */
function ticketFrom(hash: string, row: Row): HeldTicket {
  const purpose = textIn(row, 'purpose');
  if (purpose !== 'approval' && purpose !== 'acknowledgement') {
    throw new Error(`The ticket ${hash} is for ${purpose}, which this program does not know. Nothing is done by it.`);
  }
  const decision = decisions.find((known) => known === row['decision']?.S);
  if (row['decision'] !== undefined && decision === undefined) {
    throw new Error(`The ticket ${hash} holds a decision that this program does not know. Nothing is done by it.`);
  }
  return {
    hash,
    incident: textIn(row, 'incident'),
    purpose,
    contact: textIn(row, 'contact'),
    expiresAt: numberIn(row, 'expiresAt'),
    ...(row['planHash'] && { planHash: textIn(row, 'planHash') }),
    ...(decision && { answer: { decision, at: numberIn(row, 'decidedAt') } }),
  };
}
