import { sources } from '../../signals/index';
import type { Source } from '../../signals/source';
import type { Policy } from '../policy';
import { startedRungs } from './used-rungs';

/** Sources whose events can matter to the policy. Each has an event rule that is named after it. */
export function heardSources(policy: Policy): readonly Source[] {
  return sources.filter((source) => matters(source, policy));
}

/** Progress is worth hearing where something may have been started; sickness, where a rule is on it. */
function matters({ tells, tellsProgress }: Source, policy: Policy): boolean {
  const wanted = new Set(policy.rules.flatMap(({ on }) => on));
  if (tells === 'any') return wanted.size > 0;
  return tells.some((condition) => wanted.has(condition)) || (tellsProgress && startedRungs(policy).length > 0);
}

/** What the event rule of one of the operator's mappings is called, by its place in the policy. */
export function mappingName(index: number): string {
  return `mapping-${index + 1}`;
}
