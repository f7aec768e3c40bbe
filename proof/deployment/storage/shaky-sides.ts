import type { DigestStore } from '../../../runtime/store/digest-store';
import type { TicketStore } from '../../../runtime/store/ticket-store';
import type { Faults } from '../../faults';
import type { Sandbox } from '../sandbox';

interface Sides {
  readonly tickets: TicketStore;
  readonly digests: DigestStore;
}

/** What is stored beside incidents, as one process sees it: tickets to answer by, and what is told in one message. */
export function shakySides(sandbox: Sandbox, { tickets, digests }: Sides, faults: Faults): Sides {
  const cross = <T>(what: string, changes: boolean, act: () => Promise<T>): Promise<T> =>
    sandbox.cross({ what: `table: ${what}`, changes }, async () => {
      if (faults.hits('table-throttled')) throw new Error('The table is too busy.');
      const answer = await act();
      if (changes && faults.hits('commit-unknown')) throw new Error('connection timed out');
      return answer;
    });
  return {
    tickets: {
      add: (ticket) => cross('add a ticket', true, () => tickets.add(ticket)),
      read: (hash) => cross('read a ticket', false, () => tickets.read(hash)),
      decide: (hash, decision, at) => cross('decide by a ticket', true, () => tickets.decide(hash, decision, at)),
    },
    digests: {
      mayGoAlone: (single, limit) => cross('count a message', true, () => digests.mayGoAlone(single, limit)),
      fold: (folded) => cross('fold a message', true, () => digests.fold(folded)),
      pending: () => cross('read digests', false, () => digests.pending()),
      told: (digest, at) => cross('note a digest', true, () => digests.told(digest, at)),
    },
  };
}
