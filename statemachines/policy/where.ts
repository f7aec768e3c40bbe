import { type EventPattern, matchesPattern, parseEventPattern } from '../../signals/event-pattern';
import type { Signal } from '../../signals/signal';
import { didYouMean, listed } from './nearest-name';
import type { Json } from '../rule';

/** Tags of a resource, or that they could not be read: then nothing that asks for tags is decided. */
export type Tags = Readonly<Record<string, string>> | 'unreadable';

/** What a rule asks of one field; all of a rule's clauses must hold. */
export interface Clause {
  readonly field: string;
  /** As its author wrote it, lists filled in. */
  readonly asks: Json;
  readonly pattern: EventPattern;
}

/** What a rule asks of the resource beside its condition. */
export type Where = readonly Clause[];

const fields = ['account', 'region', 'resource', 'tags', 'condition', 'source'];
const resourceFields = ['kind', 'id'];

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !isList(value);

/** A bare value is short for a list of it. */
function listsFilledIn(asks: Json): Json {
  if (isList(asks)) return asks;
  if (!isObject(asks)) return [asks];
  return Object.fromEntries(Object.entries(asks).map(([key, value]) => [key, listsFilledIn(value)]));
}

/** A number or a truth value among the lists of `asks`: everything that a where speaks of is text. */
function notText(asks: Json): Json | undefined {
  if (isList(asks)) return asks.find((one) => typeof one === 'number' || typeof one === 'boolean');
  if (!isObject(asks)) return undefined;
  return Object.values(asks)
    .map(notText)
    .find((one) => one !== undefined);
}

/** Keys that lead to what is wrong, and why it is. */
export interface WhereFault {
  readonly path: readonly string[];
  readonly of: 'key' | 'value';
  readonly reason: string;
}

function unknownField(field: string, asks: Json): WhereFault | undefined {
  if (field === '$or') return undefined;
  if (!fields.includes(field)) {
    return {
      path: [field],
      of: 'key',
      reason: `where knows no ${field}${didYouMean(field, fields) || `; there are ${listed(fields)}`}`,
    };
  }
  if (field !== 'resource' || !isObject(asks)) return undefined;
  const odd = Object.keys(asks).find((key) => key !== '$or' && !resourceFields.includes(key));
  return odd === undefined
    ? undefined
    : { path: [field, odd], of: 'key', reason: `resource has no ${odd}; it has a kind and an id` };
}

/** The keys that the reason for refusing a pattern begins with; none when it speaks of the pattern as a whole. */
export function pathInReason(reason: string): readonly string[] {
  return /^([^\s:]+): /.exec(reason)?.[1]?.split('.') ?? [];
}

/** Reads the `where` of a rule. */
export function parseWhere(
  written: Readonly<Record<string, Json>>,
):
  | { readonly kind: 'where'; readonly where: Where }
  | { readonly kind: 'invalid'; readonly faults: readonly WhereFault[] } {
  const where: Clause[] = [];
  const faults: WhereFault[] = [];
  for (const [field, value] of Object.entries(written)) {
    const asks = field === '$or' ? value : listsFilledIn(value);
    const fault = unknownField(field, asks);
    const read = parseEventPattern({ [field]: asks });
    const odd = notText(asks);
    if (fault) faults.push(fault);
    else if (odd !== undefined)
      faults.push({ path: [field], of: 'value', reason: `${field} is text: put ${JSON.stringify(odd)} in quotes` });
    else if (read.kind === 'invalid')
      faults.push({ path: pathInReason(read.reason), of: 'value', reason: read.reason });
    else where.push({ field, asks, pattern: read.pattern });
  }
  return faults.length > 0 ? { kind: 'invalid', faults } : { kind: 'where', where };
}

/** Whether a clause cannot be decided without tags. */
export function hangsOnTags({ field, asks }: Clause): boolean {
  return field === 'tags' || (field === '$or' && JSON.stringify(asks).includes('"tags"'));
}

/** Whether a `where` takes a signal; `undecided` when that hangs on tags that could not be read. */
export function takes(
  where: Where,
  signal: Exclude<Signal, { kind: 'progress' }>,
  tags: Tags,
): { readonly kind: 'yes' } | { readonly kind: 'no' | 'undecided'; readonly why: string } {
  const { source, condition } = signal;
  const { account, region, kind, id } = signal.resource;
  const known = { account, region, resource: { kind, id }, condition, source };
  const decidable = tags === 'unreadable' ? where.filter((clause) => !hangsOnTags(clause)) : where;
  const subject = tags === 'unreadable' ? known : { ...known, tags };
  const failed = decidable.find(({ pattern }) => !matchesPattern(pattern, subject));
  if (failed) {
    const has = Object.entries(subject).find(([field]) => field === failed.field)?.[1];
    const instead = has === undefined ? '' : `, and not ${JSON.stringify(has)}`;
    return { kind: 'no', why: `its where asks for ${failed.field} ${JSON.stringify(failed.asks)}${instead}` };
  }
  if (decidable.length === where.length) return { kind: 'yes' };
  return { kind: 'undecided', why: `it asks for tags, and the tags of ${id} could not be read` };
}
