import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { matchesPattern, parseEventPattern } from '../../signals/event-pattern';

const recorded = join(__dirname, '../../../shared/data/event-pattern-cases.jsonl');

interface RecordedCase {
  readonly pattern: unknown;
  readonly event: object;
  readonly match: boolean | 'invalid';
}

function isRecordedCase(value: unknown): value is RecordedCase {
  return typeof value === 'object' && value !== null && 'pattern' in value && 'event' in value && 'match' in value;
}

function verdictOf(line: string): { readonly expected: unknown; readonly got: unknown } {
  const json: unknown = JSON.parse(line);
  if (!isRecordedCase(json)) throw new Error(`not a case: ${line}`);
  const parsed = parseEventPattern(json.pattern);
  const got = parsed.kind === 'invalid' ? 'invalid' : matchesPattern(parsed.pattern, json.event);
  return { expected: json.match, got };
}

const lines = existsSync(recorded) ? readFileSync(recorded, 'utf8').split('\n') : [];
const cases = lines.map((line, index) => ({ line, number: index + 1 })).filter(({ line }) => line.trim() !== '');

// One test for each 100 lines; none where the recording isn't at hand.
const hundreds = Array.from({ length: Math.ceil(cases.length / 100) }, (_, at) =>
  cases.slice(at * 100, at * 100 + 100),
);

describe("verdicts recorded from AWS's own matcher", () => {
  it('are compared where they are at hand', () => {
    expect(hundreds.flat()).toHaveLength(cases.length);
  });

  for (const some of hundreds) {
    it(`agree from line ${some[0]!.number}`, () => {
      const disagreements = some.map(({ line, number }) => ({ number, ...verdictOf(line) }));
      expect(disagreements.filter(({ expected, got }) => expected !== got)).toEqual([]);
    });
  }
});
