import { resourceKey } from '../signals/signal';
import { touches, type Effect } from '../statemachines/effect';
import type { Incident } from '../statemachines/incident';
import type { IncidentEvent } from '../statemachines/incident-event';
import { scopesOf, type Scope } from '../statemachines/scope';
import { committed, step } from '../statemachines/step';
import type { Claim, HistoryEntry } from './store/incident-store';
import { perform, type Performed } from './perform';
import type { Surroundings } from './surroundings';

/** `lost`: somebody else advanced the incident meanwhile; nothing was committed, told or touched. */
export type Advance = { readonly kind: 'advanced'; readonly incident: Incident } | { readonly kind: 'lost' };

/** What has been decided since the last commit, and waits for the next. */
interface Batch {
  incident: Incident;
  /** As this worker committed it last; absent before its first commit. */
  stored: Incident | undefined;
  /** What the last touch came to, until that is committed. */
  touched: Performed | undefined;
  changed: boolean;
  entries: HistoryEntry[];
  signals: readonly string[];
  watches: string[];
  sightings: readonly Scope[];
  claim: Claim | undefined;
  planned: Performed['planned'];
  /** Where to go back to when the claim turns out to be taken. */
  admitting: { readonly incident: Incident; readonly entries: number } | undefined;
  /** The wake-up that is armed at the timers; null when none is. */
  armed: Incident['wake'];
}

/**
 * Takes an incident as far as it goes now: step, do what it asks, step on the answer, until it waits or ends.
 * Commits only before touching and before waiting, so that reads cost no commit of their own.
 * `signals` are the dedup keys that the first commit takes account of, if there is one.
 */
export async function advance(
  incident: Incident,
  trigger: IncidentEvent,
  signals: readonly string[],
  world: Surroundings,
): Promise<Advance> {
  return follow(incident, { event: trigger, calls: [] }, signals, world);
}

async function follow(
  incident: Incident,
  happened: Performed,
  signals: readonly string[],
  world: Surroundings,
): Promise<Advance> {
  const batch = batchOf(incident, happened, signals);
  const waiting: Effect[] = enter(batch, happened);
  for (let effect = waiting.shift(); effect; effect = waiting.shift()) {
    if (touches(effect)) {
      const result = await commit(batch, world);
      if (result === 'lost') return overtaken(batch, world);
      if (result === 'claimRefused') {
        waiting.push(...giveBack(batch, world));
        continue;
      }
    }
    const performed = await perform(effect, await occasionOf(effect, batch, world), world);
    if (touches(effect)) {
      batch.touched = performed;
      // What a touch came to is kept, even where the machine goes on waiting as before.
      batch.changed = true;
    }
    if (performed.event.type === 'admission.granted')
      batch.admitting = { incident: batch.incident, entries: batch.entries.length };
    batch.planned = performed.planned ?? batch.planned;
    batch.claim = performed.claim ?? batch.claim;
    waiting.push(...enter(batch, performed));
  }
  if (batch.changed && (await commit(batch, world)) !== 'committed') return overtaken(batch, world);
  await arm(batch, world);
  return { kind: 'advanced', incident: batch.incident };
}

function batchOf(incident: Incident, { event, watches = [] }: Performed, signals: readonly string[]): Batch {
  // A timer that has fired is spent, even when the incident goes on waiting for the same instant.
  const isSpent = event.type === 'timer.fired' && event.revision === incident.wake?.revision;
  return {
    incident,
    stored: undefined,
    touched: undefined,
    // A recovery only bids to look. Where that changes nothing it is not worth a commit, and told again it is a look again.
    changed: (signals.length > 0 && event.type !== 'signal.recovered') || watches.length > 0,
    entries: [],
    signals,
    watches: [],
    // Where it fell sick is told once, with the commit that opens it.
    sightings: incident.revision === 0 ? scopesOf(incident.resource, incident.place) : [],
    claim: undefined,
    planned: undefined,
    admitting: undefined,
    armed: isSpent ? null : incident.wake,
  };
}

/**
 * Others were faster. What was committed stands. What a touch came to is a fact: the incident is told of it as it is now, if it
 * still waits for just that; else whoever waits looks it up.
 */
async function overtaken(
  { stored, touched }: Pick<Batch, 'stored' | 'touched'>,
  world: Surroundings,
): Promise<Advance> {
  if (!stored) return { kind: 'lost' };
  const now = await world.store.read(stored.id);
  const waits = now?.state === stored.state && now.wake?.revision === stored.wake?.revision;
  if (!now || !touched || !waits) return { kind: 'advanced', incident: now ?? stored };
  const result = await follow(now, touched, [], world);
  return result.kind === 'lost' ? overtaken({ stored, touched }, world) : result;
}

function enter(batch: Batch, { event, calls, watches = [] }: Performed): Effect[] {
  const before = batch.incident;
  const { incident, effects, changed } = step(before, event);
  const remediation = incident.memory.planned?.remediation ?? before.memory.planned?.remediation;
  batch.entries.push({
    at: event.at,
    event,
    from: before.state,
    to: incident.state,
    ...(remediation && { remediation }),
    calls,
  });
  batch.incident = incident;
  batch.watches.push(...watches.map(resourceKey));
  batch.changed ||= changed;
  return [...effects];
}

/** Someone took what was to be claimed, between the look and the commit: as if admission had been refused. */
function giveBack(batch: Batch, world: Surroundings): Effect[] {
  if (!batch.admitting)
    throw new Error(`Incident ${batch.incident.id} claimed resources without having been admitted.`);
  batch.incident = batch.admitting.incident;
  batch.entries.length = batch.admitting.entries;
  batch.claim = undefined;
  const refusals = [
    { guard: 'lock' as const, reason: 'another incident took the last leave to touch it a moment ago' },
  ];
  return enter(batch, { event: { type: 'admission.refused', at: world.clock.now(), refusals }, calls: [] });
}

async function commit(batch: Batch, world: Surroundings): Promise<'committed' | 'lost' | 'claimRefused'> {
  const incident = committed(batch.incident);
  const { entries, signals, watches, sightings, claim } = batch;
  const result = await world.store.commit({ incident, entries, signals, watches, sightings, ...(claim && { claim }) });
  if (result.kind !== 'committed') return result.kind;
  const blank = {
    changed: false,
    entries: [],
    signals: [],
    watches: [],
    sightings: [],
    claim: undefined,
    touched: undefined,
  };
  Object.assign(batch, { incident, stored: incident, ...blank });
  // The wake-up that counts is now in the store: whoever dies while touching is found by it. The timers only deliver it sooner,
  // and may well wait with it until the incident waits.
  await arm(batch, world);
  return 'committed';
}

async function arm(batch: Batch, world: Surroundings): Promise<void> {
  const { incident, armed } = batch;
  const { wake } = incident;
  if (wake?.at === armed?.at && wake?.revision === armed?.revision) return;
  batch.armed = wake;
  if (wake) await world.timers.arm(incident.id, wake);
  else await world.timers.disarm(incident.id);
}

async function occasionOf(effect: Effect, batch: Batch, world: Surroundings) {
  const { incident, planned } = batch;
  const asksForIt = effect.type === 'notify' || (effect.type === 'read-symptom' && incident.memory.echoes > 0);
  const history = asksForIt ? [...(await world.store.history(incident.id)), ...batch.entries] : [];
  return { incident, planned, history };
}
