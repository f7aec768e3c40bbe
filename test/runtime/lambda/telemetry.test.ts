import { isPrintable } from '../../../signals/plain-text';
import { telemetryTo } from '../../../runtime/lambda/telemetry';

const at = Date.parse('2026-03-01T12:00:00Z');

function written(tell: (telemetry: ReturnType<typeof telemetryTo>) => void): string[] {
  const lines: string[] = [];
  tell(
    telemetryTo(
      (line) => lines.push(line),
      'homeostat',
      () => at,
    ),
  );
  return lines;
}

describe('a line of the log', () => {
  it('is one line of JSON', () => {
    const lines = written(({ log }) => {
      log('info', 'decided', { incident: 'inc-1', revision: 7, left: undefined });
    });
    expect(lines).toEqual([
      '{"incident":"inc-1","revision":7,"level":"info","message":"decided","timestamp":"2026-03-01T12:00:00.000Z","service":"homeostat"}\n',
    ]);
  });

  it('cannot be made two by what an event says, nor be given another level', () => {
    const [line, ...more] = written(({ log }) => {
      log('warn', 'given back', { reason: 'a\n{"level":"error"}\u001b[31m', level: 'error' });
    });
    expect(more).toEqual([]);
    expect(JSON.parse(line!)).toMatchObject({ level: 'warn', reason: 'a {"level":"error"}' });
    expect(isPrintable(line!.trimEnd())).toBe(true);
  });
});

it('a metric is in the embedded format of CloudWatch, by deployment', () => {
  const [line] = written(({ count }) => {
    count('LostTimers', 3);
  });
  expect(JSON.parse(line!)).toEqual({
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: [
        { Namespace: 'Homeostat', Dimensions: [['Deployment']], Metrics: [{ Name: 'LostTimers', Unit: 'Count' }] },
      ],
    },
    Deployment: 'homeostat',
    LostTimers: 3,
  });
});
