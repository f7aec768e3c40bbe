import type { Calls } from '../aws';
import { latestValues } from '../latest-values';
import type { FileSystem } from './file-system';

const mebibyte = 1024 ** 2;
const day = 24 * 60 * 60_000;

/** Share of what it has without credits from which on more would help. */
const heldBack = 0.8;
/** Share of what it may move from which on it counts as throttled: averages of a minute hardly come to all of it. */
const throttled = 0.95;

/** What a file system moves and may move, in MiB/s as EFS meters them: reads count for a third. */
export interface Throughput {
  readonly used: number;
  /** With the credits that it has. */
  readonly permitted: number;
}

/** Its throughput in the last minute that CloudWatch knows; undefined where CloudWatch is silent. */
export async function readThroughput(
  { id }: FileSystem,
  aws: Calls<'cloudwatch:GetMetricData'>,
): Promise<Throughput | undefined> {
  const named = (name: string) => ({ namespace: 'AWS/EFS', name, dimensions: { FileSystemId: id } });
  const [bytes] = await latestValues([named('MeteredIOBytes')], 'Sum', aws);
  const [permitted] = await latestValues([named('PermittedThroughput')], 'Average', aws);
  if (bytes === undefined || permitted === undefined) return undefined;
  return { used: rounded(bytes / 60 / mebibyte), permitted: rounded(permitted / mebibyte) };
}

/** Minutes of a day for which it must have moved so much that it counts as what is needed: one busy minute is no need. */
const busyMinutes = 15;

/** MiB/s that it moved, or more, for a quarter of an hour of the last day: what is needed, where credits have lasted until now. */
export async function readDemand({ id }: FileSystem, aws: Calls<'cloudwatch:GetMetricData'>): Promise<number> {
  const { MetricDataResults: [moved] = [] } = await aws.cloudwatch.getMetricData({
    StartTime: new Date(aws.now() - day),
    EndTime: new Date(aws.now()),
    MetricDataQueries: [
      {
        Id: 'moved',
        MetricStat: {
          Metric: {
            Namespace: 'AWS/EFS',
            MetricName: 'MeteredIOBytes',
            Dimensions: [{ Name: 'FileSystemId', Value: id }],
          },
          Period: 60,
          Stat: 'Sum',
        },
      },
    ],
  });
  const minutes = [...(moved?.Values ?? [])].sort((some, other) => other - some);
  return rounded((minutes[busyMinutes - 1] ?? 0) / 60 / mebibyte);
}

/** MiB/s that it has for good: its credits do not count. Undefined of one that takes what it needs. */
export function lastingThroughput({ mode, provisioned = 0, baseline }: FileSystem): number | undefined {
  if (mode === 'elastic') return undefined;
  return rounded(mode === 'provisioned' ? Math.max(provisioned, baseline) : baseline);
}

/** Whether so much of what there is, is used that more would help. Operations have a limit of their own, which this is not. */
export function isHeldBack(used: number, of: number): boolean {
  return used >= of * heldBack;
}

/** Whether it moves all that it may. */
export function isThrottled({ used, permitted }: Throughput): boolean {
  return used >= permitted * throttled;
}

/** To tenths: CloudWatch's averages have more digits than anybody reads. */
function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
