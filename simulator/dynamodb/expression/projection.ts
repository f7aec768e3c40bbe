import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Row } from '../value';
import { parserOf } from './parsed';
import { readPaths, type Path, type Step } from './path';

export const parseProjection = parserOf(readPaths);

/** What is wanted below a step; undefined for all of it. */
type Wanted = Map<Step, Wanted | undefined>;

/** The row with nothing but what is at these paths. */
export function projected(row: Row, paths: readonly Path[]): Record<string, AttributeValue> {
  if (paths.every((path) => path.length === 1)) {
    const picked: Record<string, AttributeValue> = {};
    for (const [name] of paths) {
      const value = row[name as string];
      if (value) picked[name as string] = value;
    }
    return picked;
  }
  const wanted: Wanted = new Map();
  for (const path of paths) want(wanted, path);
  return pick({ M: row }, wanted)?.M ?? {};
}

function want(wanted: Wanted, [step, ...rest]: Path): void {
  if (step === undefined) return;
  if (rest.length === 0) {
    wanted.set(step, undefined);
    return;
  }
  const below: Wanted = wanted.get(step) ?? new Map<Step, Wanted | undefined>();
  want(below, rest);
  wanted.set(step, below);
}

function pick(value: AttributeValue, wanted: Wanted): AttributeValue | undefined {
  const steps = [...wanted].sort(([one], [other]) =>
    typeof one === 'number' && typeof other === 'number' ? one - other : 0,
  );
  const found = steps.flatMap(([step, below]) => {
    const at = typeof step === 'number' ? value.L?.[step] : value.M?.[step];
    const picked = at && (below ? pick(at, below) : at);
    return picked ? [[step, picked] as const] : [];
  });
  if (found.length === 0) return undefined;
  return value.L ? { L: found.map(([, picked]) => picked) } : { M: Object.fromEntries(found) };
}
