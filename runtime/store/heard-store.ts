import type { Commit, IncidentStore } from './incident-store';

/** The store, with somebody told of each commit after it is written. What `listen` throws, the caller of the commit gets. */
export function heard(store: IncidentStore, listen: (commit: Commit) => void | Promise<void>): IncidentStore {
  return {
    read: (id) => store.read(id),
    history: (id) => store.history(id),
    openOn: (resource) => store.openOn(resource),
    isSeen: (signal) => store.isSeen(signal),
    holdings: (...asked) => store.holdings(...asked),
    due: (before, atMost) => store.due(before, atMost),
    list: (states, atMost) => store.list(states, atMost),
    parked: (atMost) => store.parked(atMost),
    park: (id, reason) => store.park(id, reason),
    hold: () => store.hold(),
    setHold: (hold) => store.setHold(hold),
    commit: async (commit) => {
      const result = await store.commit(commit);
      if (result.kind === 'committed') await listen(commit);
      return result;
    },
  };
}
