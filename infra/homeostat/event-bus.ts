import { CfnEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { Deployment } from './deployment';

/** The bus that tells others what becomes of incidents. Only the functions may speak on it, so that what is heard there is true. */
export function createEventBus(scope: Construct, deployment: Deployment, speakers: readonly string[]): CfnEventBus {
  const { name, partition, account, region } = deployment;
  return new CfnEventBus(scope, 'Bus', {
    name,
    description: `State changes of incidents of ${name}`,
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'OnlyHomeostatSpeaks',
          Effect: 'Deny',
          Principal: '*',
          Action: 'events:PutEvents',
          Resource: `arn:${partition}:events:${region}:${account}:event-bus/${name}`,
          Condition: { ArnNotEquals: { 'aws:PrincipalArn': speakers } },
        },
      ],
    },
  });
}
