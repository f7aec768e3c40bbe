import type { EpochMillis } from '../signals/signal';
import type { Incident, State } from '../statemachines/incident';
import type { IncidentEvent } from '../statemachines/incident-event';

/** A call to AWS that was made for an incident. */
export interface RecordedCall {
  readonly at: EpochMillis;
  /** Such as `ec2:RebootInstances`. */
  readonly action: string;
  readonly access: 'read' | 'write';
  readonly input: unknown;
  /** Name of the error that came back; absent when an answer did. */
  readonly error?: string;
}

/** One line of an incident's history: an event, what it moved, and what was called to learn or do it. */
export interface HistoryEntry {
  readonly at: EpochMillis;
  readonly event: IncidentEvent;
  readonly from: State;
  readonly to: State;
  /** The remediation that was under way. */
  readonly remediation?: string;
  readonly calls: readonly RecordedCall[];
}

/** Leave to touch, taken together with the intent to start and held until the incident ends. */
export interface Claim {
  readonly rule: string;
  /** Keys of what is touched and of the group it is in. */
  readonly resources: readonly string[];
  readonly at: EpochMillis;
  /** Limits that the claim must still fit when it is written. */
  readonly atOnce: number;
  readonly perHour: number;
}

/** All that is written at once or not at all. */
export interface Commit {
  /** As it is to be stored; its `revision` is one more than the stored one's. */
  readonly incident: Incident;
  readonly entries: readonly HistoryEntry[];
  /** Keys of the signals that are hereby taken account of. */
  readonly signals: readonly string[];
  /** Resources whose progress concerns this incident from now on. */
  readonly watches: readonly string[];
  readonly claim?: Claim;
}

/** What became of a commit; only `committed` has written anything. */
export type CommitResult =
  | { readonly kind: 'committed' }
  /** Somebody else was first: with this revision, with an incident on this resource, or with one of these signals. */
  | { readonly kind: 'lost' }
  /** The claim no longer fits. */
  | { readonly kind: 'claimRefused' };

/** What the store knows of limits and claims. */
export interface Holdings {
  readonly heldByOthers: readonly { readonly resource: string; readonly incident: string }[];
  /** Incidents of the rule that hold a claim, without the one that asks. */
  readonly touchingNow: number;
  /** Claims of the rule in the 60 minutes before, also those of the incident that asks. */
  readonly startsInLastHour: number;
}

/** Where incidents live. Every method is strongly consistent. */
export interface IncidentStore {
  /** An incident that has ended may have been forgotten. */
  read(id: string): Promise<Incident | undefined>;
  /** Oldest first; empty for an incident that is not there. */
  history(id: string): Promise<readonly HistoryEntry[]>;
  /** Open incidents that are about this resource or watch it. */
  openOn(resource: string): Promise<readonly Incident[]>;
  /** Whether a commit took account of it: for as long as that incident is open, and 16 days longer. */
  isSeen(signal: string): Promise<boolean>;
  holdings(incident: string, rule: string, resources: readonly string[], at: EpochMillis): Promise<Holdings>;
  /** Writes all of it if the stored revision is the one before, and nothing otherwise. An ended incident lets go of its claims. */
  commit(commit: Commit): Promise<CommitResult>;
}
