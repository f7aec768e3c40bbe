import type { Hunt } from '../../proof/mutations';
import { numbered } from '../incident-text';
import { tableText } from '../table-text';

/** Which planted bug was found by what, and what was not. */
export function mutationsText(hunts: readonly Hunt[], atMost: number, seconds: number): string {
  const rows = hunts.map(({ mutation: { name, what }, found }) => ({
    mutation: name,
    'the bug': what,
    'found by': found?.invariant ?? 'NOTHING',
    seed: found ? `${found.seed}`.padStart(4) : '',
    after: found ? `${found.after}`.padStart(5) : '',
  }));
  const missed = hunts.filter(({ found }) => !found);
  return [
    tableText(rows),
    '',
    ...missed.map(missedText),
    missed.length === 0
      ? `All ${hunts.length} planted bugs were found within ${numbered(atMost, 'seed')}, in ${seconds.toFixed(0)} s.`
      : `NOT FOUND within ${numbered(atMost, 'seed')}: ${missed.length} of ${hunts.length} planted bugs, in ${seconds.toFixed(0)} s.`,
  ].join('\n');
}

/** What a bug that was not found has broken besides: then its list of invariants may be what is wrong. */
function missedText({ mutation: { name, file, breaks }, besides }: Hunt): string {
  const others = besides.map(({ invariant, what, seed }) => `  ${invariant} at seed ${seed}: ${what}`);
  return [`${name} (${file}) was to break ${breaks.join(' or ')}.`, ...others].join('\n');
}
