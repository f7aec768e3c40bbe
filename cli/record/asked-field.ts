import type { JsonObject } from '../../signals/plain-json';
import { isObject, type Value } from './kept-value';
import type { AskedField } from './policy-needs';
import type { Redaction } from './redaction';

/** The redacted event with a field beside that the policy looks at, taken from the event as it was. */
export function withAskedField(
  whole: JsonObject,
  from: JsonObject,
  { path, names }: AskedField,
  redaction: Redaction,
): JsonObject {
  const [first = '', ...rest] = path;
  if (!Object.hasOwn(from, first)) return whole;
  const there = from[first];
  if (rest.length === 0) {
    return Object.hasOwn(whole, first) ? whole : { ...whole, [first]: asked(there, names, redaction) };
  }
  const known = whole[first];
  if (isObject(there)) {
    return { ...whole, [first]: withAskedField(isObject(known) ? known : {}, there, { path: rest, names }, redaction) };
  }
  if (!Array.isArray(there)) return whole;
  // A list is looked through by its places, and by the fields of all that it holds.
  const [place = ''] = rest;
  const isPlace = /^\d+$/.test(place);
  const items = there.map((item: unknown, at): unknown => {
    const before: unknown = Array.isArray(known) ? known[at] : undefined;
    if (isPlace && at !== Number(place)) return before ?? {};
    const one = withAskedField(
      { item: before ?? {} },
      { item },
      { path: ['item', ...rest.slice(isPlace ? 1 : 0)], names },
      redaction,
    );
    return one['item'];
  });
  return { ...whole, [first]: items };
}

/** What a policy compares is kept but for secrets; what it takes for a name is a name. */
function asked(value: unknown, names: boolean, redaction: Redaction): Value {
  if (typeof value === 'string') return names ? redaction.name(value) : redaction.standIns.text(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  return Array.isArray(value) ? value.map((one) => asked(one, names, redaction)) : {};
}
