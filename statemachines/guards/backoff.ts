import { durationText } from '../duration';
import { defineGuard } from './guard';

const second = 1_000;
/** No attempt waits longer than this, in seconds. */
const longest = 30 * 60;

/** The share that an incident adds to a wait, from 0 up to a quarter: the same each time it asks, and another for each incident. */
export function jitterOf(incident: string): number {
  let hash = 0;
  for (const letter of incident) hash = (hash * 31 + letter.charCodeAt(0)) % 1_000;
  return hash / 4_000;
}

/** Seconds between the last attempt on a sickness and the next: twice as long after each. */
export function backoffSeconds(base: number, attempts: number, incident: string): number {
  if (attempts === 0) return 0;
  return Math.round(Math.min(base * 2 ** (attempts - 1), longest) * (1 + jitterOf(incident)));
}

/** Attempts on one sickness keep a growing distance, also over several incidents. */
export const backoffGuard = defineGuard({
  name: 'backoff',
  when: 'too soon after the last attempt on the same sickness',
  enforces: ['limits.backoff'],
  needs: [],
  objections: ({ at, incident, rule, memory }) => {
    const { lastStartAt, starts, spent } = memory;
    if (lastStartAt === null) return [];
    const until = lastStartAt + backoffSeconds(rule.limits.backoffSeconds, starts + spent, incident) * second;
    // What is no number is no time that has come.
    if (at >= until) return [];
    const ago = durationText(Math.round((at - lastStartAt) / second));
    const after = durationText(Math.round((until - lastStartAt) / second));
    return [{ reason: `the last attempt began ${ago} ago, and the next may after ${after}`, until }];
  },
});
