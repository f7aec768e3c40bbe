import type { Served, TableState } from './state';

/** A table into which another one is being restored: what it holds and how large it is comes with it, and nothing else. */
export function restoredTable(
  source: TableState,
  { name, createdAt }: Pick<TableState, 'name' | 'createdAt'>,
  restored: TableState['restored'],
): TableState {
  return {
    ...source,
    name,
    createdAt,
    status: 'CREATING',
    indexes: new Map([...source.indexes].map(([index, served]) => [index, idle(served)])),
    ...idle(source),
    replicas: [],
    replicaWrites: undefined,
    recovery: undefined,
    deletionProtection: false,
    tags: {},
    restored,
  };
}

function idle({ capacity, maximum }: Served): Served {
  return { capacity, maximum, load: { read: 0, write: 0 }, hotKey: { read: 0, write: 0 } };
}
