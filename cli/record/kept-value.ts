import { managedRule } from '../../signals/config-compliance';
import type { JsonObject } from '../../signals/plain-json';
import { isResourceKind } from '../../signals/resource-id';
import { parseTime } from '../../signals/time';
import type { Fields, Kept, Leaf } from './kept-shape';
import { plainWords } from './plain-words';
import type { Redaction } from './redaction';

/** What JSON holds. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** Whether it is an object of JSON. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Of an object the fields that are kept, each as it says. What has another type than it should have is left out. */
export function keptFields(from: unknown, fields: Fields, redaction: Redaction): Record<string, Value> {
  const result: Record<string, Value> = {};
  if (!isObject(from)) return result;
  for (const [field, how] of Object.entries(fields)) {
    const value = Object.hasOwn(from, field) ? kept(from[field], how, redaction) : undefined;
    if (value !== undefined) result[field] = value;
  }
  return result;
}

const isList = (how: Kept): how is readonly [Kept] => Array.isArray(how);

function kept(value: unknown, how: Kept, redaction: Redaction): Value | undefined {
  if (value === undefined || value === null) return value;
  if (typeof how !== 'string' && !isList(how)) return keptFields(value, how, redaction);
  if (isList(how)) {
    return Array.isArray(value) ? value.map((one) => kept(one, how[0], redaction) ?? null) : undefined;
  }
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return how === 'number' || how === 'token' ? value : undefined;
  return typeof value === 'string' ? textLeaves[how]?.(value, redaction) : objectLeaves[how]?.(value, redaction);
}

/** How a text is kept; one that is not listed is left out. */
const textLeaves: Partial<Record<Leaf, (text: string, redaction: Redaction) => string | undefined>> = {
  name: (text, redaction) => redaction.name(text),
  runbook: (text, redaction) => redaction.runbook(text),
  rule: (text) => managedRule(text) ?? 'another-rule',
  text: (text, { standIns }) => standIns.text(text),
  words: (text) => plainWords(text),
  account: (text, { standIns }) => standIns.account(text),
  time: (text) => (parseTime(text) === undefined ? '' : text),
  token: (text, { standIns }) => (/^[\w.:+-]{0,100}$/.test(text) ? standIns.text(text) : ''),
  // Laced with anything else it is none.
  finding: (text, { standIns }) => (/^[\w.:/!-]{0,120}$/.test(text) ? standIns.text(text) : ''),
  call: (text) => (/^[A-Z][A-Za-z]{3,60}(?:20\d{6}(?:v\d)?)?$/.test(text) ? text : ''),
  json: (text) => reasonData(text),
  band: (text) => (text.startsWith('ANOMALY_DETECTION_BAND') ? 'ANOMALY_DETECTION_BAND' : 'formula'),
};

/** How an object or a list is kept that is a leaf. */
const objectLeaves: Partial<Record<Leaf, (value: unknown, redaction: Redaction) => Value | undefined>> = {
  tags: (value, redaction) => tagsOf(value, redaction),
  resource: (value, redaction) => {
    if (!isObject(value) || typeof value['kind'] !== 'string' || typeof value['id'] !== 'string') return undefined;
    return isResourceKind(value['kind'])
      ? { kind: value['kind'], id: redaction.id(value['kind'], value['id']) }
      : undefined;
  },
  dimensions: (value, redaction) => (isObject(value) ? redaction.dimensions(textsOf(value), false) : undefined),
  metric: (value, redaction) => {
    if (!isObject(value) || typeof value['name'] !== 'string') return undefined;
    const { namespace, name, dimensions } = value;
    const known = typeof namespace === 'string' ? namespace : '';
    return {
      ...redaction.metric({ namespace: known, name, dimensions: isObject(dimensions) ? textsOf(dimensions) : {} }),
    };
  },
};

/** As a map, or as a list of keys and values; both are sent. */
function tagsOf(value: unknown, redaction: Redaction): Value | undefined {
  if (Array.isArray(value)) {
    const pairs = value.flatMap((one): [string, string][] => {
      const { key, value: text } = (isObject(one) ? one : {}) as { key?: unknown; value?: unknown };
      return typeof key === 'string' && typeof text === 'string' ? [[key, text]] : [];
    });
    return Object.entries(redaction.tags(pairs)).map(([key, text]) => ({ key, value: text }));
  }
  return isObject(value) ? redaction.tags(Object.entries(textsOf(value))) : undefined;
}

function textsOf(from: object): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(from).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}

/** Numbers of an alarm's reason data, and nothing else of it. */
function reasonData(text: string): string | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(read)) return undefined;
  const { version, statistic, period, threshold, recentDatapoints } = read;
  return JSON.stringify({
    ...(typeof version === 'string' && /^\d\.\d$/.test(version) && { version }),
    ...(typeof statistic === 'string' && /^[A-Za-z]{1,20}$/.test(statistic) && { statistic }),
    ...(typeof period === 'number' && { period }),
    ...(typeof threshold === 'number' && { threshold }),
    ...(Array.isArray(recentDatapoints) && {
      recentDatapoints: recentDatapoints.filter((one) => typeof one === 'number'),
    }),
  });
}
