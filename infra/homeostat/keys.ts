import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Deployment } from './deployment';
import { eventLogName } from './event-log';

/** The one key of a deployment: table, queues, logs, alarm topic, the functions' environment. It outlives the stack, as the table does. */
export function createKey(scope: Construct, { name, partition, account, region }: Deployment): Key {
  const key = new Key(scope, 'Key', {
    alias: name,
    description: `Homeostat ${name}: incidents, queues, logs`,
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  // Which rule and which alarm may send is said by the queues' and the topic's own policies. A condition on the source is not
  // passed on to the key by every service, and where it is not, events are lost without a word.
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'DeliverEncrypted',
      principals: [new ServicePrincipal('events.amazonaws.com'), new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
    }),
  );
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'EncryptLogs',
      // The one service that is called otherwise in China.
      principals: [new ServicePrincipal(`logs.${region}.${Stack.of(scope).urlSuffix}`)],
      actions: [
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
        'kms:GenerateDataKey',
        'kms:GenerateDataKeyWithoutPlaintext',
        'kms:DescribeKey',
      ],
      resources: ['*'],
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': [`/aws/lambda/${name}-*`, eventLogName({ name })].map(
            (group) => `arn:${partition}:logs:${region}:${account}:log-group:${group}`,
          ),
        },
      },
    }),
  );
  return key;
}
