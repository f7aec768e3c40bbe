import type { Timers } from '../runtime/surroundings';
import type { Cancel, VirtualClock } from '../simulator/clock';

/** Timers on a virtual clock: each fires at its instant, to the millisecond. */
export function virtualTimers(
  clock: VirtualClock,
  fire: (incident: string, revision: number) => Promise<void>,
): Timers {
  const armed = new Map<string, Cancel>();
  const disarm = async (incident: string): Promise<void> => {
    armed.get(incident)?.();
    armed.delete(incident);
  };
  return {
    disarm,
    arm: async (incident, { at, revision }) => {
      await disarm(incident);
      armed.set(
        incident,
        clock.at(at, async () => {
          armed.delete(incident);
          await fire(incident, revision);
        }),
      );
    },
  };
}
