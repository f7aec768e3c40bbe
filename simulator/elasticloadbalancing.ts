import type { SimulatedAccount } from './world';

/** Elastic Load Balancing of one account. */
export class ElasticLoadBalancing {
  readonly operations = {};

  constructor(readonly account: SimulatedAccount) {}
}
