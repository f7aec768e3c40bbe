import type { Commit, IncidentStore } from './incident-store';

/** The store, with somebody told of each commit after it is written. What `listen` throws, the caller of the commit gets. */
export function heard(store: IncidentStore, listen: (commit: Commit) => void | Promise<void>): IncidentStore {
  return {
    read: (id) => store.read(id),
    history: (id) => store.history(id),
    openOn: (resource) => store.openOn(resource),
    isSeen: (signal) => store.isSeen(signal),
    holdings: (...asked) => store.holdings(...asked),
    sightings: (scope, since) => store.sightings(scope, since),
    lastOn: (sickness) => store.lastOn(sickness),
    due: (before, atMost) => store.due(before, atMost),
    list: (states, atMost) => store.list(states, atMost),
    parked: (atMost) => store.parked(atMost),
    park: (id, reason) => store.park(id, reason),
    holds: () => store.holds(),
    setHold: (hold) => store.setHold(hold),
    endHold: (of) => store.endHold(of),
    commit: async (commit) => {
      const result = await store.commit(commit);
      if (result.kind === 'committed') await listen(commit);
      return result;
    },
  };
}
