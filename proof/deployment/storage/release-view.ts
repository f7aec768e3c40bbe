import type { Incident } from '../../../statemachines/incident';
import type { Commit, CommitResult, IncidentStore } from '../../../runtime/store/incident-store';

/**
 * Two releases whose machines have different versions, from one code: what is stored has the version of whoever wrote it, and each
 * release sees its own as the one that this program has, and the other's as one that it does not know.
 */
export function asSeenBy(release: number, incident: Incident): Incident {
  return shifted(incident, -release);
}

function shifted(incident: Incident, by: number): Incident {
  const { name, version } = incident.machine;
  return by === 0 ? incident : { ...incident, machine: { name, version: version + by } };
}

/** A store as one release sees it; `commit` writes what that release calls its own. */
export function seenAs(
  release: number,
  store: IncidentStore,
  commit: (commit: Commit) => Promise<CommitResult>,
): IncidentStore {
  return {
    read: async (id) => {
      const incident = await store.read(id);
      return incident && asSeenBy(release, incident);
    },
    openOn: async (resource) => (await store.openOn(resource)).map((incident) => asSeenBy(release, incident)),
    commit: (made) => commit({ ...made, incident: shifted(made.incident, release) }),
    history: (id) => store.history(id),
    isSeen: (signal) => store.isSeen(signal),
    holdings: (incident, resources, at) => store.holdings(incident, resources, at),
    sightings: (scope, since) => store.sightings(scope, since),
    lastOn: (sickness) => store.lastOn(sickness),
    due: (before, atMost) => store.due(before, atMost),
    list: (states, atMost) => store.list(states, atMost),
    parked: (atMost) => store.parked(atMost),
    park: (id, reason) => store.park(id, reason),
    holds: () => store.holds(),
    setHold: (hold) => store.setHold(hold),
    endHold: (of) => store.endHold(of),
  };
}
