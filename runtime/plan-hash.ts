import { createHash } from 'node:crypto';
import { resourceKey, type Resource } from '../signals/signal';

/**
 * What a person approves: changes with any part of a plan and with what it touches, but not with the order in which keys or
 * resources happen to be named. 32 hexadecimal digits.
 */
export function planHashOf(remediation: string, plan: unknown, touches: readonly Resource[]): string {
  const text = JSON.stringify({ remediation, plan, touches: touches.map(resourceKey).sort() }, sorted);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
