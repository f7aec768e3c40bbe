import type { EpochMillis } from '../../signals/signal';
import { resourceKey } from '../../signals/signal';
import { hasEnded, isWithPeople, sicknessKey, type Incident, type State } from '../../statemachines/incident';
import { fitsQuotas } from '../../statemachines/quota';
import type { Scope } from '../../statemachines/scope';
import type { Sighting } from '../../statemachines/storm';
import { heldName } from './held-name';
import type {
  Claim,
  Commit,
  CommitResult,
  Held,
  HistoryEntry,
  Hold,
  Holdings,
  IncidentStore,
  IncidentSummary,
  LastIncident,
  Wake,
} from './incident-store';
import { FadingMap } from './memory-store/fading-map';
import { SightingBook } from './memory-store/sighting-book';
import { StartLedger, type WrittenStart } from './memory-store/start-ledger';

const day = 24 * 60 * 60 * 1_000;
/** Longer than any redelivery: EventBridge gives up after a day, a queue after fourteen. */
const signalsKeptFor = 16 * day;
/** No policy counts a sickness as the same that comes back later. */
const lastsKeptFor = 2 * day;

interface Row {
  incident: Incident;
  readonly history: HistoryEntry[];
  readonly watches: Set<string>;
  readonly signals: Set<string>;
  /** Its present claim, and the start that came with it. */
  claim: { readonly resources: readonly string[]; readonly start: WrittenStart } | undefined;
  /** Why it is parked; absent while it is not. */
  parked?: string;
}

/**
 * Incidents in this process, gone with it. What has ended is handed to `onEnd` and forgotten, so that memory holds only what is
 * open; signals and starts are remembered for as long as they can matter. Nothing is awaited inside of a commit: what it found
 * is still so when it writes.
 */
export class MemoryStore implements IncidentStore {
  readonly #rows = new Map<string, Row>();
  /** Ids of the open incidents by the sickness that they are about. */
  readonly #about = new Map<string, string>();
  readonly #watchers = new Map<string, Set<string>>();
  readonly #claims = new Map<string, string>();
  readonly #starts = new StartLedger((start) => this.#isTouching(start));
  readonly #sightings = new SightingBook();
  readonly #signalsOfOpen = new Set<string>();
  readonly #signalsOfEnded = new FadingMap<true>(signalsKeptFor);
  /** By the sickness that they were about. */
  readonly #lasts = new FadingMap<LastIncident>(lastsKeptFor);
  readonly #holds = new Map<string, Hold>();

  constructor(private readonly onEnd?: (incident: Incident, history: readonly HistoryEntry[]) => void) {}

  async read(id: string): Promise<Incident | undefined> {
    return this.#rows.get(id)?.incident;
  }

  /** What is still open, with its history, oldest first. */
  open(): readonly { readonly incident: Incident; readonly history: readonly HistoryEntry[] }[] {
    return [...this.#rows.values()];
  }

  /** How much is kept of each thing, to see that it does not grow. */
  counts(): Readonly<Record<'incidents' | 'watched' | 'claims' | 'starts' | 'signals' | 'scopes' | 'lasts', number>> {
    return {
      incidents: this.#rows.size,
      watched: this.#watchers.size,
      claims: this.#claims.size,
      starts: this.#starts.size,
      signals: this.#signalsOfOpen.size + this.#signalsOfEnded.size,
      scopes: this.#sightings.size,
      lasts: this.#lasts.size,
    };
  }

  async history(id: string): Promise<readonly HistoryEntry[]> {
    return this.#rows.get(id)?.history ?? [];
  }

  async openOn(resource: string): Promise<readonly Incident[]> {
    const ids = this.#watchers.get(resource) ?? [];
    return [...ids].flatMap((id) => this.#rows.get(id)?.incident ?? []);
  }

  async isSeen(signal: string): Promise<boolean> {
    return this.#isSeen(signal);
  }

  async holdings(incident: string, resources: readonly string[], at: EpochMillis): Promise<Holdings> {
    return this.#holdings(incident, resources, at);
  }

  async sightings(scope: Scope, since: EpochMillis): Promise<readonly Sighting[]> {
    return this.#sightings.since(scope, since);
  }

  async lastOn(sickness: string): Promise<LastIncident | undefined> {
    return this.#about.has(sickness) ? undefined : this.#lasts.get(sickness);
  }

  async commit(commit: Commit): Promise<CommitResult> {
    const { incident, claim } = commit;
    const row = this.#rows.get(incident.id);
    if ((row?.incident.revision ?? 0) !== incident.revision - 1) return { kind: 'lost' };
    if (!row && this.#about.has(sicknessKey(incident))) return { kind: 'lost' };
    if (commit.signals.some((signal) => this.#isSeen(signal))) return { kind: 'lost' };
    if (claim && !this.#fits(incident.id, claim)) return { kind: 'claimRefused' };
    this.#write(commit, row ?? { incident, history: [], watches: new Set(), signals: new Set(), claim: undefined });
    return { kind: 'committed' };
  }

  async due(before: EpochMillis, atMost: number): Promise<readonly Wake[]> {
    return [...this.#rows.values()]
      .flatMap(({ incident: { id, wake }, parked }) =>
        wake && wake.at < before && parked === undefined ? [{ incident: id, ...wake }] : [],
      )
      .sort((one, other) => one.at - other.at)
      .slice(0, atMost);
  }

  async list(states: readonly State[], atMost: number): Promise<readonly IncidentSummary[]> {
    return [...this.#rows.values()]
      .filter(({ incident }) => states.includes(incident.state))
      .map(summaryOf)
      .sort((one, other) => other.openedAt - one.openedAt)
      .slice(0, atMost);
  }

  async parked(atMost: number): Promise<readonly IncidentSummary[]> {
    return [...this.#rows.values()]
      .filter(({ parked }) => parked !== undefined)
      .slice(0, atMost)
      .map(summaryOf);
  }

  async park(id: string, reason: string): Promise<void> {
    const row = this.#rows.get(id);
    if (row) row.parked = reason;
  }

  async holds(): Promise<readonly Hold[]> {
    return [...this.#holds.values()];
  }

  async setHold(hold: Hold): Promise<void> {
    this.#holds.set(heldName(hold.of), hold);
  }

  async endHold(of: Held): Promise<Hold | undefined> {
    const hold = this.#holds.get(heldName(of));
    this.#holds.delete(heldName(of));
    return hold;
  }

  #isSeen(signal: string): boolean {
    return this.#signalsOfOpen.has(signal) || this.#signalsOfEnded.has(signal);
  }

  #isTouching(start: WrittenStart): boolean {
    const row = this.#rows.get(start.incident);
    return row?.claim?.start === start && !isWithPeople(row.incident);
  }

  #holdings(incident: string, resources: readonly string[], at: EpochMillis): Holdings {
    const heldByOthers = resources.flatMap((resource) => {
      const holder = this.#claims.get(resource);
      return holder !== undefined && holder !== incident ? [{ resource, incident: holder }] : [];
    });
    return { heldByOthers, starts: this.#starts.at(at) };
  }

  #fits(incident: string, { resources, at, quotas }: Claim): boolean {
    const { heldByOthers, starts } = this.#holdings(incident, resources, at);
    return heldByOthers.length === 0 && fitsQuotas(quotas, starts, incident, at);
  }

  #write(commit: Commit, row: Row): void {
    const { incident, claim } = commit;
    row.incident = incident;
    delete row.parked;
    row.history.push(...commit.entries);
    this.#rows.set(incident.id, row);
    this.#about.set(sicknessKey(incident), incident.id);
    const watched = [resourceKey(incident.resource), ...commit.watches, ...(claim?.resources ?? [])];
    for (const resource of watched) this.#watch(row, resource);
    const at = commit.entries.at(-1)?.at ?? incident.openedAt;
    for (const signal of commit.signals) {
      row.signals.add(signal);
      this.#signalsOfOpen.add(signal);
    }
    for (const scope of commit.sightings) {
      this.#sightings.add(scope, { resource: resourceKey(incident.resource), at: incident.openedAt });
    }
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
    row.claim = { resources: claim.resources, start: this.#starts.add(row.incident.id, claim) };
    for (const resource of claim.resources) this.#claims.set(resource, row.incident.id);
  }

  #letGo({ claim }: Row): void {
    for (const resource of claim?.resources ?? []) this.#claims.delete(resource);
  }

  #end(row: Row, at: EpochMillis): void {
    this.#letGo(row);
    for (const resource of row.watches) {
      const watchers = this.#watchers.get(resource);
      watchers?.delete(row.incident.id);
      if (watchers?.size === 0) this.#watchers.delete(resource);
    }
    this.#about.delete(sicknessKey(row.incident));
    this.#rows.delete(row.incident.id);
    for (const signal of row.signals) {
      this.#signalsOfOpen.delete(signal);
      this.#signalsOfEnded.set(signal, true, at);
    }
    this.#lasts.set(sicknessKey(row.incident), lastOf(row.incident, at), at);
    this.onEnd?.(row.incident, row.history);
  }
}

function lastOf({ id, state, rule, memory }: Incident, endedAt: EpochMillis): LastIncident {
  const { rung, starts, traceless, spent, lastStartAt } = memory;
  return { id, state, rule: rule.name, memory: { rung, starts, traceless, spent, lastStartAt }, endedAt };
}

function summaryOf({ incident, parked }: Row): IncidentSummary {
  const { id, revision, condition, resource, openedAt, state, rule } = incident;
  return {
    id,
    revision,
    condition,
    resource,
    openedAt,
    state,
    rule: rule.name,
    ...(parked !== undefined && { parked }),
  };
}
