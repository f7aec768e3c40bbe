import type { SimulatedAccount } from './world';

/** EventBridge of one account. */
export class Events {
  readonly operations = {};

  constructor(readonly account: SimulatedAccount) {}
}
