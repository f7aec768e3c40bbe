import type { DigestStore } from '../../runtime/store/digest-store';
import type { Commit, IncidentStore } from '../../runtime/store/incident-store';
import type { TicketStore } from '../../runtime/store/ticket-store';
import type { Sandbox } from './sandbox';

/** The three stores of a deployment. */
export interface Stores {
  readonly incidents: IncidentStore;
  readonly tickets: TicketStore;
  readonly digests: DigestStore;
}

/** Where a deployment keeps what it must not forget. */
export interface Storage {
  /** As it really is: for people, for the page, and to see what is true. */
  readonly sound: Stores;
  /** As one process reaches it: calls take time, fail, and are done though they fail. */
  reachedBy(sandbox: Sandbox): Stores;
}

/** Is told of each commit in the moment in which it is written, whether or not whoever made it learns of that. */
export type OnCommit = (sandbox: Sandbox, commit: Commit) => void;
