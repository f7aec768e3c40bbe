import { page } from '../page';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';

interface Asked {
  readonly MaxRecords?: number | undefined;
  readonly Marker?: string | undefined;
}

/** Cuts the page that is asked for as ElastiCache does: 20 to 100 records, and a marker where more follow. */
export function recordsOf<T>(
  account: SimulatedAccount,
  items: readonly T[],
  { MaxRecords = 100, Marker }: Asked,
): { readonly items: T[]; readonly next: { readonly Marker?: string } } {
  if (MaxRecords < 20 || MaxRecords > 100) {
    throw new Refusal(
      'InvalidParameterValueException',
      `MaxRecords must be between 20 and 100, and not ${MaxRecords}.`,
    );
  }
  const limit = Math.min(account.pageSize, MaxRecords);
  const { items: cut, next } = page(items, limit, Marker, 'InvalidParameterValueException');
  return { items: cut, next: next === undefined ? {} : { Marker: next } };
}
