import { UnknownIncidentError, type Incidents } from '../runtime/incidents';
import type { Notifier } from '../runtime/surroundings';
import type { VirtualClock } from '../simulator/clock';

/** How long a person takes to read what is asked and to agree, in milliseconds. */
const thinkingTime = 60_000;

/** What is assumed of people, for the report. */
export const assumedConsent = 'whoever is asked for approval agrees after a minute';

/** Writes as `notifier` does; whoever is asked for approval agrees to that very plan, a minute later. */
export function consenting(notifier: Notifier, clock: VirtualClock, act: Incidents['act']): Notifier {
  return {
    ...notifier,
    notify: async (notice, incident, history) => {
      const told = await notifier.notify(notice, incident, history);
      const planHash = incident.memory.planned?.planHash;
      if (notice.kind !== 'approval' || planHash === undefined) return told;
      // The second is asked where two are needed; elsewhere it comes too late.
      ['an assumed person', 'another assumed person'].forEach((by, turn) => {
        clock.after(thinkingTime * (turn + 1), async () => {
          try {
            await act(incident.id, { type: 'approval.granted', by, planHash });
          } catch (error) {
            // It has ended meanwhile: the answer comes too late, as answers do.
            if (!(error instanceof UnknownIncidentError)) throw error;
          }
        });
      });
      return told;
    },
  };
}
