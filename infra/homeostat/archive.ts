import { CfnArchive } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { Deployment } from './deployment';
import { rulePatterns, unionOf } from './rule-patterns';

/** Keeps the events that the rules take, so that a decision can be replayed and looked into. */
export function createArchive(scope: Construct, deployment: Deployment, retentionDays: number): CfnArchive {
  const { name, partition, account, region } = deployment;
  return new CfnArchive(scope, 'Archive', {
    archiveName: `${name}-events`,
    description: `Events that the rules of Homeostat ${name} take`,
    sourceArn: `arn:${partition}:events:${region}:${account}:event-bus/default`,
    eventPattern: unionOf(rulePatterns(deployment).map(({ pattern }) => pattern)),
    retentionDays,
  });
}
