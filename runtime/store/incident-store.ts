import type { EpochMillis } from '../../signals/signal';
import type { Incident, State } from '../../statemachines/incident';
import type { IncidentEvent } from '../../statemachines/incident-event';
import type { Quota, Start } from '../../statemachines/quota';
import type { Scope } from '../../statemachines/scope';
import type { Sighting } from '../../statemachines/storm';

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
  /** Keys of what is touched and of the groups it is in. They are watched, too. */
  readonly resources: readonly string[];
  readonly at: EpochMillis;
  /** All that the start counts in. */
  readonly scopes: readonly Scope[];
  /** What the claim must still fit into when it is written. */
  readonly quotas: readonly Quota[];
}

/** All that is written at once or not at all. */
export interface Commit {
  /**
   * As it is to be stored; its `revision` is one more than the stored one's. What `memory.planned` holds is the plan of a
   * `plan.made` among these entries or those of an earlier commit: that is where a store keeps it.
   */
  readonly incident: Incident;
  readonly entries: readonly HistoryEntry[];
  /** Keys of the signals that are hereby taken account of. */
  readonly signals: readonly string[];
  /** Resources whose progress concerns this incident from now on. */
  readonly watches: readonly string[];
  /**
   * Scopes that the incident's resource fell sick in, when it opened: where it may be part of a storm. Some of very many may be
   * told of though the commit is lost: the resource fell sick all the same.
   */
  readonly sightings: readonly Scope[];
  readonly claim?: Claim;
}

/** What became of a commit; but for sightings, only `committed` has written anything. */
export type CommitResult =
  | { readonly kind: 'committed' }
  /** Somebody else was first: with this revision, with an incident on this resource, or with one of these signals. */
  | { readonly kind: 'lost' }
  /** The claim no longer fits. */
  | { readonly kind: 'claimRefused' };

/** What the store knows of limits and claims. */
export interface Holdings {
  readonly heldByOthers: readonly { readonly resource: string; readonly incident: string }[];
  /** Of all rules: the claims of the last `startsKeptSeconds`, and older ones whose incident is touching something still. */
  readonly starts: readonly Start[];
}

/** What a hold keeps from starting. */
export type Held = 'everything' | { readonly rule: string } | { readonly remediation: string };

/** A switch that keeps remediations from starting. What is under way goes on. */
export interface Hold {
  readonly of: Held;
  readonly by: string;
  readonly reason: string;
  readonly at: EpochMillis;
}

/** The incident before on a sickness. */
export interface LastIncident extends Pick<Incident, 'id' | 'state'> {
  readonly rule: string;
  readonly memory: Pick<Incident['memory'], 'rung' | 'starts' | 'traceless' | 'spent' | 'lastStartAt'>;
  readonly endedAt: EpochMillis;
}

/** An incident among others. */
export interface IncidentSummary extends Pick<Incident, 'id' | 'revision' | 'condition' | 'resource' | 'openedAt'> {
  /** Name of the rule. */
  readonly rule: string;
  readonly state: State;
  /** Why this program may not advance it: another version wrote it. Absent for all others. */
  readonly parked?: string;
}

/** Stored by a program whose shape of incidents this one does not know. It must be left alone and people told. */
export class UnreadableIncidentError extends Error {
  override readonly name = 'UnreadableIncidentError';
}

/** The memory of an incident has outgrown what a commit stores of it. Nothing was written, and trying again will not help. */
export class SnapshotTooLargeError extends Error {
  override readonly name = 'SnapshotTooLargeError';
}

/**
 * Where incidents live. Every method is strongly consistent, but for `due` and `list`, which may lag some seconds behind.
 * Errors that a method throws are passing, but for the two above: the same call may succeed later.
 */
export interface IncidentStore {
  /** An incident that has ended may have been forgotten. Throws `UnreadableIncidentError` for one of another shape. */
  read(id: string): Promise<Incident | undefined>;
  /** Oldest first; empty for an incident that is not there. */
  history(id: string): Promise<readonly HistoryEntry[]>;
  /**
   * Open incidents that are about this resource or watch it. One that cannot be read does not hide the others: it comes with a
   * machine that `step` refuses, and its rule but for the name, its memory and its evidence are missing. Park it.
   */
  openOn(resource: string): Promise<readonly Incident[]>;
  /** Whether a commit took account of it: for as long as that incident is open, and 16 days longer. */
  isSeen(signal: string): Promise<boolean>;
  holdings(incident: string, resources: readonly string[], at: EpochMillis): Promise<Holdings>;
  /** What fell sick in a scope since then, the latest `sightingsAtMost` of it; those of incidents that have ended as well. */
  sightings(scope: Scope, since: EpochMillis): Promise<readonly Sighting[]>;
  /** The latest incident on this sickness (`sicknessKey`) that has ended; undefined where none is remembered, or one is open. */
  lastOn(sickness: string): Promise<LastIncident | undefined>;
  /** Writes all of it if the stored revision is the one before, and nothing otherwise. An ended incident lets go of its claims. */
  commit(commit: Commit): Promise<CommitResult>;
  /** Wake-ups that should have come before this instant, the longest overdue first; none of parked incidents. */
  due(before: EpochMillis, atMost: number): Promise<readonly Wake[]>;
  /** Incidents in these states, ended ones included as long as they are kept; the latest opened first. */
  list(states: readonly State[], atMost: number): Promise<readonly IncidentSummary[]>;
  /** Incidents that are parked, whatever their state; the first opened first. */
  parked(atMost: number): Promise<readonly IncidentSummary[]>;
  /** Sets the incident aside until a program that knows it advances it: then it is parked no more. Harmless when repeated. */
  park(id: string, reason: string): Promise<void>;
  /** All that are on; none where nobody ever set one. */
  holds(): Promise<readonly Hold[]>;
  /** Replaces what was set for the same. */
  setHold(hold: Hold): Promise<void>;
  /** Answers the one that was on, if one was. */
  endHold(of: Held): Promise<Hold | undefined>;
}

/** A wake-up that an incident waits for. */
export interface Wake {
  readonly incident: string;
  readonly at: EpochMillis;
  /** Of the commit that armed it. */
  readonly revision: number;
}
