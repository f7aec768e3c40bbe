import type { Mode } from '../statemachines/rule';
import { resourceKey, type EpochMillis } from '../signals/signal';
import { hasEnded, sicknessKey, type Incident } from '../statemachines/incident';
import { scopesOf, type Scope } from '../statemachines/scope';
import type { Policy } from '../statemachines/policy';
import type { Claim, Commit, Held, HistoryEntry } from '../runtime/store/incident-store';
import type { SimulatedAccount } from '../simulator/world';

/** A commit at the moment at which it was written, whether or not whoever made it learns of that. */
export interface Committed {
  /** By the one clock that is right. */
  readonly at: EpochMillis;
  readonly sandbox: string;
  readonly release: number;
  readonly commit: Commit;
  /** As it stood before; absent for the commit that opens it. */
  readonly before: Incident | undefined;
}

/** A call that changes something, at the moment at which it reaches AWS. */
export interface Write {
  readonly at: EpochMillis;
  readonly sandbox: string;
  readonly incident: string;
  readonly remediation: string;
  readonly mode: Mode;
  /** Keys of what its credentials name. */
  readonly touches: readonly string[];
  readonly service: string;
  readonly operation: string;
  readonly input: object;
  /** Revision of the incident as this was sent. */
  readonly revision: number;
  /** Whether AWS has done it, whatever it answered. */
  isDone: boolean;
}

/** What a person meant when they answered. */
export interface Consent {
  readonly incident: string;
  readonly planHash: string;
  readonly by: string;
  readonly at: EpochMillis;
}

/** An incident as it really stands. */
export interface Standing {
  incident: Incident;
  readonly history: HistoryEntry[];
  /** Its last claim, and when that was really written. */
  claim: { readonly claim: Claim; readonly at: EpochMillis; readonly revision: number } | undefined;
  /** When it was opened by the right clock. */
  readonly openedAt: EpochMillis;
}

/** A start that was committed to, as limits count it. */
export interface Start {
  readonly at: EpochMillis;
  readonly incident: string;
  /** Of the commit. */
  readonly revision: number;
  readonly scopes: readonly string[];
  readonly sickness: string;
}

/** A message that SNS took. */
export interface Told {
  readonly at: EpochMillis;
  readonly text: string;
}

/** When a hold was really on. */
export interface HoldTime {
  readonly of: Held;
  readonly from: EpochMillis;
  until: EpochMillis;
}

/** What really happened in a trial, whoever believes what: written down where it happens, and judged by the invariants. */
export class Truth {
  readonly incidents = new Map<string, Standing>();
  readonly writes: Write[] = [];
  readonly consents: Consent[] = [];
  readonly starts: Start[] = [];
  readonly told: Told[] = [];
  readonly holds: HoldTime[] = [];
  /** Keys of the signals that a commit has taken account of, and of which incident. */
  readonly signals = new Map<string, string>();
  readonly parked = new Set<string>();
  /** Alarms that were told of and reached the queue: who must not be forgotten. */
  readonly alarmed: { readonly at: EpochMillis; readonly instance: string; readonly body: string }[] = [];
  /** Bodies of messages that nobody could work off. */
  deadLetters: () => readonly string[] = () => [];
  /** Each opening, by the scopes that it was seen in. */
  readonly openings: { readonly at: EpochMillis; readonly resource: string; readonly scopes: readonly Scope[] }[] = [];
  /** Since when an instance has really been sick, or well, by its id. */
  readonly sickSince = new Map<string, EpochMillis>();
  readonly wellSince = new Map<string, EpochMillis>();

  constructor(
    readonly account: SimulatedAccount,
    readonly policy: Policy,
    readonly now: () => EpochMillis,
    /** Whether workers may fall asleep for minutes in this trial. */
    readonly hasSleepers = false,
  ) {}

  /** Open, as they stand. */
  open(): readonly Standing[] {
    return [...this.incidents.values()].filter(({ incident }) => !hasEnded(incident));
  }

  /** Takes a commit into account, once it was judged. */
  commit({ at, commit: { incident, entries, signals, claim }, before }: Committed): void {
    const { id, revision } = incident;
    const standing = this.incidents.get(id) ?? { incident, history: [], claim: undefined, openedAt: at };
    standing.incident = incident;
    standing.history.push(...entries);
    this.incidents.set(id, standing);
    for (const signal of signals) this.signals.set(signal, id);
    if (claim) {
      standing.claim = { claim, at, revision };
      this.starts.push({ at, incident: id, revision, scopes: claim.scopes, sickness: sicknessKey(incident) });
    }
    if (!before) {
      const { resource, place } = incident;
      this.openings.push({ at, resource: resourceKey(resource), scopes: scopesOf(resource, place) });
    }
  }
}
