import type { Decision } from '../runtime/intake';
import { incidentsIn } from '../runtime/incidents';
import { MemoryStore } from '../runtime/memory-store';
import { snsNotifier } from '../runtime/escalation/notifier';
import type { Surroundings } from '../runtime/surroundings';
import { readEvent } from '../signals';
import { VirtualClock } from '../simulator/clock';
import { World } from '../simulator/world';
import type { Policy } from '../statemachines/policy';
import { AssumedWorld } from './assumed-world';
import { timeOf, type Recorded } from './recorded-events';
import { reportOf, type ReplayReport, type ReportedIncident } from './report';
import { simulatedClients, simulatedTopics } from './simulated-clients';
import { virtualTimers } from './virtual-timers';

/** What a replay is made of, beside the recording. */
export interface ReplaySetting extends Pick<Surroundings, 'remediations' | 'vitals'> {
  readonly policy: Policy;
  /** Fills the world before the first event; absent: everything is assumed. */
  readonly build?: (world: World) => void;
  /** Is told of each decision as it is made. */
  readonly onDecision?: (decision: Decision) => void;
  /** Is told of each incident as it ends. */
  readonly onIncident?: (incident: ReportedIncident) => void;
}

/** An incident is given this long after the last recorded event; then it is reported as it stands. */
const afterwards = 60 * 24 * 3_600_000;

/** Replays recorded events in a simulated world, in virtual time: what was decided, and what became of each incident. */
export async function replay(recorded: AsyncIterable<Recorded>, setting: ReplaySetting): Promise<ReplayReport> {
  const decisions: Decision[] = [];
  const incidents: ReportedIncident[] = [];
  const decide = (decision: Decision): void => {
    decisions.push(decision);
    setting.onDecision?.(decision);
  };
  const report = (incident: ReportedIncident): void => {
    incidents.push(incident);
    setting.onIncident?.(incident);
  };
  let stage: Stage | undefined;
  let events = 0;
  for await (const one of recorded) {
    events += 1;
    if (one.kind === 'unreadable') {
      decide({ eventId: '', decision: 'invalid', reason: `${one.position}: ${one.message}` });
      continue;
    }
    const time = timeOf(one);
    stage ??= setStage(Number.isFinite(time) ? time : 0, setting, report);
    // A time that is none, or past, is now: what was recorded late was told late.
    if (Number.isFinite(time)) await stage.clock.runUntil(time);
    for (const decision of await stage.play(one.event)) decide(placed(decision, one.position));
  }
  if (stage) await stage.finish();
  return {
    events,
    ignored: decisions.filter(({ decision }) => decision === 'ignored').length,
    invalid: decisions.filter(({ decision }) => decision === 'invalid').length,
    decisions,
    incidents,
    assumed: stage?.assumed.assumed ?? [],
  };
}

/** An event that cannot be read is found by its place in the recording, for it may not even have an id. */
function placed(decision: Decision, position: string): Decision {
  return decision.decision === 'invalid' ? { ...decision, reason: `${position}: ${decision.reason ?? ''}` } : decision;
}

interface Stage {
  readonly clock: VirtualClock;
  readonly assumed: AssumedWorld;
  play(event: unknown): Promise<readonly Decision[]>;
  /** Lets everything that is under way come to its end. */
  finish(): Promise<void>;
}

function setStage(startsAt: number, setting: ReplaySetting, onEnd: (incident: ReportedIncident) => void): Stage {
  const clock = new VirtualClock(startsAt);
  const world = new World(clock);
  setting.build?.(world);
  const assumed = new AssumedWorld(world);
  const store = new MemoryStore((incident, history) => {
    onEnd(reportOf(incident, history));
  });
  const { policy, remediations, vitals } = setting;
  const incidents = incidentsIn({
    clock,
    store,
    clients: simulatedClients(world),
    timers: virtualTimers(clock, (incident, revision) => incidents.wake(incident, revision)),
    notifier: snsNotifier(policy, simulatedTopics(world)),
    policy,
    takesFrom: { accounts: 'any', regions: 'any' },
    remediations,
    vitals,
  });
  world.subscribe(async (event) => {
    await incidents.take(event);
  });
  const { accounts = 'any', regions = 'any', mappings } = policy;
  return {
    clock,
    assumed,
    play: async (event) => {
      const reading = readEvent(event, { accounts, regions, mappings });
      if (reading.kind === 'signals') assumed.follow(event, reading.signals);
      return incidents.take(event);
    },
    finish: async () => {
      await clock.runUntil(clock.now() + afterwards);
      for (const { incident, history } of store.open()) onEnd(reportOf(incident, history));
    },
  };
}
