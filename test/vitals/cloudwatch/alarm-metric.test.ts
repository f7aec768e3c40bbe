import type { GetMetricDataCommandInput, GetMetricDataCommandOutput, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { readProof } from '../../../vitals/cloudwatch/alarm-metric';
import type { Calls } from '../../../vitals/aws';

const minute = 60_000;
const now = Date.parse('2026-11-21T02:00:30Z');
const thisMinute = Date.parse('2026-11-21T02:00:00Z');

const alarm: MetricAlarm = {
  Namespace: 'AWS/EC2',
  MetricName: 'CPUUtilization',
  Period: 60,
  Statistic: 'Average',
  EvaluationPeriods: 3,
  Threshold: 80,
  ComparisonOperator: 'GreaterThanThreshold',
};

type Answer = Partial<GetMetricDataCommandOutput>;

/** CloudWatch that gives these answers, page by page. */
function cloudwatch(...answers: (Answer | Error)[]) {
  const asked: GetMetricDataCommandInput[] = [];
  const aws: Calls<'cloudwatch:GetMetricData'> = {
    now: () => now,
    cloudwatch: {
      getMetricData: (async (input: GetMetricDataCommandInput) => {
        asked.push(input);
        const answer = answers[asked.length - 1] ?? {};
        if (answer instanceof Error) throw answer;
        return { $metadata: {}, ...answer };
      }) as Calls<'cloudwatch:GetMetricData'>['cloudwatch']['getMetricData'],
    },
  };
  return { aws, asked };
}

/** Values of the last minutes, the newest first. */
function values(...given: number[]): Answer {
  return {
    MetricDataResults: [
      {
        Id: 'watched',
        Label: 'CPUUtilization',
        StatusCode: 'Complete',
        Timestamps: given.map((_value, place) => new Date(thisMinute - (place + 1) * minute)),
        Values: given,
      },
    ],
  };
}

describe('the metric of an alarm', () => {
  it.each([
    ['breaching', 'its metric breaches', [90, 90, 90, 10]],
    ['notBreaching', 'its metric does not breach', [10, 10, 10, 10]],
    ['unknown', 'its metric has too little data', []],
  ] as const)('is %s', async (proof, because, given) => {
    expect(await readProof(alarm, cloudwatch(values(...given)).aws)).toEqual({ proof, because });
  });

  it('is asked for over the periods of the alarm and three more, up to this minute', async () => {
    const { aws, asked } = cloudwatch(values(1));
    await readProof({ ...alarm, Period: 300 }, aws);
    expect(asked).toMatchObject([
      {
        EndTime: new Date('2026-11-21T02:00:00Z'),
        StartTime: new Date('2026-11-21T01:30:00Z'),
        MetricDataQueries: [{ Id: 'watched', MetricStat: { Period: 300, Stat: 'Average' } }],
      },
    ]);
  });

  it('breaches too while only the minutes that still come in do not', async () => {
    expect(await readProof(alarm, cloudwatch(values(10, 10, 90, 90, 90)).aws)).toMatchObject({ proof: 'breaching' });
    expect(await readProof(alarm, cloudwatch(values(10, 10, 10, 90, 90)).aws)).toMatchObject({ proof: 'notBreaching' });
  });

  it('is read to the last page, whatever order the values come in', async () => {
    const { MetricDataResults: [first] = [] } = values(90, 90, 90);
    const pages = [2, 0, 1].map((place, index): Answer => ({
      MetricDataResults: [
        {
          ...first,
          StatusCode: index < 2 ? 'PartialData' : 'Complete',
          Timestamps: [first!.Timestamps![place]!],
          Values: [first!.Values![place]!],
        },
      ],
      ...(index < 2 && { NextToken: `page-${index}` }),
    }));
    const { aws, asked } = cloudwatch(...pages);
    expect(await readProof(alarm, aws)).toMatchObject({ proof: 'breaching' });
    expect(asked.map(({ NextToken }) => NextToken)).toEqual([undefined, 'page-0', 'page-1']);
  });

  it('counts nothing that is not a number', async () => {
    expect(await readProof(alarm, cloudwatch(values(NaN, Infinity)).aws)).toMatchObject({ proof: 'unknown' });
  });

  it.each<[string, Answer | Error, string]>([
    [
      'refused',
      Object.assign(new Error('no\nway'), { name: 'AccessDenied' }),
      'its metric could not be read: AccessDenied: no way',
    ],
    ['not answered', {}, 'its metric is not in the answer'],
    [
      'forbidden',
      { MetricDataResults: [{ Id: 'watched', StatusCode: 'Forbidden' }] },
      'not read to the end: Forbidden',
    ],
    [
      'cut short',
      { MetricDataResults: [{ Id: 'watched', StatusCode: 'PartialData' }] },
      'not read to the end: PartialData',
    ],
    [
      'more than one',
      { MetricDataResults: ['a', 'b'].map((Label) => ({ Id: 'watched', Label, StatusCode: 'Complete' as const })) },
      'more than one line of values',
    ],
  ])('proves nothing when it is %s', async (_what, answer, because) => {
    const proof = await readProof(alarm, cloudwatch(answer).aws);
    expect(proof).toEqual({ proof: 'unknown', because: expect.stringContaining(because) as string });
  });

  it.each<[string, MetricAlarm]>([
    ['a learned band', { ...alarm, ThresholdMetricId: 'ad1' }],
    ['a band above and below', { ...alarm, ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold' }],
    ['what customers write', { ...alarm, Namespace: 'Shop' }],
  ])('is not even asked for where it is %s', async (_what, told) => {
    const { aws, asked } = cloudwatch(values(90, 90, 90));
    expect(await readProof(told, aws)).toMatchObject({ proof: 'unknown' });
    expect(asked).toEqual([]);
  });
});
