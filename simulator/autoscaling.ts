import type { SimulatedAccount } from './world';

/** EC2 Auto Scaling of one account. */
export class AutoScaling {
  readonly operations = {};

  constructor(readonly account: SimulatedAccount) {}
}
