import { createHash } from 'node:crypto';
import type { CancellationReason, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { keyName } from './keys';
import type { Patience } from './patience';
import { numberIn, textIn, type Row } from './row';
import type { Table } from './table';

/** Rows that one transaction takes. */
export const itemsAtMost = 100;

/** One row that a commit writes. */
export interface Write {
  /** Whether a commit whose condition here does not hold may be tried again on newer ground, or has lost. */
  readonly ifOthersWere: 'lost' | 'changed';
  readonly item: TransactWriteItem;
}

/** A commit as it is sent. */
export interface Transaction {
  /** Mark of this call, in the head and in the history row that it writes. */
  readonly writer: string;
  readonly revision: number;
  /** Rows for which it has no room, and which are true whether or not it is written: they are written before it. */
  readonly early: readonly Row[];
  /** The head is the first. */
  readonly writes: readonly Write[];
  readonly headKey: Row;
  readonly historyKey: Row;
}

/** `changed`: what the commit rests on is no longer as it was read; nothing was written. */
type Outcome = 'committed' | 'lost' | 'changed';

/**
 * Writes all of it or nothing, and finds out which. An answer that was lost is looked up: the history row of that revision says
 * whose it is. Throws only when it is not known after many tries, or when DynamoDB refuses the request as such.
 */
export async function transact(table: Table, transaction: Transaction, patience: Patience): Promise<Outcome> {
  const TransactItems = transaction.writes.map(({ item }) => item);
  const input = { TransactItems, ClientRequestToken: tokenOf(transaction) };
  for (let tries = 0; ; tries += 1) {
    try {
      await table.client.transactWriteItems(input);
      return 'committed';
    } catch (error) {
      const outcome = await outcomeOf(error, table, transaction);
      if (outcome !== 'unknown') return outcome;
      // The token is the same again: should the first have arrived after all, it is not written twice.
      await patience.wait(tries, `writing revision ${transaction.revision} of ${keyName(transaction.headKey)}`, error);
    }
  }
}

/** The same for the same rows of the same call, and for no others: DynamoDB takes a token for ten minutes once. */
export function tokenOf({ writer, writes }: Pick<Transaction, 'writer' | 'writes'>): string {
  const items = writes.map(({ item }) => item);
  return createHash('sha256')
    .update(`${writer}\n${JSON.stringify(items)}`)
    .digest('hex')
    .slice(0, 36);
}

async function outcomeOf(error: unknown, table: Table, transaction: Transaction): Promise<Outcome | 'unknown'> {
  const reasons = reasonsOf(error);
  const failed = reasons.flatMap(({ Code }, index) => (Code === 'ConditionalCheckFailed' ? [index] : []));
  if (failed.length === 0) {
    if (isRefusal(error, reasons)) throw error;
    const stands = reasons.length > 0 ? 'absent' : await lookUp(table, transaction);
    return stands === 'absent' ? 'unknown' : stands;
  }
  const winner = failed.includes(0) ? reasons[0]?.Item : undefined;
  const stands = (winner && verdictOf(winner, transaction)) ?? (await lookUp(table, transaction));
  if (stands !== 'absent') return stands;
  return failed.every((index) => transaction.writes[index]?.ifOthersWere === 'changed') ? 'changed' : 'lost';
}

function reasonsOf(error: unknown): readonly CancellationReason[] {
  const { name, CancellationReasons } = error as { name?: unknown; CancellationReasons?: CancellationReason[] };
  return name === 'TransactionCanceledException' ? (CancellationReasons ?? []) : [];
}

const passing = new Set([
  'TransactionConflict',
  'TransactionConflictException',
  'TransactionInProgressException',
  'ThrottlingError',
  'ThrottlingException',
  'ProvisionedThroughputExceeded',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
]);

/** Whether DynamoDB looked at the request and will not have it: then nothing was written, and trying again is in vain. */
function isRefusal(error: unknown, reasons: readonly CancellationReason[]): boolean {
  if (reasons.length > 0) return !reasons.some(({ Code }) => passing.has(Code ?? ''));
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  if (name === 'TransactionCanceledException' || passing.has(name ?? '')) return false;
  const status = $metadata?.httpStatusCode ?? 0;
  return status >= 400 && status < 500 && status !== 408;
}

/** Who wrote the revision, as far as the head tells: a later one says nothing of those before. */
function verdictOf(head: Row, { revision, writer }: Transaction): Outcome | undefined {
  const stored = numberIn(head, 'revision');
  if (stored > revision) return undefined;
  return stored === revision && textIn(head, 'writer') === writer ? 'committed' : 'lost';
}

async function lookUp(table: Table, transaction: Transaction): Promise<Outcome | 'absent'> {
  const { headKey, historyKey, writer, revision } = transaction;
  const rows = await table.getAll([headKey, historyKey]);
  const [head, row] = [rows.get(keyName(headKey)), rows.get(keyName(historyKey))];
  if (row && textIn(row, 'writer') === writer) return 'committed';
  if (!head || numberIn(head, 'revision') < revision) return 'absent';
  return textIn(head, 'writer') === writer ? 'committed' : 'lost';
}
