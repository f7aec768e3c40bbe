import type { Policy } from '../../statemachines/policy';
import type { Clock } from '../clock';
import type { TroubleStore } from '../store/trouble-store';
import { send, type Channels } from './channels';
import { contactMessage } from './contact-message';

/** Why what is sent to a topic is heard by nobody, or not by all: it does not exist, nobody reads it, or SNS can't deliver. */
export type Trouble = 'missing' | 'unread' | 'failing';

/** Looks at the topic of that ARN; undefined where nothing is wrong. Throws where it cannot be looked at. */
export type LookAtTopic = (topic: string) => Promise<Trouble | undefined>;

/** What the contacts of the policy are looked after with. */
export interface ContactWatch {
  readonly policy: Policy;
  readonly channels: Channels;
  readonly look: LookAtTopic;
  readonly troubles: TroubleStore;
  readonly clock: Clock;
  /** Is told how many contacts are not reached, at each look: an alarm that needs none of them rings. */
  readonly onLook: (broken: number) => void;
  /** Is told of each message about a contact that another one did not take. */
  readonly onFailure: (contact: string, error: unknown) => void;
  /** Is told where a topic, or what others were told of it, could not be read. */
  readonly onUnreadable: (contact: string, error: unknown) => void;
}

/** AWS gives this account number to nobody: a topic in it is there to be replaced, and nobody expects to be called by it. */
const nobodysAccount = '000000000000';

/**
 * Looks at the topic of each contact, and tells the others once of one that is not reached, and once that it is again. A topic
 * takes every message that is published to it, heard or not: nothing else would tell. Never throws.
 */
export async function watchContacts(watch: ContactWatch): Promise<void> {
  const { policy, troubles, look, onLook, onUnreadable } = watch;
  let told: ReadonlyMap<string, string>;
  try {
    told = await troubles.told();
  } catch (error) {
    // Without knowing what was told nobody is told again each time; the alarm rings all the same.
    onUnreadable('everybody', error);
    told = new Map(Object.keys(policy.contacts).map((contact) => [contact, anyTrouble]));
  }
  let broken = 0;
  for (const [contact, topic] of topicsOf(policy)) {
    try {
      const trouble = await look(topic);
      if (trouble) broken += 1;
      const before = told.get(contact);
      if (before !== trouble && before !== anyTrouble) await tellOthers(contact, topic, trouble, watch);
    } catch (error) {
      onUnreadable(contact, error);
    }
  }
  onLook(broken);
}

/** No trouble has this name. */
const anyTrouble = 'any';

function topicsOf({ contacts }: Policy): readonly (readonly [contact: string, topic: string])[] {
  return Object.entries(contacts).flatMap(([name, contact]) =>
    'topic' in contact && contact.topic.split(':')[4] !== nobodysAccount ? [[name, contact.topic] as const] : [],
  );
}

/** It is remembered once one other has it. Where there is no other, or none takes it, it is tried again at the next look. */
async function tellOthers(
  contact: string,
  topic: string,
  trouble: Trouble | undefined,
  { policy, channels, troubles, clock, onFailure }: ContactWatch,
): Promise<void> {
  const at = clock.now();
  const message = contactMessage(contact, topic, trouble, at);
  let heard = false;
  for (const other of others(topic, policy)) {
    try {
      await send(other, message, policy, channels);
      heard = true;
    } catch (error) {
      onFailure(other, error);
    }
  }
  if (heard) await troubles.remember(contact, trouble, at);
}

/** The contacts that are not reached by this topic. */
export function others(topic: string, { contacts }: Pick<Policy, 'contacts'>): readonly string[] {
  return Object.entries(contacts).flatMap(([name, contact]) =>
    'topic' in contact && contact.topic === topic ? [] : [name],
  );
}
