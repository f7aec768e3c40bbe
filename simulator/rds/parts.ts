import type { Database } from './database';
import type { RdsEvents } from './events';
import type { RdsFailover } from './failover';
import type { RdsInventory } from './inventory';
import type { RdsModification } from './modification';
import type { RdsStorage } from './storage';
import type { SimulatedAccount } from '../world';

/** What the operations of one account's RDS work with. */
export interface RdsParts {
  readonly account: SimulatedAccount;
  readonly inventory: RdsInventory;
  readonly events: RdsEvents;
  readonly failover: RdsFailover;
  readonly storage: RdsStorage;
  readonly modification: RdsModification;
  /** Tells CloudWatch that metrics of the instance, or of its cluster, may have moved. */
  changed(database: Database): void;
}
