import type { Contact, Policy } from '../../statemachines/policy';
import { isNotFound } from '../aws-fault';
import { numbered } from '../incident-text';
import { arnOf, deployAgain, missing, ok, warning, type Answer, type Check, type Site } from './check';

/** AWS gives this account number to nobody: a topic in it is there to be replaced. */
const nobodysAccount = '000000000000';

const isConfirmed = ({ SubscriptionArn = '' }: { readonly SubscriptionArn?: string | undefined }): boolean =>
  SubscriptionArn.startsWith('arn:');

/** How many have agreed to be written to; undefined when the topic is not there. */
async function readersOf({ deployment }: Site, topic: string): Promise<number | undefined> {
  const [, , , region] = topic.split(':');
  const sns = await deployment.client('sns', region);
  let readers = 0;
  let token: string | undefined;
  try {
    do {
      const page = await sns.listSubscriptionsByTopic({
        TopicArn: topic,
        ...(token !== undefined && { NextToken: token }),
      });
      readers += (page.Subscriptions ?? []).filter(isConfirmed).length;
      token = page.NextToken;
    } while (token !== undefined);
    return readers;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function lookAtContact(site: Site, name: string, contact: Contact): Promise<Answer> {
  if ('opsItems' in contact) return ok(`OpsItems of severity ${contact.severity}, in the account of the deployment`);
  const { topic } = contact;
  if (topic.split(':')[4] === nobodysAccount) {
    return missing(
      `the topic is a placeholder: ${topic}`,
      'name your own policy with --policy, or your own topic in it',
    );
  }
  const readers = await readersOf(site, topic);
  if (readers === undefined)
    return missing(
      `there is no topic ${topic}: ${name} cannot be called`,
      'make the topic, or name another in the policy',
    );
  return readers === 0
    ? missing(
        `nobody has confirmed a subscription to ${topic}: ${name} hears nothing`,
        'subscribe, and follow the link in the message that AWS sends',
      )
    : ok(`${topic}, ${numbered(readers, 'confirmed subscription')}`);
}

/** Whether whoever the policy calls would hear it. */
export function contactChecks({ contacts }: Policy): readonly Check[] {
  return Object.entries(contacts).map(([name, contact]) => ({
    name: `contact ${name}`,
    look: (site) => lookAtContact(site, name, contact),
  }));
}

/** Whether somebody would hear that Homeostat itself is ill. */
export const selfCheck: Check = {
  name: 'alarms on itself',
  look: async (site) => {
    const topic = await arnOf(site, 'sns', `${site.deployment.name}-self`);
    const readers = await readersOf(site, topic);
    if (readers === undefined) return missing(`there is no topic ${topic}`, deployAgain);
    return readers === 0
      ? warning(
          `nobody has confirmed a subscription to ${topic}: nobody hears when Homeostat itself fails`,
          `aws sns subscribe --topic-arn ${topic} --protocol email --notification-endpoint …`,
        )
      : ok(`${topic}, ${numbered(readers, 'confirmed subscription')}`);
  },
};
