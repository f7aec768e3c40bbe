import { plainText } from '../../signals/plain-text';

/** Bytes of a reason as JSON that the memory keeps, which is stored at every commit; the history has all of it. */
const reasonAtMost = 240;

/** The beginning of a reason that is too long. Letters of some languages take three bytes, and marks such as quotes two. */
export function inBrief(reason: string): string {
  const sizeOf = (text: string): number => new TextEncoder().encode(JSON.stringify(text)).length;
  let brief = plainText(reason, reasonAtMost);
  for (let most = brief.length; sizeOf(brief) > reasonAtMost; most = Math.floor(most * 0.9)) {
    brief = plainText(reason, most);
  }
  return brief;
}
