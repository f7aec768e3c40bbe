import { plainText } from '../../signals/plain-text';
import type { EpochMillis } from '../../signals/signal';
import { clockText } from '../answers/proposal';
import type { Trouble } from './contact-watch';
import type { Message } from './message';

const seen: Readonly<Record<Trouble, string>> = {
  missing: 'Its topic does not exist.',
  unread: 'Nobody has confirmed a subscription to its topic.',
  failing: 'SNS could not deliver all that was sent to its topic in the last hour.',
};

const nextSteps: Readonly<Record<Trouble, string>> = {
  missing: 'Make the topic, or name another one in the policy and deploy it.',
  unread: 'Subscribe to the topic, and follow the link in the message that AWS sends.',
  failing: 'Look at the subscriptions of the topic and at their delivery logs.',
};

/** What the other contacts are told of one that is not reached. Without trouble: that it is reached again. */
export function contactMessage(contact: string, topic: string, trouble: Trouble | undefined, at: EpochMillis): Message {
  const name = plainText(contact);
  const [, , , region = '', account = '', topicName = ''] = topic.split(':');
  return {
    kind: trouble ? 'escalated' : 'recovered',
    thread: `contact-${name}`,
    id: `contact-${name}-${trouble ?? 'reached'}-${at}`,
    title: trouble
      ? `Needs you: the contact ${name} is not reached`
      : `Recovered: the contact ${name} is reached again`,
    paragraphs: trouble
      ? [
          seen[trouble],
          `What Homeostat tells ${name} may be heard by nobody. It tells you, since you are another contact.`,
        ]
      : ['Its topic is there, somebody reads it, and nothing that was sent there failed in the last hour.'],
    nextStep: trouble ? nextSteps[trouble] : 'Nothing.',
    fields: { Contact: name, Topic: plainText(topic), Seen: clockText(at) },
    sections: [],
    links: [],
    resources: [plainText(`${account}/${region}/topic/${topicName}`)],
    facts: { Contact: name },
  };
}
