import type { AttributeValue, CancellationReason } from '@aws-sdk/client-dynamodb';
import { Refusal } from '../refusal';

/** What DynamoDB looked at and will not have: nothing was written. */
export const invalid = (message: string): Refusal => new Refusal('ValidationException', message);

export const notFound = (message = 'Requested resource not found'): Refusal =>
  new Refusal('ResourceNotFoundException', message);

export const beingUpdated = (table: string): Refusal =>
  new Refusal('ResourceInUseException', `Table is being updated: ${table}`);

/** For what DynamoDB may well do, and the simulated one does not. */
export const notSimulated = (what: string): Refusal =>
  new Refusal('NotSimulated', `The simulated DynamoDB does not know ${what}. Add it to simulator/dynamodb/.`, 501);

/** A condition that did not hold; with the row that was there, where it was asked for. */
export class ConditionalCheckFailed extends Refusal {
  readonly Item?: Record<string, AttributeValue>;

  constructor(row?: Record<string, AttributeValue>) {
    super('ConditionalCheckFailedException', 'The conditional request failed');
    if (row) this.Item = row;
  }
}

/** A transaction of which nothing was written: a reason for each of its items, in their order. May be planted, too. */
export class TransactionCancelled extends Refusal {
  readonly CancellationReasons: readonly CancellationReason[];

  /** A code alone, such as `TransactionConflict`, is a reason as well. */
  constructor(reasons: readonly (CancellationReason | string)[]) {
    const told = reasons.map((reason) => (typeof reason === 'string' ? { Code: reason } : reason));
    const codes = told.map(({ Code }) => Code).join(', ');
    super(
      'TransactionCanceledException',
      `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    );
    this.CancellationReasons = told;
  }
}
