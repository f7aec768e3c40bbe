import type { EpochMillis } from '../../signals/signal';
import type { Digest } from '../store/digest-store';
import { send } from './channels';
import { digestMessage } from './digest-message';
import type { Messaging } from './notifier';
import { standIns } from './stand-ins';

/** Two digests to one contact are at least so far apart: a storm that takes long is told of every five minutes. In milliseconds. */
export const digestsApart = 5 * 60_000;

/**
 * Sends to each contact, in one message, what was not written to it by itself. To be called each minute: what could not be sent
 * stays, and is tried again. Never throws.
 */
export async function sendDigests(messaging: Messaging): Promise<void> {
  const { digests, clock, onDigestFailure } = messaging;
  try {
    const due = (await digests.pending()).filter((digest) => isDue(digest, clock.now()));
    await Promise.all(due.map((digest) => tell(digest, messaging)));
  } catch (error) {
    onDigestFailure('everybody', error);
  }
}

function isDue({ sentAt }: Digest, at: EpochMillis): boolean {
  return sentAt === undefined || at >= sentAt + digestsApart;
}

async function tell(digest: Digest, messaging: Messaging): Promise<void> {
  const { policy, channels, digests, clock, onFailure, onDigestFailure } = messaging;
  const { contact } = digest;
  const contacts = contact in policy.contacts ? [contact] : standIns(undefined, policy);
  const message = digestMessage(digest, clock.now());
  const sent = await Promise.allSettled(contacts.map((name) => send(name, message, policy, channels)));
  sent.forEach((one, place) => {
    if (one.status === 'rejected') onFailure(contacts[place] ?? contact, one.reason);
  });
  if (contacts.length === 0)
    onFailure(contact, new Error(`The policy has no contact ${contact}, and no rule that calls anybody.`));
  if (!sent.some(({ status }) => status === 'fulfilled')) return;
  try {
    await digests.told(digest, clock.now());
  } catch (error) {
    // It is told once more, which is better than never.
    onDigestFailure(contact, error);
  }
}
