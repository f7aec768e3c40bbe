import type * as sdk from '@aws-sdk/client-dynamodb';
import type { VirtualClock } from '../clock';
import { Refusal } from '../refusal';
import { ConditionalCheckFailed, invalid, TransactionCancelled } from './refusal';
import type { DynamoDbSettings } from './settings';
import type { Stored } from './shelf';
import { RequestTokens } from './request-tokens';
import type { Table } from './table';
import { readCheck, readDelete, readPut, readUpdate, type Write } from './write';

const itemsAtMost = 100;
const bytesAtMost = 4 * 1_024 * 1_024;

/** What an item of a transaction comes to: a row to be written, or why it can't be. */
type Outcome =
  | { readonly before: Stored | undefined; readonly after: Stored | undefined }
  | { readonly reason: sdk.CancellationReason };

/** TransactWriteItems: all of it or nothing, each token once. */
export class Transactions {
  readonly #tokens: RequestTokens;

  constructor(
    private readonly clock: VirtualClock,
    private readonly settings: DynamoDbSettings,
    private readonly tableOf: (name: string | undefined) => Table,
  ) {
    this.#tokens = new RequestTokens(clock);
  }

  write({ TransactItems: items = [], ClientRequestToken: token }: sdk.TransactWriteItemsCommandInput): void {
    if (items.length === 0 || items.length > itemsAtMost) {
      throw invalid(
        `1 validation error detected: Value '[${items.length} items]' at 'transactItems' failed to satisfy constraint: Member must have length ${items.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${itemsAtMost}`}`,
      );
    }
    if (this.#tokens.isDone(token, items)) return;
    const read = items.map((item) => this.#read(item));
    refuseDoubles(read.flatMap((one) => ('write' in one ? [one.write] : [])));
    const outcomes = read.map((one) => ('write' in one ? outcomeOf(one.write) : one));
    const reasons = outcomes.map((outcome) => ('reason' in outcome ? outcome.reason : { Code: 'None' }));
    if (outcomes.some((outcome) => 'reason' in outcome)) throw new TransactionCancelled(reasons);
    const bytes = outcomes.reduce((all, outcome) => all + ('after' in outcome ? (outcome.after?.bytes ?? 0) : 0), 0);
    if (bytes > bytesAtMost) throw invalid('Transaction request exceeds the aggregate size limit of 4 MB');
    this.#apply(read, outcomes);
    this.#tokens.note(token, items, this.clock.now() + this.settings.transactionMillis);
  }

  #apply(read: readonly ({ write: Write } | object)[], outcomes: readonly Outcome[]): void {
    const [now, lasts] = [this.clock.now(), this.settings.transactionMillis];
    read.forEach((one, at) => {
      const outcome = outcomes[at];
      if (!('write' in one) || !outcome || !('after' in outcome)) return;
      const { table, key, name } = one.write;
      if (lasts > 0) table.hold(name, now + lasts);
      const { before, after } = outcome;
      if (before?.row === after?.row) return;
      table.write(key, before, after, now + (lasts > 0 ? Math.floor(lasts * this.settings.share()) : 0));
    });
  }

  /** Throws for an expression that can't be read; what does not fit the table is a reason to cancel. */
  #read(item: sdk.TransactWriteItem): { readonly write: Write } | { readonly reason: sdk.CancellationReason } {
    const { Put, Update, Delete, ConditionCheck } = item;
    const given = [Put, Update, Delete, ConditionCheck].filter((one) => one !== undefined);
    const [only] = given;
    if (!only || given.length > 1) {
      throw invalid('TransactItems can only contain one of Check, Put, Update or Delete');
    }
    const table = this.tableOf(only.TableName);
    try {
      if (Put) return { write: readPut(table, Put) };
      if (Update) return { write: readUpdate(table, Update) };
      if (Delete) return { write: readDelete(table, Delete) };
      return { write: readCheck(table, ConditionCheck as sdk.ConditionCheck) };
    } catch (error) {
      if (!(error instanceof Refusal) || !isOfTheTable(error)) throw error;
      return { reason: { Code: 'ValidationError', Message: error.message } };
    }
  }
}

/** What is wrong with an expression is wrong with the request; what does not fit the table, with one item of it. */
const isOfTheTable = ({ name, message }: Refusal): boolean =>
  name === 'ValidationException' && !/^Invalid \w+Expression|ExpressionAttribute/.test(message);

function outcomeOf({ table, key, name, after }: Write): Outcome {
  if (table.isHeld(name)) {
    return { reason: { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' } };
  }
  try {
    const before = table.latest(key);
    return { before, after: after(before?.row) };
  } catch (error) {
    if (error instanceof ConditionalCheckFailed) {
      const { message: Message, Item } = error;
      return { reason: { Code: 'ConditionalCheckFailed', Message, ...(Item && { Item }) } };
    }
    if (!(error instanceof Refusal)) throw error;
    return { reason: { Code: 'ValidationError', Message: error.message } };
  }
}

function refuseDoubles(writes: readonly Write[]): void {
  const met = new Map<Table, Set<string>>();
  for (const { table, name } of writes) {
    const names = met.get(table) ?? new Set<string>();
    if (names.has(name)) throw invalid('Transaction request cannot include multiple operations on one item');
    met.set(table, names.add(name));
  }
}
