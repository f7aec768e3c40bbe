import type { Policy } from '../../statemachines/policy';
import { chatOf } from './chat';
import { emailOf, subjectOf } from './email';
import type { Message } from './message';
import { opsItemName, opsItemOf, type OpsItems } from './ops-items';

/** Publishes to an SNS topic; the topic's ARN says in which region. Throws when SNS does not take it. */
export type Publish = (message: {
  readonly TopicArn: string;
  readonly Subject?: string;
  readonly Message: string;
}) => Promise<void>;

/** The ways to people. */
export interface Channels {
  readonly publish: Publish;
  readonly opsItems: OpsItems;
}

/** Sends to a contact of the policy as it wants it. Throws when the message was not taken, or there is no such contact. */
export async function send(
  name: string,
  message: Message,
  { contacts }: Pick<Policy, 'contacts'>,
  { publish, opsItems }: Channels,
): Promise<void> {
  const contact = contacts[name];
  if (!contact) throw new Error(`The policy has no contact ${name}; add it under contacts.`);
  if ('opsItems' in contact) {
    if (message.kind === 'recovered') await opsItems.resolve(opsItemName(message));
    else await opsItems.open(opsItemOf(message, contact.severity));
  } else if (contact.format === 'chat') {
    await publish({ TopicArn: contact.topic, Message: chatOf(message) });
  } else {
    await publish({ TopicArn: contact.topic, Subject: subjectOf(message), Message: emailOf(message) });
  }
}
