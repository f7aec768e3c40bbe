import type { KnownCondition } from '../conditions';

/** What an RDS event means for its database or cluster. */
export type RdsMeaning =
  | { readonly kind: 'unhealthy' | 'recovered'; readonly condition: KnownCondition }
  | { readonly kind: 'progress' }
  | { readonly kind: 'nothing' };

const progress: RdsMeaning = { kind: 'progress' };
const storageLow: RdsMeaning = { kind: 'unhealthy', condition: 'db-storage-low' };
const notReplicating: RdsMeaning = { kind: 'unhealthy', condition: 'db-replication-broken' };

/** By `EventID` without its `RDS-EVENT-`, as in the RDS user guide's "event categories and event messages". */
const instanceEvents: Readonly<Record<string, RdsMeaning>> = {
  '0003': progress, // deleted
  '0005': progress, // created
  '0004': progress, // shut down
  '0006': progress, // restarted
  '0013': progress, // Multi-AZ failover started
  '0015': progress, // Multi-AZ failover complete, DNS may lag
  '0034': progress, // a requested failover is abandoned, since there was one a moment ago
  '0049': progress, // Multi-AZ failover completed
  '0050': progress, // Multi-AZ activation started
  '0051': progress, // Multi-AZ activation completed
  '0065': progress, // recovered from a partial failover
  '0087': { kind: 'unhealthy', condition: 'db-instance-stopped' }, // nobody but its owner knows whether on purpose
  '0088': { kind: 'recovered', condition: 'db-instance-stopped' }, // started
  '0154': progress, // started by AWS, having been stopped for the longest time allowed
  '0017': progress, // storage modification finished
  '0018': progress, // storage modification began
  '0217': progress, // storage autoscaling began
  '0218': progress, // storage autoscaling finished
  '0220': progress, // storage was modified too recently to be modified again
  '0007': storageLow, // all of it is used
  '0089': storageLow, // more than 90 % is used
  '0221': storageLow, // storage-full: shut down
  '0222': storageLow, // low
  '0223': storageLow, // autoscaling could not grow it
  '0224': storageLow, // autoscaling is about to reach its ceiling
  '0225': storageLow, // 80 % of the ceiling is reached
  '0189': { kind: 'unhealthy', condition: 'db-overloaded' }, // the burst balance of its gp2 storage is low
  '0031': { kind: 'unhealthy', condition: 'db-instance-failed' },
  '0035': { kind: 'unhealthy', condition: 'db-parameters-incompatible' },
  '0036': { kind: 'unhealthy', condition: 'db-network-incompatible' },
  '0045': notReplicating, // replication stopped
  '0057': notReplicating, // replication terminated
  '0046': { kind: 'recovered', condition: 'db-replication-broken' }, // replication resumed
  '0202': progress, // a replica could not be created
  '0019': progress, // restored to a point in time
  '0043': progress, // restored from a snapshot
};

const clusterEvents: Readonly<Record<string, RdsMeaning>> = {
  '0069': { kind: 'unhealthy', condition: 'db-writer-unhealthy' }, // failover failed
  '0070': progress, // the former writer is promoted again
  '0071': progress, // failover completed
  '0072': progress, // failover within the zone started
  '0073': progress, // failover to another zone started
  '0181': progress, // global switchover or failover started
  '0185': progress, // … finished
  '0187': progress, // … failed
};

/** Newer events than the tables know, and those without an ID, by their category. A mere category never calls anything sick
 * but short of storage: it says too little to act on. */
const categories: Readonly<Record<string, RdsMeaning>> = {
  'low storage': storageLow,
  availability: progress,
  failover: progress,
  failure: progress,
  'global failover': progress,
  recovery: progress,
  restoration: progress,
};

/** Every condition that `meaningOf` may answer with. */
export function rdsConditions(of: 'instance' | 'cluster'): readonly KnownCondition[] {
  const meanings = of === 'instance' ? [...Object.values(instanceEvents), storageLow] : Object.values(clusterEvents);
  return [...new Set(meanings.flatMap((meaning) => ('condition' in meaning ? [meaning.condition] : [])))];
}

/** What the event says: by its ID, or by the first of its categories that means something. */
export function meaningOf(
  of: 'instance' | 'cluster',
  eventId: string | undefined,
  eventCategories: readonly string[],
): RdsMeaning {
  const table = new Map(Object.entries(of === 'instance' ? instanceEvents : clusterEvents));
  const byId = table.get(eventId?.replace(/^RDS-EVENT-/, '') ?? '');
  if (byId) return byId;
  const byCategory = new Map(Object.entries(categories));
  for (const category of eventCategories) {
    const meaning = byCategory.get(category.toLowerCase());
    // Only instances have storage of a fixed size.
    if (meaning && (of === 'instance' || meaning.kind === 'progress')) return meaning;
  }
  return { kind: 'nothing' };
}
