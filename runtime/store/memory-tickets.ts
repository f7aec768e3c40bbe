import type { EpochMillis } from '../../signals/signal';
import type { Decision, HeldTicket, Recording, Ticket, TicketStore } from './ticket-store';

/** Kept this long after they have expired, so that whoever comes too late is told why. In milliseconds. */
const keptAfterwards = 24 * 60 * 60_000;

/** Tickets in memory, for replays and tests. */
export class MemoryTickets implements TicketStore {
  readonly #tickets = new Map<string, HeldTicket>();

  async add(ticket: Ticket): Promise<void> {
    this.#tickets.set(ticket.hash, ticket);
  }

  async read(hash: string): Promise<HeldTicket | undefined> {
    return this.#tickets.get(hash);
  }

  async decide(hash: string, decision: Decision, at: EpochMillis): Promise<Recording> {
    this.#forget(at);
    const ticket = this.#tickets.get(hash);
    if (!ticket) return { kind: 'unknown' };
    const { answer } = ticket;
    if (answer) return answer.decision === decision ? { kind: 'recorded' } : { kind: 'answered', ...answer };
    if (at >= ticket.expiresAt) return { kind: 'expired' };
    this.#tickets.set(hash, { ...ticket, answer: { decision, at } });
    return { kind: 'recorded' };
  }

  #forget(now: EpochMillis): void {
    for (const [hash, { expiresAt }] of this.#tickets) {
      if (now > expiresAt + keptAfterwards) this.#tickets.delete(hash);
    }
  }
}
