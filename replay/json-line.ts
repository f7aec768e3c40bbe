/** What became of one line of text: its JSON, or the column (from 1) of the first character that JSON can't have. */
export type JsonLine =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'broken'; readonly column: number; readonly message: string };

/** Reads one line of JSON Lines; never throws. */
export function readJsonLine(text: string): JsonLine {
  const fault = faultOf(text);
  if (fault === undefined) return { kind: 'json', value: JSON.parse(text) as unknown };
  const column = columnOf(text, fault);
  const found =
    column > text.length ? 'the line ends too early' : `${JSON.stringify(text.charAt(column - 1))} can't be here`;
  return { kind: 'broken', column, message: `the line is not JSON: ${found}; write one JSON object on each line` };
}

function faultOf(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const namesNoPlace = /^Unexpected token/;

/**
 * V8 says where most faults are, but not where an unexpected token is. That is the end of the shortest beginning of the
 * text that has the fault: up to there the beginning is only unfinished, and from there on all are as broken.
 */
function columnOf(text: string, fault: string): number {
  const position = /at position (\d+)/.exec(fault)?.[1];
  if (position !== undefined) return Number(position) + 1;
  if (!namesNoPlace.test(fault)) return text.length + 1;
  let sound = 0;
  let broken = text.length;
  while (broken - sound > 1) {
    const middle = Math.floor((sound + broken) / 2);
    if (namesNoPlace.test(faultOf(text.slice(0, middle)) ?? '')) broken = middle;
    else sound = middle;
  }
  return broken;
}
