import { EC2Client, RebootInstancesCommand } from '@aws-sdk/client-ec2';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';

interface Alarm {
  readonly detail: {
    readonly configuration: {
      readonly metrics: readonly {
        readonly metricStat: { readonly metric: { readonly dimensions: { InstanceId: string } } };
      }[];
    };
  };
}

const ec2 = new EC2Client({});

/** What Homeostat is measured against: reboots the instance of each alarm, and knows nothing else. */
export async function work({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  for (const { body } of Records) {
    const { metrics } = (JSON.parse(body) as Alarm).detail.configuration;
    const InstanceIds = metrics.map(({ metricStat }) => metricStat.metric.dimensions.InstanceId);
    await ec2.send(new RebootInstancesCommand({ InstanceIds }));
  }
  return { batchItemFailures: [] };
}
