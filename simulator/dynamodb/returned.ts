import type { AttributeValue, ReturnValue } from '@aws-sdk/client-dynamodb';
import type { Path } from './expression/path';
import { projected } from './expression/projection';
import type { Row } from './value';

/** What a write gives back of the row before and after, as far as it was asked to. */
export function returnedBy(
  asked: ReturnValue | undefined,
  before: Row | undefined,
  after: Row | undefined,
  changed: readonly Path[],
): { Attributes?: Record<string, AttributeValue> } {
  if (asked === undefined || asked === 'NONE') return {};
  const row = asked.endsWith('OLD') ? before : after;
  if (!row) return {};
  const Attributes = asked.startsWith('UPDATED') ? projected(row, changed) : { ...row };
  return Object.keys(Attributes).length > 0 ? { Attributes } : {};
}
