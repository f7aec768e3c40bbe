import { guards } from '../guards';
import type { Inspection } from './draft';
import type { Path } from './text';
import type { PathFault } from './wording';

/** Settings that the machine itself enforces: it starts no more than these allow. */
const enforcedByMachine = ['limits.attempts', 'limits.recursWithin'];

/** Whether something keeps to a setting, such as `limits.perHour`. */
function isEnforced(setting: string): boolean {
  return [...enforcedByMachine, ...guards.flatMap(({ enforces }) => enforces)].some(
    (enforced) => setting === enforced || setting.startsWith(`${enforced}.`),
  );
}

interface Named {
  readonly path: Path;
  readonly setting: string;
}

/** Every single limit in a part of a policy. */
function limitsIn(limits: unknown, path: Path, setting = 'limits'): readonly Named[] {
  if (typeof limits !== 'object' || limits === null || Array.isArray(limits)) return [{ path, setting }];
  return Object.entries(limits).flatMap(([key, value]) => limitsIn(value, [...path, key], `${setting}.${key}`));
}

/** A limit that nothing enforces is worse than none: its author relies on it. */
export const inspectEnforcement: Inspection = ({ limits, defaults, rules }) => {
  const named = [
    ...(limits ? limitsIn(limits, ['limits']) : []),
    ...(defaults.limits ? limitsIn(defaults.limits, ['defaults', 'limits']) : []),
    ...rules.flatMap((rule, index) => (rule.limits ? limitsIn(rule.limits, ['rules', index, 'limits']) : [])),
  ];
  const unenforced = named
    .filter(({ setting }) => !isEnforced(setting))
    .map(({ path, setting }): PathFault => ({ path, of: 'key', message: `nothing enforces ${setting}: take it out` }));
  const moot = rules.flatMap((rule, index): PathFault[] => {
    if (!rule.limits) return [];
    const { attempts } = rule.limits;
    if (rule.try.length === 0) {
      const message = 'nothing is ever started under this rule, so that its limits hold nothing back: take them out';
      return [{ path: ['rules', index, 'limits'], of: 'key', message }];
    }
    if (typeof attempts !== 'number' || attempts <= rule.try.length) return [];
    const message = `attempts: ${attempts} is more than the ${rule.try.length} that the ladder has, each of which is tried once: nothing ever comes to that limit`;
    return [{ path: ['rules', index, 'limits', 'attempts'], of: 'value', message }];
  });
  return [...unenforced, ...moot];
};
