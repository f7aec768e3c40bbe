import type { Invariant } from './invariant';

export const belief: Invariant = {
  id: 'I4',
  promise: 'what AWS has done is not taken for refused',
  onCommit: ({ before, commit: { incident, entries } }, truth) => {
    if (!before || !entries.some(({ event }) => event.type === 'start.refused')) return undefined;
    const done = truth.writes.find(
      (write) => write.incident === incident.id && write.revision === before.revision && write.isDone,
    );
    return done ? `${incident.id} takes ${done.operation} for refused, and AWS has done it` : undefined;
  },
};
