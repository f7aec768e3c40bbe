import { InvalidArgumentError } from 'commander';
import type { EpochMillis } from '../../signals/signal';
import { parseTime } from '../../signals/time';

/** From `since`, which belongs to it, to `until`, which does not. */
export interface Period {
  readonly since: EpochMillis;
  readonly until: EpochMillis;
}

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const howWritten = 'write a time like 2026-03-01T10:00:00Z, a day like 2026-03-01, or how long ago, like 36h or 7d';

/** The instant that is meant by a time, a day (its beginning in UTC), or how long ago; throws for anything else. */
export function instantOf(text: string, now: EpochMillis): EpochMillis {
  const [, amount, unit = ''] = /^(\d{1,5})([mhdw])$/.exec(text) ?? [];
  if (amount !== undefined) return now - Number(amount) * (units[unit] ?? 0);
  const at = parseTime(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  if (at === undefined) throw new InvalidArgumentError(`"${text}" is no time: ${howWritten}.`);
  return at;
}

/** Takes what `instantOf` takes, as it was written. */
export function timeWritten(text: string): string {
  instantOf(text, 0);
  return text;
}

/** The period between two times as they were written. Throws for one that is empty or not over yet. */
export function periodOf(since: string, until: string | undefined, now: EpochMillis): Period {
  const period = { since: instantOf(since, now), until: until === undefined ? now : instantOf(until, now) };
  if (period.until > now)
    throw new Error(`--until ${until ?? ''} is yet to come: what happens until then is not there to be recorded`);
  if (period.since >= period.until)
    throw new Error(
      `the period is empty: --since ${since} is not before ${until === undefined ? 'now' : `--until ${until}`}`,
    );
  return period;
}

/** The day of an instant, in UTC: `2026-03-01`. */
export function dayOf(at: EpochMillis): string {
  return new Date(at).toISOString().slice(0, 10);
}
