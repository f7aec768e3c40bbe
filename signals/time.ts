import type { EpochMillis } from './signal';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `2019-10-02T17:04:40.989+0000` of alarms and `2015-11-11T21:29:54Z` of envelopes; the offset is never left out. */
const iso = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):?(\d\d))$/;

/** `Tue, 7 Feb 2017 00:55:52 GMT` of AWS Health, whose weekdays are not always right and so are not looked at. */
const rfc1123 = /^[A-Z][a-z]{2}, (\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT$/;

/** Reads ISO 8601 with an offset, or RFC 1123. Undefined for anything else, such as a placeholder or a 13th month. */
export function parseTime(text: string): EpochMillis | undefined {
  const fromIso = iso.exec(text);
  if (fromIso) {
    const [, year, month, day, hour, minute, second, fraction = '0', sign, offsetHours = '0', offsetMinutes = '0'] =
      fromIso;
    const local = instant([year, month, day, hour, minute, second]);
    const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000;
    if (local === undefined || offset > 14 * 3_600_000) return undefined;
    return local + Math.floor(Number(`0.${fraction}`) * 1000) - (sign === '-' ? -offset : offset);
  }
  const fromRfc = rfc1123.exec(text);
  if (fromRfc) {
    const [, day, month = '', year, hour, minute, second] = fromRfc;
    return instant([year, String(months.indexOf(month.toLowerCase()) + 1), day, hour, minute, second]);
  }
  return undefined;
}

/** Year, month, day, hour, minute, second: the least and the most of each. */
const ranges = [
  [1970, 9999],
  [1, 12],
  [1, 31],
  [0, 23],
  [0, 59],
  [0, 60],
] as const;

/** The instant in UTC; undefined where a part is out of its range. */
function instant(texts: readonly (string | undefined)[]): EpochMillis | undefined {
  const parts = texts.map(Number);
  if (!ranges.every(([least, most], index) => (parts[index] ?? NaN) >= least && (parts[index] ?? NaN) <= most)) {
    return undefined;
  }
  const [year = NaN, month = NaN, ...rest] = parts;
  // The 29th of February of a common year is the 1st of March: a sample of AWS has one.
  return Date.UTC(year, month - 1, ...rest);
}
