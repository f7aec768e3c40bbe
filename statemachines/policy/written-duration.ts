import { z } from 'zod';
import { durationPattern, durationText, parseDuration } from '../duration';

/** Seconds between two bounds, written as people write a duration. */
export const duration = (from: number, to: number, description: string): z.ZodType<number, string> =>
  z
    .string('write a duration with its unit, such as 90s, 2m, 1h30m or 2d')
    .regex(durationPattern, 'write a duration with its unit, such as 90s, 2m, 1h30m or 2d')
    .transform((text, context) => {
      const seconds = parseDuration(text) ?? 0;
      if (seconds >= from && seconds <= to) return seconds;
      context.addIssue(
        seconds < from
          ? `${text} is too short: at least ${durationText(from)}`
          : `${text} is too long: at most ${durationText(to)}`,
      );
      return z.NEVER;
    })
    .meta({ description });
