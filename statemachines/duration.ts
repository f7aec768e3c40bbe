const unitSeconds = { d: 86_400, h: 3_600, m: 60, s: 1 } as const;

/** A duration as people write it: whole days, hours, minutes and seconds in that order, such as `2m`, `1h30m` or `0s`. */
export const durationPattern = /^(?=\d)(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s)?$/;

/** Seconds of a duration as people write it; undefined for any other text. */
export function parseDuration(text: string): number | undefined {
  const match = durationPattern.exec(text);
  if (!match) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((digits) => Number(digits || 0));
  return days * unitSeconds.d + hours * unitSeconds.h + minutes * unitSeconds.m + seconds;
}

/** The shortest text that `parseDuration` reads as so many whole seconds. */
export function durationText(seconds: number): string {
  let rest = seconds;
  let text = '';
  for (const [unit, size] of Object.entries(unitSeconds)) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text || '0s';
}
