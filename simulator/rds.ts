import type { SimulatedAccount } from './world';

/** RDS of one account. */
export class Rds {
  readonly operations = {};

  constructor(readonly account: SimulatedAccount) {}
}
