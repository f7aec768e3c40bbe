import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { registerTestEventPattern, testEventPattern } from '../../cli/test-event-pattern';

const pattern = { source: ['aws.ec2'] };
const matching = { pattern, event: { source: 'aws.ec2' } };
const missing = { pattern, event: { source: 'aws.rds' } };
const invalid = { pattern: { source: 'aws.ec2' }, event: { source: 'aws.ec2' } };

const text = (...lines: readonly unknown[]): string =>
  lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');

interface Ran {
  readonly out: string[];
  readonly err: string[];
  readonly status: unknown;
}

describe('homeostat test-event-pattern', () => {
  const folder = mkdtempSync(join(tmpdir(), 'homeostat-'));
  const file = join(folder, 'cases.jsonl');

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  async function run(content: string | undefined, ...options: readonly string[]): Promise<Ran> {
    const name = content === undefined ? join(folder, 'absent.jsonl') : file;
    if (content !== undefined) writeFileSync(file, content);
    const out = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    const err = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const before = process.exitCode;
    try {
      const program = new Command();
      registerTestEventPattern(program);
      await program.parseAsync(['node', 'homeostat', 'test-event-pattern', name, ...options]);
      const linesOf = (spy: jest.SpyInstance): string[] => spy.mock.calls.map(([line]) => String(line));
      return { out: linesOf(out), err: linesOf(err), status: process.exitCode };
    } finally {
      process.exitCode = before;
      out.mockRestore();
      err.mockRestore();
    }
  }

  it('prints the verdict on each line, in order', async () => {
    const ran = await run(text({ ...matching, match: true }, missing, { ...invalid, match: 'invalid' }));
    expect(ran).toEqual({ out: ['true', 'false', 'invalid'], err: [], status: 0 });
  });

  it('says why a pattern is invalid when the line does not expect it', async () => {
    const ran = await run(text(invalid));
    expect(ran).toMatchObject({ out: ['invalid'], status: 0 });
    expect(ran.err).toEqual([`${file}:1: invalid pattern; source: is "aws.ec2"; write it in a list: ["aws.ec2"]`]);
  });

  it('names the line and both verdicts where it disagrees', async () => {
    const ran = await run(text(matching, '', { ...missing, match: true }));
    expect(ran).toEqual({ out: ['true', 'false'], err: [`${file}:3: the line says true, we say false`], status: 1 });
  });

  it.each([
    ['{"pattern": {"a": [b]}}', 20],
    ['{"pattern": {}, }', 17],
    ['{"pattern": {}', 15],
    ['truth', 4],
    ['{} {}', 4],
    ['x', 1],
  ])('names file, line and column of what is not JSON: %s', async (broken, column) => {
    const ran = await run(text(matching, broken, missing));
    expect(ran).toMatchObject({ out: ['true', 'false'], status: 1 });
    expect(ran.err).toHaveLength(1);
    expect(ran.err[0]).toContain(`${file}:2:${column}: error: the line is not JSON`);
  });

  it.each([
    [[1], 'the line is not an object'],
    [{ event: {} }, 'the line has no "pattern"'],
    [{ pattern }, 'the line\'s "event" is not an object'],
    [{ ...matching, match: 'yes' }, 'the line\'s "match" is none of true, false and "invalid"'],
  ])('names the line that is JSON but no case: %j', async (line, message) => {
    const ran = await run(text(line));
    expect(ran).toMatchObject({ out: [], status: 1 });
    expect(ran.err[0]).toContain(`${file}:1: error: ${message}`);
  });

  it('adds up in one object with --json', async () => {
    const ran = await run(text(matching, { ...missing, match: 'invalid' }, invalid, '{'), '--json');
    expect(ran).toMatchObject({ err: [], status: 1 });
    expect(JSON.parse(ran.out.join('\n'))).toEqual({
      lines: 4,
      true: 1,
      false: 1,
      invalid: 1,
      disagreements: [{ line: 2, expected: 'invalid', got: false }],
      errors: [
        {
          file,
          line: 4,
          column: 2,
          message: 'the line is not JSON: the line ends too early; write one JSON object on each line',
        },
      ],
    });
  });

  it('ends with status 2 when there is no such file', async () => {
    const ran = await run(undefined);
    expect(ran).toMatchObject({ out: [], status: 2 });
    expect(ran.err.join()).toContain("absent.jsonl can't be read (ENOENT)");
  });

  it('reads a file with a byte order mark, line ends of Windows, U+2028 in a text and no last line feed', async () => {
    const odd = { pattern: { a: ['x\u2028y'] }, event: { a: 'x\u2028y' }, match: true };
    const ran = await run(`\uFEFF${JSON.stringify(matching)}\r\n${JSON.stringify(odd)}`);
    expect(ran).toEqual({ out: ['true', 'true'], err: [], status: 0 });
  });

  it('yields each verdict as its line comes', async () => {
    let asked = 0;
    async function* lines(): AsyncGenerator<string> {
      for (const line of [matching, missing]) {
        asked += 1;
        yield JSON.stringify(line);
      }
    }
    const results = testEventPattern(lines(), 'cases.jsonl');
    expect(await results.next()).toMatchObject({ value: { kind: 'tested', line: 1, got: true } });
    expect(asked).toBe(1);
  });
});
