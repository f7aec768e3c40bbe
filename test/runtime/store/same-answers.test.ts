import fc from 'fast-check';
import { DynamoDbStore } from '../../../runtime/store/dynamodb-store';
import { MemoryStore } from '../../../runtime/store/memory-store';
import { clientOf } from '../../../simulator/dynamodb/client';
import { TransactionCancelled } from '../../../simulator/dynamodb/refusal';
import type { Fault } from '../../../simulator/faults';
import { simulatedTable } from './simulated-table';
import { deed, StoreLife } from './store-life';

const lives = fc.array(deed, { minLength: 1, maxLength: 25, size: 'max' });

test('the store in memory and the one in DynamoDB answer the same to the same', async () => {
  await fc.assert(
    fc.asyncProperty(lives, async (deeds) => {
      const memory = new StoreLife(new MemoryStore());
      const table = new StoreLife(new DynamoDbStore(simulatedTable().client, 'table'));
      for (const one of deeds) {
        expect(await table.live(one)).toEqual(await memory.live(one));
        expect(await table.told()).toEqual(await memory.told());
      }
    }),
    { numRuns: 30 },
  );
});

/** What the network and the table do to the next requests of a commit, in turn. */
const trouble = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  {
    weight: 2,
    arbitrary: fc.array(
      fc.constantFrom<Fault | TransactionCancelled>(
        'lostAnswer',
        'lostRequest',
        'throttled',
        'unavailable',
        new TransactionCancelled(['TransactionConflict']),
      ),
      { maxLength: 4 },
    ),
  },
);

const slowness = fc.record({
  lagMillis: fc.constantFrom(0, 5_000),
  transactionMillis: fc.constantFrom(0, 400),
  batchAtMost: fc.integer({ min: 20, max: 100 }),
  shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 7, maxLength: 7 }),
});

test('a commit comes to the same, whatever is lost on its way', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(deed, trouble), { minLength: 1, maxLength: 25, size: 'max' }),
      slowness,
      async (deeds, slow) => {
        const { clock, account, dynamodb } = simulatedTable();
        const { shares, ...delays } = slow;
        let asked = 0;
        Object.assign(dynamodb.settings, { ...delays, share: () => shares[(asked += 1) % shares.length] ?? 0 });
        let hits: (typeof deeds)[number][1] = [];
        const client = clientOf({
          call: (service, operation, input) => {
            const [hit, ...later] = operation === 'TransactWriteItems' ? hits : [];
            if (hit) account.faults.plant(service, operation, hit);
            if (hit) hits = later;
            return account.call(service, operation, input);
          },
        });
        const pause = async (milliseconds: number): Promise<void> => clock.runUntil(clock.now() + milliseconds);
        const memory = new StoreLife(new MemoryStore());
        const table = new StoreLife(new DynamoDbStore(client, 'table', { pause, random: () => 1 }));
        for (const [one, ofThis] of deeds) {
          // What ends a hold has no token: what becomes of it where an answer is lost is told by its own tests.
          hits = one.does.kind === 'endHold' ? [] : ofThis;
          expect(await table.live(one)).toEqual(await memory.live(one));
          hits = [];
          // No answer comes sooner than its transaction is over.
          await clock.runUntil(clock.now() + slow.transactionMillis);
          expect(await table.told()).toEqual(await memory.told());
        }
      },
    ),
    { numRuns: 30 },
  );
});
