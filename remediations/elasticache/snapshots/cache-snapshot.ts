import { readCacheCluster } from '../../../vitals/elasticache/cache-cluster';
import { readCacheGroup } from '../../../vitals/elasticache/cache-group';
import { readCacheSnapshot } from '../../../vitals/elasticache/cache-snapshot';
import type { Calls } from '../../../vitals/aws';
import { attemptTag, type Created } from '../../named-creation';
import type { WritePermission } from '../../remediation';
import { defineSnapshotKind, type OwnSnapshot, type SnapshotOutlook } from '../../snapshot-kind';
import { cannotPlan } from '../../unread';

/** Seconds. */
const giveUpAfter = 2 * 3_600;

const ofOurs = 'arn:*:elasticache:*:*:snapshot:*-homeostat-*';

/** A snapshot of all shards of a replication group. */
export const cacheGroupSnapshot = defineSnapshotKind({
  of: 'cache-group',
  permissions: {
    read: ['elasticache:DescribeReplicationGroups', 'elasticache:DescribeSnapshots'],
    write: leaveToMakeOf('replicationgroup'),
    implied: [leaveToTag()],
  },
  giveUpAfter,

  async look(id, aws) {
    const reading = await readCacheGroup(id, aws);
    if (reading.kind === 'absent') return { kind: 'refused', reason: `${id} no longer exists` };
    return reading.kind === 'found'
      ? outlookOf('cache-group', reading.group)
      : { kind: 'refused', reason: reading.detail };
  },

  async create(snapshot, aws) {
    await aws.elasticache.createSnapshot({ ReplicationGroupId: snapshot.of.id, ...saidOf(snapshot) });
  },

  read: standingOf,
});

/** A snapshot of one node of Valkey or Redis OSS that is not in cluster mode. Of Memcached there is none. */
export const cacheClusterSnapshot = defineSnapshotKind({
  of: 'cache-cluster',
  permissions: {
    read: ['elasticache:DescribeCacheClusters', 'elasticache:DescribeSnapshots'],
    write: leaveToMakeOf('cluster'),
    implied: [leaveToTag()],
  },
  giveUpAfter,

  async look(id, aws) {
    const reading = await readCacheCluster(id, aws);
    if (reading.kind !== 'found') return cannotPlan(reading, id);
    return reading.cluster.engine === 'memcached'
      ? { kind: 'refused', reason: `no snapshot can be made of what ${id} holds: it is Memcached` }
      : outlookOf('cache-cluster', reading.cluster);
  },

  async create(snapshot, aws) {
    await aws.elasticache.createSnapshot({ CacheClusterId: snapshot.of.id, ...saidOf(snapshot) });
  },

  read: standingOf,
});

/** ElastiCache makes one of what is available, and of nothing else. */
function outlookOf(
  kind: 'cache-group' | 'cache-cluster',
  { id, status }: { readonly id: string; readonly status: string },
): SnapshotOutlook {
  return status === 'available'
    ? { kind: 'possible', holds: [{ kind, id }] }
    : { kind: 'refused', reason: `ElastiCache makes no snapshot of ${id} while it is ${status}` };
}

function saidOf({ name, attemptKey }: OwnSnapshot) {
  return { SnapshotName: name, Tags: [{ Key: attemptTag, Value: attemptKey }] };
}

/** ElastiCache does not show the tags with it: it is the attempt's by its name, which is made of the attempt, and by what it is of. */
async function standingOf({ name, of }: OwnSnapshot, aws: Calls<'elasticache:DescribeSnapshots'>): Promise<Created> {
  const found = await readCacheSnapshot(name, aws);
  if (!found) return { kind: 'absent' };
  if (!found.sources.some((id) => id.toLowerCase() === of.id.toLowerCase())) return { kind: 'foreign' };
  const { status } = found;
  const standing = status === 'available' ? 'ready' : status === 'creating' ? 'underWay' : 'broken';
  return { kind: 'found', status, standing };
}

function leaveToMakeOf(type: 'replicationgroup' | 'cluster'): readonly WritePermission<'elasticache:CreateSnapshot'>[] {
  return [
    { action: 'elasticache:CreateSnapshot', on: `arn:*:elasticache:*:*:${type}:*`, tagged: true },
    { action: 'elasticache:CreateSnapshot', on: ofOurs, tagged: false },
  ];
}

/** It has no tags before it is made. */
function leaveToTag(): WritePermission {
  return { action: 'elasticache:AddTagsToResource', on: ofOurs, tagged: false };
}
