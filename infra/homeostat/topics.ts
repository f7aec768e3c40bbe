import { Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Deployment } from './deployment';

/** The topic of the alarms about Homeostat itself. Apart from those of the policy, since what fails may be the way to them. */
export function createSelfTopic(
  scope: Construct,
  { name, partition, account, region, policy }: Deployment,
  key: IKey,
  emails: readonly string[],
): Topic {
  const topic = new Topic(scope, 'SelfTopic', {
    topicName: `${name}-self`,
    displayName: `Homeostat ${name}`,
    masterKey: key,
    enforceSSL: true,
  });
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AlarmsOfHomeostat',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: { 'aws:SourceArn': `arn:${partition}:cloudwatch:${region}:${account}:alarm:${name}-*` },
      },
    }),
  );
  const own = `:sns:${region}:${account}:${name}-self`;
  topic.node.addValidation({
    validate: () =>
      Object.entries(policy.contacts)
        .filter(([, contact]) => 'topic' in contact && contact.topic.endsWith(own))
        .map(
          ([contact]) =>
            `The contact ${contact} reads the topic ${name}-self, where the alarms about Homeostat itself go: nobody would hear that this topic fails. Give the contact a topic of its own.`,
        ),
  });
  for (const email of emails) {
    const subscription = topic.addSubscription(new EmailSubscription(email));
    Validations.of(subscription).acknowledge({
      id: 'Serverless-SNSRedrivePolicy',
      reason:
        'An alarm that no mail server took is still red in the console and on the dashboard; a queue would hide it.',
    });
  }
  return topic;
}
