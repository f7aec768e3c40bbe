import type { EpochMillis } from '../signals/signal';
import { resourceKey } from '../signals/signal';
import { hasEnded, type Incident } from '../statemachines/incident';
import type { Claim, Commit, CommitResult, HistoryEntry, Holdings, IncidentStore } from './incident-store';

const hour = 60 * 60 * 1_000;
const day = 24 * hour;
/** Longer than any redelivery: EventBridge gives up after a day, a queue after fourteen. */
const signalsKeptFor = 16 * day;

interface Row {
  incident: Incident;
  readonly history: HistoryEntry[];
  readonly watches: Set<string>;
  claim: Claim | undefined;
}

/**
 * Incidents in this process, gone with it. What has ended is handed to `onEnd` and forgotten, so that memory holds only what is
 * open; signals and starts are remembered for as long as they can matter.
 */
export class MemoryStore implements IncidentStore {
  readonly #rows = new Map<string, Row>();
  readonly #watchers = new Map<string, Set<string>>();
  readonly #claims = new Map<string, string>();
  readonly #touching = new Map<string, Set<string>>();
  readonly #starts = new Map<string, EpochMillis[]>();
  readonly #signals = new Map<string, EpochMillis>();

  constructor(private readonly onEnd?: (incident: Incident, history: readonly HistoryEntry[]) => void) {}

  async read(id: string): Promise<Incident | undefined> {
    return this.#rows.get(id)?.incident;
  }

  /** What is still open, with its history, oldest first. */
  open(): readonly { readonly incident: Incident; readonly history: readonly HistoryEntry[] }[] {
    return [...this.#rows.values()];
  }

  async history(id: string): Promise<readonly HistoryEntry[]> {
    return this.#rows.get(id)?.history ?? [];
  }

  async openOn(resource: string): Promise<readonly Incident[]> {
    const ids = this.#watchers.get(resource) ?? [];
    return [...ids].flatMap((id) => this.#rows.get(id)?.incident ?? []);
  }

  async isSeen(signal: string): Promise<boolean> {
    return this.#signals.has(signal);
  }

  async holdings(incident: string, rule: string, resources: readonly string[], at: EpochMillis): Promise<Holdings> {
    const heldByOthers = resources.flatMap((resource) => {
      const holder = this.#claims.get(resource);
      return holder && holder !== incident ? [{ resource, incident: holder }] : [];
    });
    const touching = this.#touching.get(rule) ?? new Set();
    const starts = (this.#starts.get(rule) ?? []).filter((start) => start > at - hour);
    this.#starts.set(rule, starts);
    return {
      heldByOthers,
      touchingNow: touching.size - (touching.has(incident) ? 1 : 0),
      startsInLastHour: starts.length,
    };
  }

  async commit(commit: Commit): Promise<CommitResult> {
    const { incident, claim } = commit;
    const row = this.#rows.get(incident.id);
    if ((row?.incident.revision ?? 0) !== incident.revision - 1) return { kind: 'lost' };
    if (!row && (await Promise.all(commit.signals.map((signal) => this.isSeen(signal)))).some(Boolean))
      return { kind: 'lost' };
    if (claim && !(await this.#fits(incident.id, claim))) return { kind: 'claimed' };
    this.#write(commit, row ?? { incident, history: [], watches: new Set(), claim: undefined });
    return { kind: 'committed' };
  }

  async #fits(incident: string, claim: Claim): Promise<boolean> {
    const { heldByOthers, touchingNow, startsInLastHour } = await this.holdings(
      incident,
      claim.rule,
      claim.resources,
      claim.at,
    );
    return heldByOthers.length === 0 && touchingNow < claim.atOnce && startsInLastHour < claim.perHour;
  }

  #write(commit: Commit, row: Row): void {
    const { incident, claim } = commit;
    row.incident = incident;
    row.history.push(...commit.entries);
    this.#rows.set(incident.id, row);
    for (const resource of [resourceKey(incident.resource), ...commit.watches]) this.#watch(row, resource);
    const at = commit.entries.at(-1)?.at ?? incident.openedAt;
    for (const signal of commit.signals) this.#signals.set(signal, at);
    if (claim) this.#take(row, claim);
    if (hasEnded(incident)) this.#end(row, at);
  }

  #watch(row: Row, resource: string): void {
    row.watches.add(resource);
    const watchers = this.#watchers.get(resource) ?? new Set();
    this.#watchers.set(resource, watchers.add(row.incident.id));
  }

  #take(row: Row, claim: Claim): void {
    this.#letGo(row);
    row.claim = claim;
    for (const resource of claim.resources) this.#claims.set(resource, row.incident.id);
    this.#touching.set(claim.rule, (this.#touching.get(claim.rule) ?? new Set()).add(row.incident.id));
    this.#starts.set(claim.rule, [...(this.#starts.get(claim.rule) ?? []), claim.at]);
  }

  #letGo({ claim, incident }: Row): void {
    for (const resource of claim?.resources ?? []) this.#claims.delete(resource);
    if (claim) this.#touching.get(claim.rule)?.delete(incident.id);
  }

  #end(row: Row, at: EpochMillis): void {
    this.#letGo(row);
    for (const resource of row.watches) {
      const watchers = this.#watchers.get(resource);
      watchers?.delete(row.incident.id);
      if (watchers?.size === 0) this.#watchers.delete(resource);
    }
    this.#rows.delete(row.incident.id);
    this.#forgetSignals(at);
    this.onEnd?.(row.incident, row.history);
  }

  /** Signals were entered in the order of time, so the old ones come first. */
  #forgetSignals(now: EpochMillis): void {
    for (const [signal, at] of this.#signals) {
      if (at > now - signalsKeptFor) return;
      this.#signals.delete(signal);
    }
  }
}
