import { MemoryTickets } from '../../../runtime/store/memory-tickets';
import { ticketStoreContract } from './ticket-store.contract';

ticketStoreContract(() => new MemoryTickets());

test('tickets in memory are forgotten a day after they have expired', async () => {
  const store = new MemoryTickets();
  const ticket = { incident: 'inc-1', purpose: 'acknowledgement', contact: 'oncall' } as const;
  await store.add({ ...ticket, hash: 'old', expiresAt: 0 });
  await store.add({ ...ticket, hash: 'new', expiresAt: 200_000_000 });
  await store.decide('new', 'acknowledge', 90_000_000);
  expect([await store.read('old'), (await store.read('new'))?.hash]).toEqual([undefined, 'new']);
});
