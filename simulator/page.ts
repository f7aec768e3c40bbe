import { Refusal } from './refusal';

interface Page<T> {
  readonly items: T[];
  /** Where the next page starts; absent on the last one. */
  readonly next?: string;
}

/** Cuts the page that `token` names, at most `limit` items long. A token that no answer gave is refused as `refusal` names it. */
export function page<T>(items: readonly T[], limit: number, token: string | undefined, refusal: string): Page<T> {
  const from = token === undefined ? 0 : Number(/^page-(\d+)$/.exec(token)?.[1] ?? NaN);
  if (Number.isNaN(from)) throw new Refusal(refusal, `The token '${String(token)}' is invalid`);
  const to = from + Math.max(1, limit);
  const next = to < items.length ? { next: `page-${to}` } : {};
  return { items: items.slice(from, to), ...next };
}

interface AskedRecords {
  readonly MaxRecords?: number | undefined;
  readonly Marker?: string | undefined;
}

/** The same as RDS and ElastiCache do it: 20 to 100 records, and a marker where more follow. */
export function recordsOf<T>(
  { pageSize }: { readonly pageSize: number },
  items: readonly T[],
  { MaxRecords = 100, Marker }: AskedRecords,
  refusal: string,
): { readonly items: T[]; readonly next: { readonly Marker?: string } } {
  if (MaxRecords < 20 || MaxRecords > 100) {
    throw new Refusal(refusal, `Invalid value ${MaxRecords} for MaxRecords. Must be between 20 and 100`);
  }
  const { items: cut, next } = page(items, Math.min(pageSize, MaxRecords), Marker, refusal);
  return { items: cut, next: next === undefined ? {} : { Marker: next } };
}
