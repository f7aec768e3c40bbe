import type { Line } from '../../proof/journal';
import { plainText } from '../../signals/plain-text';

/** Characters of a line's text that are shown, unless all is. */
const widest = 150;
/** Lines at the begin and at the end of a long timeline. */
const shown = { first: 25, last: 50 };
/** A line of a worker that names no incident belongs to what the same worker does within this of it. */
const besideWithin = 5_000;

const incidents = (text: string): readonly string[] => text.match(/inc-[0-9a-f]{12}/g) ?? [];

/** What happened, for a person to read: the time of day, who, and what. Long ones are cut in the middle, unless `isFull`. */
export function timelineText(lines: readonly Line[], isFull: boolean): string {
  const folded = repeatsFolded(lines);
  const cut = folded.length - shown.first - shown.last;
  const all = folded.map((line) => lineText(line, isFull));
  if (isFull || cut <= 1) return all.join('\n');
  return [
    ...all.slice(0, shown.first),
    `  …         ${cut} lines are left out here: --full shows them`,
    ...all.slice(-shown.last),
  ].join('\n');
}

/** The lines that tell of the incidents that a text names, and of what goes on around them; all, where it names none. */
export function linesAbout(text: string, lines: readonly Line[]): readonly Line[] {
  const named = new Set(incidents(text));
  if (named.size === 0) return lines;
  const concerns = (line: Line): boolean => incidents(line.text).some((id) => named.has(id));
  const sick = new Set(
    lines.flatMap(({ text: what }) => (concerns({ at: 0, who: '', text: what }) ? namesIn(what) : [])),
  );
  return lines.filter((line, index) => {
    if (incidents(line.text).length > 0) return concerns(line);
    if (['operators', 'invariant'].includes(line.who)) return true;
    if (line.who === 'the world')
      return namesIn(line.text).some((name) => sick.has(name)) || !line.text.includes('sick');
    return isBeside(lines, index, concerns);
  });
}

/** Resources that a line names, as far as a trial has them. */
const namesIn = (text: string): readonly string[] =>
  text.match(/\bi-0[abc]\d{15}\b|\borders\b|\bledger(-[abc])?\b/g) ?? [];

/** Whether the nearest line of the same worker that names an incident concerns one of those, and is near. */
function isBeside(lines: readonly Line[], index: number, concerns: (line: Line) => boolean): boolean {
  const here = lines[index];
  if (!here) return false;
  const isNear = ({ at }: Line): boolean => Math.abs(at - here.at) <= besideWithin;
  for (const step of [1, -1]) {
    for (let next = index + step; ; next += step) {
      const line = lines[next];
      if (!line || !isNear(line)) break;
      if (line.who === here.who && incidents(line.text).length > 0) return concerns(line);
    }
  }
  return false;
}

interface Folded extends Line {
  readonly times: number;
}

/** Lines that say the same of the same, one after the other, as one. */
function repeatsFolded(lines: readonly Line[]): readonly Folded[] {
  const folded: Folded[] = [];
  for (const line of lines) {
    const last = folded.at(-1);
    if (last?.who === line.who && last.text === line.text)
      folded[folded.length - 1] = { ...last, times: last.times + 1 };
    else folded.push({ ...line, times: 1 });
  }
  return folded;
}

function lineText({ at, who, text, times }: Folded, isFull: boolean): string {
  const time = new Date(at).toISOString().slice(8, 19).replace('T', ' ');
  const what = plainText(text, isFull ? Number.MAX_SAFE_INTEGER : widest);
  return `  ${time}  ${who.padEnd(11)}  ${what}${times > 1 ? ` (${times} times)` : ''}`;
}
