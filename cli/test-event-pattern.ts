import type { Command } from 'commander';
import { z } from 'zod';
import { readJsonLine } from '../replay/json-line';
import { linesOf } from '../replay/text-lines';
import { matchesPattern, parseEventPattern } from '../signals/event-pattern';

/** Whether the pattern matches the event, or that AWS would refuse the pattern. Written as `match` is in the file. */
export type Verdict = boolean | 'invalid';

export interface TestedLine {
  readonly kind: 'tested';
  /** Counted from 1, blank lines too. */
  readonly line: number;
  readonly got: Verdict;
  /** The line's own `match`, when it has one. */
  readonly expected?: Verdict;
  /** Why the pattern is invalid. */
  readonly reason?: string;
}

export interface UnreadLine {
  readonly kind: 'unread';
  readonly file: string;
  readonly line: number;
  /** Counted from 1; of a line that is not JSON. */
  readonly column?: number;
  readonly message: string;
}

const needed = 'write {"pattern": {…}, "event": {…}}';
const testCase = z.object({
  pattern: z.unknown().refine((pattern) => pattern !== undefined, { error: `the line has no "pattern"; ${needed}` }),
  event: z.looseObject({}, { error: `the line's "event" is not an object; ${needed}` }),
  match: z
    .union([z.boolean(), z.literal('invalid')], { error: 'the line\'s "match" is none of true, false and "invalid"' })
    .optional(),
});

/** Tests each line's pattern against its event, in order and as the lines come. Blank lines are passed over. */
export async function* testEventPattern(
  lines: AsyncIterable<string>,
  file: string,
): AsyncGenerator<TestedLine | UnreadLine> {
  let line = 0;
  for await (const text of lines) {
    line += 1;
    if (text.trim() !== '') yield testLine(text, file, line);
  }
}

function testLine(text: string, file: string, line: number): TestedLine | UnreadLine {
  const read = readJsonLine(text);
  if (read.kind === 'broken') return { kind: 'unread', file, line, column: read.column, message: read.message };
  const checked = testCase.safeParse(read.value);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const message =
      issue === undefined || issue.path.length === 0 ? `the line is not an object; ${needed}` : issue.message;
    return { kind: 'unread', file, line, message };
  }
  const { match } = checked.data;
  const given = match === undefined ? {} : { expected: match };
  const parsed = parseEventPattern(checked.data.pattern);
  if (parsed.kind === 'invalid') return { kind: 'tested', line, got: 'invalid', reason: parsed.reason, ...given };
  return { kind: 'tested', line, got: matchesPattern(parsed.pattern, checked.data.event), ...given };
}

/** The object that `--json` prints. */
interface Tally {
  lines: number;
  true: number;
  false: number;
  invalid: number;
  readonly disagreements: { readonly line: number; readonly expected: Verdict; readonly got: Verdict }[];
  readonly errors: Omit<UnreadLine, 'kind'>[];
}

/** Adds `homeostat test-event-pattern FILE`. It waits for the file: run the program with `parseAsync`. */
export function registerTestEventPattern(program: Command): void {
  program
    .command('test-event-pattern')
    .description("say for each line {pattern, event} whether the pattern matches the event, by EventBridge's rules")
    .argument('<file>', 'JSON Lines; a line may carry "match": true, false or "invalid" to be compared')
    .option('--json', 'print one JSON object: counts, disagreements and errors')
    .action(async (file: string, { json = false }: { json?: boolean }) => {
      process.exitCode = await run(file, json);
    });
}

/** Status: 0 all read and agreed, 1 some line could not be read or disagreed, 2 the file can't be read. */
async function run(file: string, json: boolean): Promise<0 | 1 | 2> {
  const tally: Tally = { lines: 0, true: 0, false: 0, invalid: 0, disagreements: [], errors: [] };
  try {
    for await (const result of testEventPattern(linesOf(file), file)) {
      count(tally, result);
      if (!json) print(file, result);
    }
  } catch (error) {
    if (!isFileFault(error)) throw error;
    console.error(`${file} can't be read (${error.code}): name a JSON Lines file of {"pattern", "event"}`);
    return 2;
  }
  if (json) console.log(JSON.stringify(tally, null, 2));
  return tally.disagreements.length + tally.errors.length > 0 ? 1 : 0;
}

function count(tally: Tally, result: TestedLine | UnreadLine): void {
  tally.lines += 1;
  if (result.kind === 'unread') {
    const { line, column, message } = result;
    tally.errors.push({ file: result.file, line, ...(column !== undefined && { column }), message });
    return;
  }
  const { line, got, expected } = result;
  tally[String(got) as `${Verdict}`] += 1;
  if (expected !== undefined && expected !== got) tally.disagreements.push({ line, expected, got });
}

function print(file: string, result: TestedLine | UnreadLine): void {
  if (result.kind === 'unread') {
    const column = result.column === undefined ? '' : `:${result.column}`;
    console.error(`${file}:${result.line}${column}: error: ${result.message}`);
    return;
  }
  const { line, got, expected, reason } = result;
  console.log(String(got));
  const why = reason === undefined ? '' : `; ${reason}`;
  if (expected === undefined && reason !== undefined) console.error(`${file}:${line}: invalid pattern${why}`);
  if (expected !== undefined && expected !== got) {
    console.error(`${file}:${line}: the line says ${String(expected)}, we say ${String(got)}${why}`);
  }
}

/** Not by `instanceof`: the file system's errors come from outside the realm that a test runs in. */
function isFileFault(error: unknown): error is { readonly code: string } {
  return (
    typeof error === 'object' &&
    error !== null &&
    'syscall' in error &&
    'code' in error &&
    typeof error.code === 'string'
  );
}
