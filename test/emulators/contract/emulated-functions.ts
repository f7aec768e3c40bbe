import { IAM } from '@aws-sdk/client-iam';
import type { Lambda } from '@aws-sdk/client-lambda';
import { SQS } from '@aws-sdk/client-sqs';
import type { clientSettings } from '../endpoints';
import type { Builders } from './place';

/** An archive of one file with one letter in it, so that each is another. */
function archiveOf(letter: string): Buffer {
  const name = Buffer.from('index.js');
  const sum = { a: 'e8b7be43', b: '71beeff9' }[letter] ?? '';
  const crc = Buffer.from(sum, 'hex').reverse();
  const sizes = Buffer.from('0100000001000000', 'hex');
  const shared = Buffer.concat([Buffer.from('14000000000000000000', 'hex'), crc, sizes, Buffer.from([name.length, 0])]);
  const local = Buffer.concat([Buffer.from('504b0304', 'hex'), shared, Buffer.alloc(2), name, Buffer.from(letter)]);
  const central = Buffer.concat([Buffer.from('504b01021400', 'hex'), shared, Buffer.alloc(16), name]);
  const end = Buffer.alloc(22);
  end.write('504b0506', 'hex');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

/** Makes functions that are published, and what brings them records, with SDK calls. */
export function functionBuilders(
  lambda: Lambda,
  settings: ReturnType<typeof clientSettings>,
  account: string,
): Pick<Builders, 'deployedFunction' | 'eventSourceMapping'> {
  const FunctionName = 'checkout';
  const make = async (Tags: Readonly<Record<string, string>> = {}): Promise<void> => {
    const Statement = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
    await new IAM(settings).createRole({
      RoleName: FunctionName,
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
    });
    await lambda.createFunction({
      FunctionName,
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Role: `arn:aws:iam::${account}:role/${FunctionName}`,
      Code: { ZipFile: archiveOf('a') },
      Publish: true,
      Tags,
    });
  };
  return {
    async deployedFunction() {
      await make();
      await lambda.updateFunctionCode({ FunctionName, ZipFile: archiveOf('b'), Publish: true });
      await lambda.createAlias({ FunctionName, Name: 'live', FunctionVersion: '2' });
    },
    async eventSourceMapping(Tags = {}) {
      await make(Tags);
      await new SQS({ ...settings, useQueueUrlAsEndpoint: false }).createQueue({ QueueName: 'orders' });
      const EventSourceArn = `arn:aws:sqs:${settings.region}:${account}:orders`;
      const { UUID = '' } = await lambda.createEventSourceMapping({ FunctionName, EventSourceArn, Tags });
      return UUID;
    },
  };
}
