import { durationText } from '../duration';
import { defineGuard } from './guard';

const second = 1_000;
/** What was seen longer ago, in seconds, has to be looked at again. */
const freshFor = 60;

/** It must be sick now, as seen a moment ago, and have been so for long enough. */
export const evidenceGuard = defineGuard({
  name: 'evidence',
  when: 'unless a live read has just found it sick, and it has been so for the hold-down',
  enforces: ['holdDown'],
  needs: [],
  objections: ({ at, rule, memory }) => {
    const { sickSince, seenSickAt } = memory;
    if (seenSickAt === null || at - seenSickAt > freshFor * second) {
      return [`that it is sick was seen ${seenSickAt === null ? 'by no live read' : 'too long ago'}`];
    }
    const due = (sickSince ?? at) + rule.holdDownSeconds * second;
    // Clocks of two workers differ by some milliseconds.
    if (at >= due || rule.holdDownSeconds === 0) return [];
    const since = durationText(Math.round((at - (sickSince ?? at)) / second));
    return [
      { reason: `it has been sick for ${since}, and must be for ${durationText(rule.holdDownSeconds)}`, until: due },
    ];
  },
});
