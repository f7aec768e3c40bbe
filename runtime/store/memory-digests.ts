import type { EpochMillis } from '../../signals/signal';
import type { Digest, DigestStore, Folded, Single, SinglesLimit } from './digest-store';
import { countedWith, type Counted } from './singles';

/** Digests in memory, for replays and tests. */
export class MemoryDigests implements DigestStore {
  readonly #folded = new Map<string, Map<string, Folded>>();
  readonly #singles = new Map<string, readonly Counted[]>();
  readonly #sentAt = new Map<string, EpochMillis>();

  async mayGoAlone(single: Single, limit: SinglesLimit): Promise<boolean> {
    const { contact, notice } = single;
    const counted = countedWith(this.#singles.get(contact) ?? [], single, limit);
    if (!counted) return false;
    this.#singles.set(contact, counted);
    this.#folded.get(contact)?.delete(notice);
    return true;
  }

  async fold(folded: Folded): Promise<void> {
    const { contact, notice } = folded;
    const ofContact = this.#folded.get(contact) ?? new Map<string, Folded>();
    this.#folded.set(contact, ofContact.set(notice, folded));
  }

  async pending(): Promise<readonly Digest[]> {
    return [...this.#folded]
      .filter(([, ofContact]) => ofContact.size > 0)
      .map(([contact, ofContact]) => {
        const sentAt = this.#sentAt.get(contact);
        return { contact, folded: [...ofContact.values()], ...(sentAt !== undefined && { sentAt }) };
      });
  }

  async told({ contact, folded }: Pick<Digest, 'contact' | 'folded'>, at: EpochMillis): Promise<void> {
    this.#sentAt.set(contact, at);
    for (const { notice } of folded) this.#folded.get(contact)?.delete(notice);
  }
}
