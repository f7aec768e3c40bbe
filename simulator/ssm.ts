import type { SimulatedAccount } from './world';

/** Systems-Manager of one account. */
export class Ssm {
  readonly operations = {};

  constructor(readonly account: SimulatedAccount) {}
}
