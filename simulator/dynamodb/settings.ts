/** How a simulated DynamoDB behaves where the real one promises little. They may be changed at any time. */
export interface DynamoDbSettings {
  /** A read that does not ask for consistency sees a table as it was up to so long ago. */
  lagMillis: number;
  /** The same of a secondary index, of which no read can ask for consistency. */
  indexLagMillis: number;
  /**
   * The rows of one transaction appear one by one, within so long. Until then other writes to them meet a conflict. Whoever
   * simulates the network gives its answer no sooner.
   */
  transactionMillis: number;
  /** An expired row is deleted so long after; never, if undefined. Holds for what is written from then on. */
  expiryMillis: number | undefined;
  /** Keys that one BatchGetItem reads: the others are given back as unprocessed. */
  batchAtMost: number;
  /** Bytes of the rows that one page reads. */
  pageBytes: number;
  /** Which part of a delay passes this time, from 0 to 1. */
  share: () => number;
}

/** As a strongly consistent store would be. Every delay that is set is taken in full. */
export const promptSettings = (): DynamoDbSettings => ({
  lagMillis: 0,
  indexLagMillis: 0,
  transactionMillis: 0,
  expiryMillis: undefined,
  batchAtMost: 100,
  pageBytes: 1_024 * 1_024,
  share: () => 1,
});
