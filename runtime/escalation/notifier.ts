import type { Policy } from '../../statemachines/policy';
import type { Notifier } from '../surroundings';
import { chatOf } from './chat';
import { emailOf, subjectOf } from './email';
import { messageFor, type Message } from './message';
import { parkedMessage } from './parked-message';

/** Publishes to an SNS topic; the topic's ARN says in which region. Throws when SNS does not take it. */
export type Publish = (message: {
  readonly TopicArn: string;
  readonly Subject?: string;
  readonly Message: string;
}) => Promise<void>;

/** Writes to the contacts of the policy over SNS. */
export function snsNotifier(policy: Policy, publish: Publish): Notifier {
  const send = async (name: string, message: Message): Promise<void> => {
    const contact = policy.contacts[name];
    if (!contact) throw new Error(`The policy has no contact ${name}; add it under contacts.`);
    if (contact.format === 'chat') await publish({ TopicArn: contact.topic, Message: chatOf(message) });
    else await publish({ TopicArn: contact.topic, Subject: subjectOf(message), Message: emailOf(message) });
  };
  return {
    notify: (kind, name, incident, history) => send(name, messageFor(kind, incident, history)),
    notifyParked: (name, parked) => send(name, parkedMessage(parked)),
  };
}
