import type { Ticket, TicketStore } from '../../../runtime/store/ticket-store';

const at = Date.parse('2026-03-02T10:00:00Z');
const minute = 60_000;

/** A ticket that nobody else has; one for each name. */
const aTicket = (name: string, overrides: Partial<Ticket> = {}): Ticket => ({
  hash: Buffer.from(name.padEnd(32, '.')).toString('hex'),
  incident: 'inc-1',
  purpose: 'approval',
  planHash: 'hash-1',
  contact: 'oncall',
  expiresAt: at + 30 * minute,
  ...overrides,
});

/** What every store of tickets keeps to. */
// eslint-disable-next-line jest/no-export -- the tests of each store run it
export function ticketStoreContract(make: () => TicketStore | Promise<TicketStore>): void {
  describe('a ticket', () => {
    let store: TicketStore;
    beforeEach(async () => {
      store = await make();
    });

    it('is read as it was added, without an answer', async () => {
      const approval = aTicket('a');
      const { planHash: _none, ...acknowledgement } = aTicket('b', { purpose: 'acknowledgement' });
      await store.add(approval);
      await store.add(acknowledgement);
      expect(await store.read(approval.hash)).toEqual(approval);
      expect(await store.read(acknowledgement.hash)).toEqual(acknowledgement);
    });

    it('that was never made is not there, and nothing is decided by it', async () => {
      expect(await store.read(aTicket('a').hash)).toBeUndefined();
      expect(await store.decide(aTicket('a').hash, 'approve', at)).toEqual({ kind: 'unknown' });
      expect(await store.read(aTicket('a').hash)).toBeUndefined();
    });

    it('is decided by the first answer; the same once more is harmless, and keeps its time', async () => {
      const { hash } = aTicket('a');
      await store.add(aTicket('a'));
      expect(await store.decide(hash, 'approve', at + minute)).toEqual({ kind: 'recorded' });
      expect(await store.decide(hash, 'approve', at + 2 * minute)).toEqual({ kind: 'recorded' });
      expect((await store.read(hash))?.answer).toEqual({ decision: 'approve', at: at + minute });
    });

    it('is not decided otherwise by a later answer, which is told what stands', async () => {
      const { hash } = aTicket('a');
      await store.add(aTicket('a'));
      await store.decide(hash, 'deny', at + minute);
      const late = await store.decide(hash, 'approve', at + 2 * minute);
      expect(late).toEqual({ kind: 'answered', decision: 'deny', at: at + minute });
      expect((await store.read(hash))?.answer).toEqual({ decision: 'deny', at: at + minute });
    });

    it('is decided by one of many who answer at the same time', async () => {
      const { hash } = aTicket('a');
      await store.add(aTicket('a'));
      const said = ['approve', 'deny', 'approve', 'deny', 'deny', 'approve'] as const;
      const recordings = await Promise.all(said.map((decision) => store.decide(hash, decision, at)));
      const standing = (await store.read(hash))?.answer?.decision;
      const recorded = said.filter((_one, place) => recordings[place]?.kind === 'recorded');
      expect(new Set(recorded)).toEqual(new Set([standing]));
      expect(recorded).toHaveLength(3);
    });

    it('decides nothing from the instant on at which it expires', async () => {
      const { hash, expiresAt } = aTicket('a');
      await store.add(aTicket('a'));
      expect(await store.decide(hash, 'approve', expiresAt)).toEqual({ kind: 'expired' });
      expect((await store.read(hash))?.answer).toBeUndefined();
      expect(await store.decide(hash, 'approve', expiresAt - 1)).toEqual({ kind: 'recorded' });
      // Its message may have been lost: whoever presses again may send it again.
      expect(await store.decide(hash, 'approve', expiresAt + minute)).toEqual({ kind: 'recorded' });
    });

    it('has nothing to do with another', async () => {
      await store.add(aTicket('a'));
      await store.add(aTicket('b', { incident: 'inc-2' }));
      await store.decide(aTicket('a').hash, 'approve', at);
      expect((await store.read(aTicket('b').hash))?.answer).toBeUndefined();
    });
  });
}
