import { plainText } from '../../signals/plain-text';

/** Bytes of a reason as JSON that the memory keeps, which is stored at every commit; the history has all of it. */
const reasonAtMost = 200;

/** The same of who has agreed: long enough for the id of a role and the name of its session. */
const nameAtMost = 100;

/** Who it was, as the memory keeps it. */
export const nameInBrief = (by: string): string => inBrief(by, nameAtMost);

/** The beginning of a reason that is too long. Letters of some languages take three bytes, and marks such as quotes two. */
export function inBrief(reason: string, atMost: number = reasonAtMost): string {
  const sizeOf = (text: string): number => new TextEncoder().encode(JSON.stringify(text)).length;
  let brief = plainText(reason, atMost);
  for (let most = brief.length; sizeOf(brief) > atMost; most = Math.floor(most * 0.9)) {
    brief = plainText(reason, most);
  }
  return brief;
}
