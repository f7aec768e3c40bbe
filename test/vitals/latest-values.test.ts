import { latestValues } from '../../vitals/latest-values';
import { topicVitals } from '../../vitals/monitoring/topic-vitals';
import { bench, type Bench } from '../remediations/account';
import { answerWith } from '../remediations/attempt';
import { ordersPlaced } from '../remediations/monitoring/orders-placed';

const failed = {
  namespace: 'AWS/SNS',
  name: 'NumberOfNotificationsFailed',
  dimensions: { TopicName: 'orders-placed' },
};

function answering(result: object): Bench {
  const on = bench();
  answerWith(on, 'cloudwatch', 'GetMetricData', { MetricDataResults: [{ Id: 'of0', ...result }] });
  return on;
}

test('what CloudWatch is silent about is undefined, and the newest value is taken of a part of them', async () => {
  const silent = answering({ StatusCode: 'Complete', Values: [] });
  expect(await latestValues([failed], 'Sum', silent.aws)).toEqual([undefined]);
  const part = answering({ StatusCode: 'PartialData', Values: [7, 3] });
  expect(await latestValues([failed], 'Sum', part.aws)).toEqual([7]);
});

test.each(['InternalError', 'Forbidden'])(
  'what CloudWatch could not read (%s) is not taken for silence',
  async (StatusCode) => {
    const on = answering({ StatusCode, Values: [] });
    await expect(latestValues([failed], 'Sum', on.aws)).rejects.toThrow(
      `CloudWatch does not tell NumberOfNotificationsFailed: ${StatusCode}`,
    );
    await expect(topicVitals.health(ordersPlaced(on), 'topic-delivery-failing', on.aws)).resolves.toMatchObject({
      kind: 'unknown',
      detail: expect.stringMatching(StatusCode) as string,
    });
  },
);
