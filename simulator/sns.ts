import type { SimulatedAccount } from './world';

/** SNS of one account. */
export class Sns {
  readonly operations = {};

  constructor(readonly account: SimulatedAccount) {}
}
