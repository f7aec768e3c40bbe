import type { Policy } from '../../statemachines/policy';
import type { Notifier } from '../surroundings';
import { chatOf } from './chat';
import { emailOf, subjectOf } from './email';
import { messageFor, type Message } from './message';
import { parkedMessage } from './parked-message';
import { standIns } from './stand-ins';

/** Publishes to an SNS topic; the topic's ARN says in which region. Throws when SNS does not take it. */
export type Publish = (message: {
  readonly TopicArn: string;
  readonly Subject?: string;
  readonly Message: string;
}) => Promise<void>;

/**
 * Writes to the contacts of the policy over SNS. A rule stays with its incident, but its contacts may be gone from the policy by
 * the time they are called: then those that today's policy would call first are told.
 */
export function snsNotifier(policy: Policy, publish: Publish): Notifier {
  const send = async (name: string, message: Message): Promise<void> => {
    const contact = policy.contacts[name];
    if (!contact) throw new Error(`The policy has no contact ${name}; add it under contacts.`);
    if (contact.format === 'chat') await publish({ TopicArn: contact.topic, Message: chatOf(message) });
    else await publish({ TopicArn: contact.topic, Subject: subjectOf(message), Message: emailOf(message) });
  };
  return {
    notify: async (kind, name, incident, history) => {
      const message = messageFor(kind, incident, history);
      const contacts = name in policy.contacts ? [name] : standIns(incident.rule.name, policy);
      const told = await Promise.allSettled(contacts.map((contact) => send(contact, message)));
      if (told.some(({ status }) => status === 'fulfilled')) return;
      throw told.find((one) => one.status === 'rejected')?.reason ?? new Error(`The policy has no contact ${name}.`);
    },
    notifyParked: (name, parked) => send(name, parkedMessage(parked)),
  };
}
