import type { Resource } from '../../../signals/signal';
import type { Calls } from '../../../vitals/aws';
import { topicArn } from '../../../vitals/monitoring/topic';
import type { Repair } from './repair';

/** Makes the one call that a repair is. `statement` names the leave by which a function lets SNS call it. */
export async function carryOut(
  repair: Repair,
  topic: Pick<Resource, 'id' | 'account' | 'region'>,
  statement: string,
  aws: Calls<'sns:Subscribe' | 'sns:SetSubscriptionAttributes' | 'lambda:AddPermission'>,
): Promise<void> {
  const TopicArn = topicArn(topic);
  switch (repair.how) {
    case 'allow':
      await aws.lambda.addPermission({
        FunctionName: repair.function,
        StatementId: statement,
        Action: 'lambda:InvokeFunction',
        Principal: 'sns.amazonaws.com',
        SourceArn: TopicArn,
      });
      break;
    case 'subscribe': {
      const { protocol: Protocol, endpoint: Endpoint } = repair.reader;
      const Attributes = repair.queue === undefined ? {} : { RedrivePolicy: redrivePolicy(repair.queue) };
      await aws.sns.subscribe({ TopicArn, Protocol, Endpoint, Attributes, ReturnSubscriptionArn: true });
      break;
    }
    case 'redrive':
      await aws.sns.setSubscriptionAttributes({
        SubscriptionArn: repair.subscription,
        AttributeName: 'RedrivePolicy',
        AttributeValue: redrivePolicy(repair.queue),
      });
  }
}

function redrivePolicy(deadLetterTargetArn: string): string {
  return JSON.stringify({ deadLetterTargetArn });
}
