import type { Remediation } from '../remediations/remediation';
import type { ResourceKind } from '../signals/signal';
import type { NotificationKind } from '../statemachines/effect';
import type { Incident } from '../statemachines/incident';
import type { Policy } from '../statemachines/policy';
import type { Vitals } from '../vitals/vitals';
import type { Clients } from './aws/access';
import type { Clock } from './clock';
import type { HistoryEntry, IncidentStore, IncidentSummary } from './store/incident-store';

/**
 * Wakes an incident later. What each incident waits for is in the store, too, with every commit: timers that lose a wake-up, or
 * deliver an old one, do no harm where a sweeper looks there. Neither method fails an incident.
 */
export interface Timers {
  /** Delivers `timer.fired` with this revision at `at` or soon after. What was armed before need not come any more. */
  arm(incident: string, wake: { readonly at: number; readonly revision: number }): Promise<void>;
  /** Harmless when nothing is armed. */
  disarm(incident: string): Promise<void>;
}

/** What people are to be told of an incident. */
export interface Notice {
  readonly kind: NotificationKind;
  /** Name of a contact of the policy. */
  readonly contact: string;
  /** Whether it is one of many with one cause: then it goes out with the others in one message. */
  readonly ofMany: boolean;
}

/** Writes to people; throws when the message was not taken. */
export interface Notifier {
  /** Answers `folded` where the message goes out later, in one with others: that is kept as safely as a message that was sent. */
  notify(notice: Notice, incident: Incident, history: readonly HistoryEntry[]): Promise<'sent' | 'folded'>;
  /** Says that an incident is left alone, because another release has to go on with it. */
  notifyParked(contact: string, parked: ParkedIncident): Promise<void>;
}

/** What can be said of an incident that this program may not go on with. */
export interface ParkedIncident {
  readonly id: string;
  readonly reason: string;
  /** Absent when no list has it. */
  readonly summary?: IncidentSummary;
}

/** All that the runtime does not do itself, chosen once where the program starts. */
export interface Surroundings {
  readonly clock: Clock;
  readonly store: IncidentStore;
  readonly clients: Clients;
  readonly timers: Timers;
  readonly notifier: Notifier;
  readonly policy: Policy;
  /** What names of Homeostat's own roles begin with: events of what they do open nothing. Absent where it has none. */
  readonly rolePrefix?: string;
  /** Whose events are taken. The policy's own list goes before; `any` is for replays, never for a live account. */
  readonly takesFrom: { readonly accounts: readonly string[] | 'any'; readonly regions: readonly string[] | 'any' };
  readonly remediations: ReadonlyMap<string, Remediation>;
  readonly vitals: ReadonlyMap<ResourceKind, Vitals>;
}
