import type { DescribedTable } from './schema';

export interface Units {
  readonly read: number;
  readonly write: number;
}
export type Side = keyof Units;

/** The table itself, or one of its indexes: each is given capacity of its own. */
export interface Served {
  capacity: Units;
  /** Ceiling of what is on demand; no field, no ceiling. */
  maximum: Partial<Units>;
  load: Units;
  hotKey: Units;
}

export interface Replica {
  readonly region: string;
  status: DescribedTable['replicas'][number]['status'];
}

/** A table as its control plane knows it. */
export interface TableState extends Served {
  readonly name: string;
  readonly createdAt: number;
  billing: DescribedTable['billing'];
  /** When it was switched to on-demand, in milliseconds, the last four times. */
  switchedAt: number[];
  readonly indexes: Map<string, Served>;
  readonly replicas: readonly Replica[];
  replicaWrites: { readonly min: number; readonly max: number } | undefined;
  status: DescribedTable['status'];
  readonly sizeGiB: number;
  /** Since when it can be restored to any moment, in milliseconds, and for how many days; undefined while that is off. */
  recovery: { readonly since: number; readonly days: number } | undefined;
  deletionProtection: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** What it was restored from. */
  restored: { readonly source: string; readonly to: number; inProgress: boolean } | undefined;
}

const day = 24 * 60 * 60_000;

const served = ({ capacity, maximum, load, hotKey }: Served): Served => ({ capacity, maximum, load, hotKey });

/** A described table at this time. One that can be restored could be for longer than anybody asks. */
export function stateOf(described: DescribedTable, now: number): TableState {
  const { pointInTimeRecovery, indexes, ...rest } = described;
  return {
    ...rest,
    createdAt: now - 100 * day,
    switchedAt: [],
    indexes: new Map(indexes.map((index) => [index.name, served(index as Served)])),
    replicas: rest.replicas.map((replica) => ({ ...replica })),
    replicaWrites: rest.replicaWrites,
    recovery: pointInTimeRecovery ? { since: now - 35 * day, days: 35 } : undefined,
    restored: undefined,
  } as TableState;
}

/** Units that it serves in a second: as many as it has, or as it may have on demand. */
export function ceilingOf(state: TableState, of: Served, side: Side): number {
  return state.billing === 'provisioned' ? of.capacity[side] : (of.maximum[side] ?? Number.POSITIVE_INFINITY);
}
