import type { Resource } from '../../signals/signal';
import type { Calls } from '../aws';
import { functionNameOf } from './function';

const minute = 60_000;

/** Minutes that are looked at. CloudWatch has a minute's sum a while after it. */
const minutes = 5;

/** The action of `readThrottled`. */
export const throttlingReads = ['cloudwatch:GetMetricData'] as const;

/** Invocations of a function or an alias that were turned away within the last minutes. Throws where CloudWatch does not tell. */
export async function readThrottled(
  resource: Pick<Resource, 'kind' | 'id'>,
  aws: Calls<(typeof throttlingReads)[number]>,
): Promise<number> {
  const now = Math.floor(aws.now() / minute) * minute;
  const { MetricDataResults: [result] = [] } = await aws.cloudwatch.getMetricData({
    StartTime: new Date(now - minutes * minute),
    EndTime: new Date(aws.now()),
    MetricDataQueries: [
      {
        Id: 'throttles',
        MetricStat: {
          Metric: { Namespace: 'AWS/Lambda', MetricName: 'Throttles', Dimensions: [...dimensionsOf(resource)] },
          Period: 60,
          Stat: 'Sum',
        },
      },
    ],
  });
  if (result?.StatusCode !== 'Complete') throw new Error(`CloudWatch does not tell how throttled ${resource.id} is`);
  return (result.Values ?? []).reduce((sum, value) => sum + value, 0);
}

/** What Lambda's metrics call it. */
export function dimensionsOf({
  kind,
  id,
}: Pick<Resource, 'kind' | 'id'>): readonly { readonly Name: string; readonly Value: string }[] {
  const FunctionName = { Name: 'FunctionName', Value: functionNameOf({ kind, id }) ?? '' };
  return kind === 'function-alias' ? [FunctionName, { Name: 'Resource', Value: id }] : [FunctionName];
}
