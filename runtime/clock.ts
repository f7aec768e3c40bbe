import type { EpochMillis } from '../signals/signal';

/** The one source of the present time. */
export interface Clock {
  now(): EpochMillis;
}

export const systemClock: Clock = { now: () => Date.now() };
