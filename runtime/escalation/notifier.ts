import type { Policy } from '../../statemachines/policy';
import type { Notifier } from '../surroundings';
import { chatOf } from './chat';
import { emailOf, subjectOf } from './email';
import { messageFor } from './message';

/** Publishes to an SNS topic; the topic's ARN says in which region. Throws when SNS does not take it. */
export type Publish = (message: {
  readonly TopicArn: string;
  readonly Subject?: string;
  readonly Message: string;
}) => Promise<void>;

/** Writes to the contacts of the policy over SNS. */
export function snsNotifier(policy: Policy, publish: Publish): Notifier {
  return {
    notify: async (kind, name, incident, history) => {
      const contact = policy.contacts[name];
      if (!contact) throw new Error(`The policy has no contact ${name}; add it under contacts.`);
      const message = messageFor(kind, incident, history);
      if (contact.format === 'chat') await publish({ TopicArn: contact.topic, Message: chatOf(message) });
      else await publish({ TopicArn: contact.topic, Subject: subjectOf(message), Message: emailOf(message) });
    },
  };
}
