import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type CfnLogGroup, LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Deployment } from './deployment';
import type { EventRules } from './event-rules';

/** What the log group of the events is called; EventBridge writes to none that begins otherwise. */
export function eventLogName({ name }: Pick<Deployment, 'name'>): string {
  return `/aws/events/${name}`;
}

/** Keeps the events that the rules take where they can be read: an archive can only be replayed. `homeostat record` reads it. */
export class EventLog extends Construct {
  constructor(
    scope: Construct,
    id: string,
    deployment: Deployment,
    { rules, key, retention }: { readonly rules: EventRules; readonly key: IKey; readonly retention: RetentionDays },
  ) {
    super(scope, id);
    const { partition, account, region } = deployment;
    const logGroupName = eventLogName(deployment);
    const group = new LogGroup(this, 'Group', {
      logGroupName,
      encryptionKey: key,
      retention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const arn = `arn:${partition}:logs:${region}:${account}:log-group:${logGroupName}`;
    // The group's own policy: of those for a whole account there are only ten. The rules name the group, so it cannot name them.
    const resource = group.node.defaultChild as CfnLogGroup;
    resource.resourcePolicyDocument = new PolicyDocument({
      statements: [
        new PolicyStatement({
          sid: 'RulesMayWrite',
          principals: [
            new ServicePrincipal('events.amazonaws.com'),
            new ServicePrincipal('delivery.logs.amazonaws.com'),
          ],
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [`${arn}:*`],
        }),
      ],
    });
    for (const rule of rules.alsoSendTo({ id: 'log', arn })) {
      rule.addResourceDependency(resource);
      Validations.of(rule).acknowledge({
        id: 'Serverless-EventBusDLQ',
        reason:
          'The work queue has one. What does not reach the log is missing in a recording, and nothing is healed by it; as a dead letter it would be sent back and be taken twice.',
      });
    }
  }
}
