import type { TableClient } from '../../../runtime/store/dynamodb-store/client';
import type { StoreOptions } from '../../../runtime/store/dynamodb-store';
import type { VirtualClock } from '../../../simulator/clock';
import { clientOf } from '../../../simulator/dynamodb/client';
import { simulatedTable } from './simulated-table';

interface SlowTable {
  readonly client: TableClient;
  readonly options: StoreOptions;
  /** Requests that were lost, and answers. */
  readonly lost: () => number;
}

/** A transaction is at work for so long; its answer comes after that. */
const transactionMillis = 60;

/**
 * Homeostat's table across a network: each call takes a time of its own, rows of a transaction appear one by one, reads that do
 * not ask for consistency lag, batches are answered in part, and of transactions that have a token some requests and answers
 * are lost. The clock runs by itself while somebody waits.
 */
export function slowTable(seed = 7): SlowTable {
  const { account, clock, dynamodb } = simulatedTable();
  const random = randomNumbers(seed);
  Object.assign(dynamodb.settings, { lagMillis: 10_000, transactionMillis, batchAtMost: 40, share: random });
  const pause = waitingOn(clock);
  let lost = 0;
  const table = clientOf(account);
  const across = <Input extends object, Output>(ask: (input: Input) => Promise<Output>, lasts = 0) => {
    return async (input: Input): Promise<Output> => {
      await pause(random() * 10);
      if ('ClientRequestToken' in input && random() < 0.2) {
        lost += 1;
        account.faults.plant('dynamodb', 'TransactWriteItems', random() < 0.5 ? 'lostRequest' : 'lostAnswer');
      }
      // An answer that is an error takes its time as well.
      return ask(input).finally(() => pause(lasts + random() * 10));
    };
  };
  const client: TableClient = {
    batchGetItem: across(table.batchGetItem),
    getItem: across(table.getItem),
    putItem: across(table.putItem),
    query: across(table.query),
    transactWriteItems: across(table.transactWriteItems, transactionMillis),
    updateItem: across(table.updateItem),
  };
  return { client, options: { pause, random }, lost: () => lost };
}

/** From 0 up to 1, the same in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state - 1) / 2_147_483_646;
  };
}

/** Waits in virtual time, which goes on when nobody has anything to do any more. */
function waitingOn(clock: VirtualClock): (milliseconds: number) => Promise<void> {
  let isRunning = false;
  const run = (): void => {
    isRunning = clock.nextAt() !== undefined;
    if (isRunning) setImmediate(() => void clock.step().then(run));
  };
  return (milliseconds) =>
    new Promise((done) => {
      clock.after(Math.ceil(milliseconds), done);
      if (!isRunning) run();
    });
}
