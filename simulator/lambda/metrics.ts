import type { Dimensions } from '../cloudwatch/metric';
import type { AliasState, FunctionState } from './function';

/** A metric's value from a moment on; undefined: no data comes. */
interface Change {
  readonly at: number;
  readonly value: number | undefined;
}

/** What Lambda measures of a function each minute. `room`: invocations that may run at one time. */
export function functionMetric(
  name: string,
  { Resource, ExecutedVersion }: Dimensions,
  found: FunctionState,
  room: number,
): number | undefined {
  const [called] = found.aliases;
  if (Resource !== undefined && Resource !== found.name && Resource !== idOf(found, called)) return undefined;
  if (found.demand === 0) return undefined;
  const ran = Math.min(found.demand, room);
  const share = ExecutedVersion === undefined ? 1 : shareOf(called, ExecutedVersion);
  if (share === 0) return undefined;
  switch (name) {
    case 'Invocations':
      return perMinute(ran * share);
    case 'Errors':
      return perMinute(ran * failingShare(found, called, ExecutedVersion));
    case 'Throttles':
      return perMinute(found.demand - ran);
    case 'ConcurrentExecutions':
      return ran;
    case 'Duration':
      return 1_000;
    default:
      return undefined;
  }
}

/** How invocations of one version by the name of an alias came and went: Lambda counts them apart. Undefined of anything else. */
export function versionHistory(
  name: string,
  { Resource, ExecutedVersion }: Dimensions,
  found: FunctionState,
  room: number,
): readonly Change[] | undefined {
  const [called] = found.aliases;
  const counts = name === 'Invocations' || name === 'Errors';
  if (!counts || !called || ExecutedVersion === undefined || Resource !== idOf(found, called)) return undefined;
  const fails = name === 'Invocations' || found.failing.includes(ExecutedVersion) ? 1 : 0;
  const value = perMinute(Math.min(found.demand, room) * fails);
  const led = called.led.map(({ version, at }) => ({ at, value: version === ExecutedVersion ? value : undefined }));
  return [{ at: 0, value: undefined }, ...led];
}

function idOf({ name }: FunctionState, alias: AliasState | undefined): string | undefined {
  return alias && `${name}:${alias.name}`;
}

/** How much of what an alias gets goes to that version. */
function shareOf(alias: AliasState | undefined, version: string): number {
  if (!alias) return version === '$LATEST' ? 1 : 0;
  const further = Object.values(alias.weights).reduce((sum, weight) => sum + weight, 0);
  return version === alias.version ? 1 - further : (alias.weights[version] ?? 0);
}

function failingShare({ failing }: FunctionState, alias: AliasState | undefined, version: string | undefined): number {
  return failing
    .filter((one) => version === undefined || one === version)
    .reduce((sum, one) => sum + shareOf(alias, one), 0);
}

function perMinute(atOnce: number): number {
  return Math.round(atOnce * 60);
}
