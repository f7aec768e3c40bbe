import { createHash } from 'node:crypto';
import { resourceKey, type Resource } from '../signals/signal';
import { machineId } from '../statemachines/incident';

/**
 * What a person approves: changes with any part of a plan, with what it touches, with what would be lost for good and with the
 * machine that acts on it, but not with the order in which keys, resources or losses happen to be named. 32 hexadecimal digits.
 */
export function planHashOf(
  remediation: string,
  plan: unknown,
  touches: readonly Resource[],
  destroys: readonly string[] = [],
): string {
  const lost = destroys.length > 0 && { destroys: [...destroys].sort() };
  const text = JSON.stringify(
    { machine: machineId, remediation, plan, touches: touches.map(resourceKey).sort(), ...lost },
    sorted,
  );
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
