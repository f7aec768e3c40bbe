import type { Incident } from '../../statemachines/incident';
import { canAdvance } from '../../statemachines/step';
import { failureOf } from '../aws/failure';
import type { IncidentStore, Wake } from '../store/incident-store';
import type { Incidents } from '../incidents';
import type { Clock } from '../clock';
import type { Deadline, DeadlineIn } from './deadline';
import type { Telemetry } from './telemetry';

/** What the sweeper is made of. */
export interface Sweeper {
  readonly incidents: Incidents;
  readonly store: Pick<IncidentStore, 'read' | 'due' | 'parked'>;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  /** Tells each contact in one message what was not written to it by itself. Never throws. */
  readonly sendDigests: () => Promise<void>;
  /** Looks whether the contacts of the policy are reached. Never throws. */
  readonly watchContacts: () => Promise<void>;
  /** Arms and tells what comes of it. Never throws. */
  readonly flush: () => Promise<void>;
  readonly deadlineIn: DeadlineIn;
}

const second = 1_000;
const minute = 60 * second;
/** A wake-up that comes later than this after its time is lost. */
const grace = minute;
/** An incident that nobody could advance for so long is stuck. */
const stuckAfter = 15 * minute;
/** How often an incident that is looked at again and again, without a commit, is looked at by the sweeper too. */
const looksAnewEvery = 5 * minute;
/** How often the contacts are looked at. */
const watchesEvery = 5;
const atMost = 500;
const atOnce = 8;
/** Left at the end of a function's time. */
const reserve = 8 * second;

/**
 * Wakes incidents whose wake-up was lost, and those that are parked and known to this program; tells people in one message what
 * they were not told by itself. It runs each minute.
 */
export async function sweepUp(sweeper: Sweeper, remaining: () => number): Promise<void> {
  const { telemetry } = sweeper;
  const deadline = sweeper.deadlineIn(remaining() - reserve);
  const telling = deadline.isOver() ? undefined : Promise.race([tellPeople(sweeper), deadline.over]);
  try {
    const left = await wakeAll(sweeper, deadline);
    await sweeper.flush();
    telemetry.count('LostTimers', left.lost);
    telemetry.count('StuckIncidents', left.stuck);
    telemetry.count('ParkedIncidents', left.parked);
    telemetry.count('SweeperHeartbeat');
  } finally {
    // People are told, too, where the incidents cannot be read.
    await telling;
    deadline.cancel();
  }
}

/** The contacts are looked at once in each five minutes by the clock, which is what their alarm looks at. */
async function tellPeople({ sendDigests, watchContacts, clock }: Sweeper): Promise<void> {
  const isTimeToWatch = Math.floor(clock.now() / minute) % watchesEvery === 0;
  await Promise.all([sendDigests(), ...(isTimeToWatch ? [watchContacts()] : [])]);
}

/** What was found and is not as it should be. */
interface Left {
  lost: number;
  stuck: number;
  parked: number;
}

async function wakeAll(sweeper: Sweeper, deadline: Deadline): Promise<Left> {
  const { store, clock } = sweeper;
  const now = clock.now();
  const [due, parked] = await Promise.all([store.due(now - grace, atMost), store.parked(atMost)]);
  const left: Left = { lost: 0, stuck: 0, parked: 0 };
  await Promise.all([
    each(due, deadline, async (wake) => {
      const found = await readable(wake.incident, sweeper);
      const overdue = now - (found ? lastDeadlineOf(found, wake) : wake.at);
      if (overdue > stuckAfter) left.stuck += 1;
      if (overdue > grace) left.lost += 1;
      else if (!isTimeToLook(now - wake.at)) return;
      await wakeUp(wake.incident, wake.revision, sweeper);
    }),
    each(parked, deadline, async ({ id, revision }) => {
      const found = await readable(id, sweeper);
      if (found && canAdvance(found)) {
        if (!found.wake || found.wake.at >= now) return;
        await wakeUp(id, found.wake.revision, sweeper);
        // What this program knows may yet be more than it can store.
        if ((await readable(id, sweeper))?.revision !== revision) return;
      }
      left.parked += 1;
    }),
  ]);
  return left;
}

/**
 * An incident that looks again every half minute commits nothing while nothing has changed: what is stored is the first of these
 * wake-ups. It is late only when the wait itself is over.
 */
function lastDeadlineOf({ memory }: Incident, { at }: Wake): number {
  return Math.max(at, memory.deadlineAt ?? 0, memory.settledAt ?? 0, memory.held?.until ?? 0);
}

function isTimeToLook(overdue: number): boolean {
  return overdue >= looksAnewEvery && overdue % looksAnewEvery < minute;
}

async function readable(id: string, { store }: Sweeper): Promise<Incident | undefined> {
  try {
    return await store.read(id);
  } catch {
    // Whoever wakes it finds out why.
    return undefined;
  }
}

async function wakeUp(incident: string, revision: number, { incidents, telemetry }: Sweeper): Promise<void> {
  try {
    await incidents.wake(incident, revision);
    telemetry.log('info', 'woken by the sweeper', { incident, revision });
  } catch (error) {
    telemetry.log('error', 'an incident cannot be woken', { incident, revision, reason: failureOf(error).reason });
  }
}

/** Some at a time, and no more once time is over, when those under way are left to themselves: the next sweep goes on. */
async function each<T>(items: readonly T[], deadline: Deadline, go: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const lane = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined && !deadline.isOver(); item = waiting.shift()) await go(item);
  };
  await Promise.race([Promise.all(Array.from({ length: atOnce }, lane)), deadline.over]);
}
