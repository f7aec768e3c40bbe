import type { SimulatedAccount } from './world';

/** EC2 of one account. */
export class Ec2 {
  readonly operations = {};

  constructor(readonly account: SimulatedAccount) {}
}
