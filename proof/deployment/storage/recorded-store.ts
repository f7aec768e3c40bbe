import type { Commit, IncidentStore } from '../../../runtime/store/incident-store';

/** The store itself, which tells of each commit in the moment in which it is written. */
export function recordedStore(store: IncidentStore, onCommit: (commit: Commit) => void): IncidentStore {
  return new Proxy(store, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name, target);
      if (typeof method !== 'function') return method;
      if (name !== 'commit') return method.bind(target) as unknown;
      return async (commit: Commit) => {
        const result = await target.commit(commit);
        if (result.kind === 'committed') onCommit(commit);
        return result;
      };
    },
  });
}
