import type { Clients } from '../runtime/aws/access';
import { noAnswerLinks } from '../runtime/answers/answer-links';
import { sendDigests } from '../runtime/escalation/digests';
import { notifierOf, type Messaging } from '../runtime/escalation/notifier';
import { heard } from '../runtime/store/heard-store';
import type { Commit, HistoryEntry } from '../runtime/store/incident-store';
import { incidentsIn, type Incidents } from '../runtime/incidents';
import { eventIdOf, RedeliveryError, type Decision } from '../runtime/intake';
import { MemoryDigests } from '../runtime/store/memory-digests';
import { MemoryStore } from '../runtime/store/memory-store';
import type { Notifier, Surroundings } from '../runtime/surroundings';
import { readEvent } from '../signals';
import type { Reading } from '../signals/signal';
import { VirtualClock } from '../simulator/clock';
import { World } from '../simulator/world';
import type { Incident } from '../statemachines/incident';
import { assumedConsent, consenting } from './assumed-people';
import { AssumedWorld } from './assumed-world';
import { simulatedClients, simulatedOpsItems, simulatedTopics } from './simulated-clients';
import { withDigests } from './virtual-digests';
import { virtualTimers } from './virtual-timers';

/** What a stage is set with. */
export interface StageSetting extends Pick<Surroundings, 'policy' | 'remediations' | 'vitals'> {
  /** Fills the world before the first event; absent: everything is assumed. */
  readonly build?: (world: World) => void;
  /** Whether people agree to whatever they are asked; otherwise nobody answers. */
  readonly peopleApprove?: boolean;
  /** Is told of each commit as it is made. */
  readonly onCommit?: (commit: Commit) => void;
  /** Is told of each incident as it ends. */
  readonly onEnd?: (incident: Incident, history: readonly HistoryEntry[]) => void;
}

/** Homeostat in a simulated world, in virtual time: the runtime as it is in production, with all around it replaced. */
export interface Stage {
  readonly clock: VirtualClock;
  readonly clients: Clients;
  readonly store: MemoryStore;
  /** Makes the world be as a recorded event says that it is. */
  follow(event: unknown): void;
  /** What was made up so far, one line each. */
  assumed(): readonly string[];
  /** A person's doing. */
  readonly act: Incidents['act'];
  /** Takes a recorded event, after the world has followed it. */
  play(event: unknown): Promise<readonly Decision[]>;
}

/** Sets the stage. `startsAt` is in epoch milliseconds. */
export function setStage(startsAt: number, setting: StageSetting): Stage {
  const { policy, remediations, vitals, build, peopleApprove, onCommit, onEnd } = setting;
  const clock = new VirtualClock(startsAt);
  const world = new World(clock);
  build?.(world);
  const assumedWorld = new AssumedWorld(world);
  const store = new MemoryStore(onEnd);
  const clients = simulatedClients(world);
  const notifier = messengerIn(world, clock, setting);
  const incidents = incidentsIn({
    clock,
    store: onCommit ? heard(store, onCommit) : store,
    clients,
    timers: virtualTimers(clock, (incident, revision) => incidents.wake(incident, revision)),
    notifier: peopleApprove ? consenting(notifier, clock, (id, act) => incidents.act(id, act)) : notifier,
    policy,
    takesFrom: { accounts: 'any', regions: 'any' },
    remediations,
    vitals,
  });
  /** There is nobody to deliver an event again: what could not be taken is refused. */
  const take = async (event: unknown, before?: (reading: Reading) => void): Promise<readonly Decision[]> => {
    try {
      return await incidents.take(event, before);
    } catch (error) {
      if (!(error instanceof RedeliveryError)) throw error;
      return [{ eventId: eventIdOf(event), decision: 'refused', reason: error.message }];
    }
  };
  world.subscribe(async (event) => {
    await take(event);
  });
  const { accounts = 'any', regions = 'any', mappings } = policy;
  const followReading = (event: unknown, reading: Reading): void => {
    if (reading.kind === 'signals') assumedWorld.follow(event, reading.signals);
  };
  return {
    clock,
    clients,
    store,
    follow: (event) => {
      followReading(event, readEvent(event, { accounts, regions, mappings }));
    },
    assumed: () => [...(peopleApprove ? [assumedConsent] : []), ...assumedWorld.assumed],
    act: (id, act) => incidents.act(id, act),
    play: (event) =>
      take(event, (reading) => {
        followReading(event, reading);
      }),
  };
}

/** Who writes to people in this world: one message for many goes out each minute, as in production. */
function messengerIn(world: World, clock: VirtualClock, { policy, remediations }: StageSetting): Notifier {
  const digests = new MemoryDigests();
  const { accounts: [account = '000000000000'] = [], regions: [region = 'us-east-1'] = [] } = policy;
  const messaging: Messaging = {
    policy,
    channels: { publish: simulatedTopics(world), opsItems: simulatedOpsItems(world, account, region) },
    digests,
    links: noAnswerLinks,
    known: remediations,
    clock,
    // What was not taken is in the history of the incident.
    onFailure: () => undefined,
    onDigestFailure: () => undefined,
  };
  return withDigests(notifierOf(messaging), clock, digests, () => sendDigests(messaging));
}
