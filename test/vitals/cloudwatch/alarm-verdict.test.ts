import type { ComparisonOperator } from '@aws-sdk/client-cloudwatch';
import { judge, limitOf, type AlarmLimit } from '../../../vitals/cloudwatch/alarm-verdict';

/** `0` is well, `X` is sick, `-` is missing; the oldest first, as AWS's own documentation draws them. */
function pointsOf(drawn: string) {
  return drawn
    .split(' ')
    .flatMap((mark, place) => (mark === '-' ? [] : [{ at: place * 60_000, value: mark === 'X' ? 1 : 0 }]))
    .reverse();
}

function limit(datapointsToAlarm: number, missing: string): AlarmLimit {
  return { isBreaching: (value) => value > 0, evaluationPeriods: 3, datapointsToAlarm, missing };
}

const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
type Verdicts = readonly ('breaching' | 'notBreaching' | 'unknown')[];
const [yes, no, open] = ['breaching', 'notBreaching', 'unknown'] as const;

describe('an alarm is judged as the documentation of CloudWatch says', () => {
  it.each<[string, Verdicts]>([
    ['0 - X - X', [no, no, no, no]],
    ['0 - - - -', [no, no, no, no]],
    ['- - - - -', [open, open, yes, no]],
    ['0 X X - X', [yes, yes, yes, yes]],
    ['- - X - -', [yes, open, yes, no]],
    ['X X X 0 0 0', [no, no, no, no]],
  ])('where 3 of 3 must breach: %s', (drawn, verdicts) => {
    expect(treatments.map((missing) => judge(pointsOf(drawn), limit(3, missing)))).toEqual(verdicts);
  });

  it.each<[string, Verdicts]>([
    ['0 - X - X', [yes, yes, yes, yes]],
    ['0 0 X 0 X', [yes, yes, yes, yes]],
    ['0 - X - -', [no, no, yes, no]],
    ['- - - - 0', [no, no, yes, no]],
    ['- - - - X', [yes, open, yes, no]],
  ])('where 2 of 3 must breach: %s', (drawn, verdicts) => {
    expect(treatments.map((missing) => judge(pointsOf(drawn), limit(2, missing)))).toEqual(verdicts);
  });
});

describe('the limit of an alarm', () => {
  const alarm = { EvaluationPeriods: 3, Threshold: 5 };

  it.each<[ComparisonOperator, boolean[]]>([
    ['GreaterThanThreshold', [false, false, true]],
    ['GreaterThanOrEqualToThreshold', [false, true, true]],
    ['LessThanThreshold', [true, false, false]],
    ['LessThanOrEqualToThreshold', [true, true, false]],
  ])('by %s', (ComparisonOperator, breaching) => {
    const isBreaching = limitOf({ ...alarm, ComparisonOperator })?.isBreaching;
    expect([4, 5, 6].map((value) => isBreaching?.(value))).toEqual(breaching);
  });

  it('asks for all datapoints and calls missing data missing, unless it is told otherwise', () => {
    const plain = { ...alarm, ComparisonOperator: 'GreaterThanThreshold' } as const;
    expect(limitOf(plain)).toMatchObject({ datapointsToAlarm: 3, missing: 'missing' });
    const told = limitOf({ ...plain, DatapointsToAlarm: 2, TreatMissingData: 'ignore' });
    expect(told).toMatchObject({ datapointsToAlarm: 2, missing: 'ignore' });
  });

  it.each([
    ['a band', { ...alarm, ComparisonOperator: 'GreaterThanUpperThreshold' }],
    ['no threshold', { EvaluationPeriods: 3, ComparisonOperator: 'GreaterThanThreshold' }],
    ['no periods', { Threshold: 5, ComparisonOperator: 'GreaterThanThreshold' }],
    ['no comparison', alarm],
  ] as const)('is none with %s', (_what, told) => {
    expect(limitOf(told)).toBeUndefined();
  });
});
