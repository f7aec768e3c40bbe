import { text, type Row } from './row';

/** One partition for all contacts, so that one query finds those that are gone from the policy, too. */
export const digestPartition = 'digest';

/** What sort keys of what a contact is to be told begin with. A contact has no space. */
export const foldedPrefix = (contact: string): string => `folded ${contact} `;

export const foldedKey = (contact: string, notice: string): Row => ({
  pk: text(digestPartition),
  sk: text(`${foldedPrefix(contact)}${notice}`),
});

/** When the last digest went to a contact. */
export const sentKey = (contact: string): Row => ({ pk: text(digestPartition), sk: text(`sent ${contact}`) });

/** What went to a contact in messages of their own. */
export const singlesKey = (contact: string): Row => ({ pk: text(`singles/${contact}`), sk: text('singles') });
