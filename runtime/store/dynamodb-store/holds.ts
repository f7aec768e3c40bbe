import { heldName } from '../held-name';
import type { Held, Hold } from '../incident-store';
import { holdKey } from './keys';
import { holdPartition } from './table-definition';
import type { Patience } from './patience';
import { nameOf, number, numberIn, text, textIn, type Row } from './row';
import type { Table } from './table';

/** All of them in one consistent look. Throws where one cannot be read: whoever asks takes that for on. */
export async function holdsIn(table: Table): Promise<readonly Hold[]> {
  return (await table.partition(holdPartition)).map(holdFrom);
}

export async function putHold(table: Table, hold: Hold): Promise<void> {
  const { of, by, reason, at } = hold;
  const Item = { ...holdKey(of), of: text(heldName(of)), by: text(by), reason: text(reason), at: number(at) };
  await table.client.putItem({ TableName: table.name, Item });
}

/** Ends the one that was read, and no other: one that somebody sets meanwhile is read anew. */
export async function deleteHold(table: Table, of: Held, patience: Patience): Promise<Hold | undefined> {
  for (let tries = 0; ; tries += 1) {
    const row = await table.get(holdKey(of));
    if (!row) return undefined;
    const hold = holdFrom(row);
    if (await isDeleted(table, row)) return hold;
    await patience.wait(tries, `ending the hold on ${heldName(of)}, which others kept setting anew`);
  }
}

/** A transaction of one: the SDK marks it, so that one whose answer is lost is not taken for a hold that was off. */
async function isDeleted(table: Table, { pk, sk, by, reason, at }: Row): Promise<boolean> {
  const Delete = {
    TableName: table.name,
    Key: { pk, sk } as Row,
    ConditionExpression: '#by = :by AND #reason = :reason AND #at = :at',
    ExpressionAttributeNames: { '#by': 'by', '#reason': 'reason', '#at': 'at' },
    ExpressionAttributeValues: { ':by': by, ':reason': reason, ':at': at } as Row,
  };
  try {
    await table.client.transactWriteItems({ TransactItems: [{ Delete }] });
    return true;
  } catch (error) {
    const { CancellationReasons: reasons = [] } = error as { CancellationReasons?: readonly { Code?: string }[] };
    const isOvertaken = reasons.some(({ Code }) => Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict');
    if (isOvertaken) return false;
    throw error;
  }
}

function holdFrom(row: Row): Hold {
  try {
    return { of: heldIn(row), by: textIn(row, 'by'), reason: textIn(row, 'reason'), at: numberIn(row, 'at') };
  } catch (cause) {
    throw new Error(
      `The hold in the row ${nameOf(row)} cannot be read: ${(cause as Error).message} Set it again, then end it; if it is of neither a rule nor a remediation nor everything, delete its row by hand.`,
      { cause },
    );
  }
}

function heldIn(row: Row): Held {
  const [, kind, name] = /^(everything$|rule\/|remediation\/)(.*)$/s.exec(textIn(row, 'of')) ?? [];
  if (kind === 'everything') return kind;
  if (!kind || !name) throw new Error('It does not say what is held.');
  return kind === 'rule/' ? { rule: name } : { remediation: name };
}
