import type { EpochMillis, Reading } from '../signals/signal';
import type { Incident } from '../statemachines/incident';
import type { IncidentEvent } from '../statemachines/incident-event';
import { advance } from './advance';
import { RedeliveryError, takeEvent, type Decision } from './intake';
import { park, whyParked } from './parking';
import type { Surroundings } from './surroundings';

/** What a person can do to an incident. */
export type Act =
  | { readonly type: 'approval.granted'; readonly by: string; readonly planHash: string }
  | { readonly type: 'approval.denied'; readonly by: string }
  | { readonly type: 'escalation.acknowledged'; readonly by: string }
  | { readonly type: 'incident.closed'; readonly by: string };

/** No such incident is open: it never was, or it has ended. */
export class UnknownIncidentError extends Error {
  override readonly name = 'UnknownIncidentError';
}

/** Homeostat at work: what reaches it from outside, and nothing else does. */
export interface Incidents {
  /**
   * An event as EventBridge delivers it; `before` is told what it says, before anything is decided.
   * Throws `RedeliveryError` when it must be delivered again.
   */
  take(event: unknown, before?: (reading: Reading) => void): Promise<readonly Decision[]>;
  /** A wake-up that was armed for an incident by the commit of `revision`. One that this program may not go on with is parked. */
  wake(incident: string, revision: number): Promise<void>;
  /** A person's doing. Answers whether it changed anything: a second click does not. */
  act(incident: string, act: Act): Promise<'done' | 'tooLate'>;
}

const raceAtMost = 5;
/**
 * A wake-up that comes earlier than this, in milliseconds, is nobody's that was armed: to take it for one would cut a wait short,
 * and end the lease of a worker that is still at it. Clocks of two workers differ by less.
 */
const earlyAtMost = 5_000;

export function incidentsIn(world: Surroundings): Incidents {
  const told = async (
    id: string,
    eventAt: (at: EpochMillis, incident: Incident) => IncidentEvent | undefined,
  ): Promise<{ before: Incident; after: Incident } | undefined> => {
    for (let tries = 0; tries < raceAtMost; tries += 1) {
      const before = await world.store.read(id);
      if (!before) return undefined;
      const event = eventAt(world.clock.now(), before);
      if (!event) return { before, after: before };
      const result = await advance(before, event, [], world);
      if (result.kind === 'advanced') return { before, after: result.incident };
    }
    throw new RedeliveryError(`Others kept advancing incident ${id}; this must be delivered again.`);
  };
  return {
    take: (event, before) => takeEvent(event, world, before),
    wake: async (id, revision) => {
      try {
        // An incident that has ended meanwhile is not there any more: then the wake-up is late, and that is all.
        await told(id, (at, { wake }) =>
          wake && at < wake.at - earlyAtMost ? undefined : { type: 'timer.fired', at, revision },
        );
      } catch (error) {
        const reason = whyParked(error);
        if (reason === undefined) throw error;
        await park(id, reason, world);
      }
    },
    act: async (id, act) => {
      const result = await told(id, (at) => ({ ...act, at }));
      if (!result) throw new UnknownIncidentError(`There is no open incident ${id}.`);
      return result.after.revision === result.before.revision ? 'tooLate' : 'done';
    },
  };
}
