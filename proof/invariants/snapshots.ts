import { remediations } from '../../remediations';
import { ownSnapshot } from '../../remediations/snapshot-kind';
import { snapshotKinds } from '../../remediations/snapshot-kinds';
import { z } from 'zod';
import type { SimulatedAccount } from '../../simulator/world';
import type { Standing } from '../truth';
import type { Invariant } from './invariant';

/** Whether the rung that an incident is at wants a snapshot first. */
export function wantsSnapshot(standing: Standing | undefined): boolean {
  if (!standing) return false;
  const { rule, memory } = standing.incident;
  return rule.ladder[memory.rung]?.snapshotFirst ?? false;
}

const plan = z.object({ snapshot: ownSnapshot });
const makes = new Set<string>(
  [...snapshotKinds.values()].flatMap(({ permissions }) => permissions.write.map(({ action }) => action)),
);
const losesNoData = new Set(
  remediations.filter(({ snapshots }) => snapshots === 'losesNoData').map(({ name }) => name),
);

export const keptFirst: Invariant = {
  id: 'I26',
  promise: 'where a snapshot is wanted first nothing else is done before it is complete',
  onWrite: ({ incident, remediation, service, operation }, truth) => {
    const standing = truth.incidents.get(incident);
    if (!standing || !wantsSnapshot(standing) || losesNoData.has(remediation)) return undefined;
    if (makes.has(`${service}:${operation}`)) return undefined;
    const stored = standing.incident.memory.planned?.plan;
    const read = plan.safeParse(stored);
    // A plan by which nothing can be lost says so by holding what it is for, and no snapshot.
    if (!read.success && z.object({ then: z.unknown() }).required().safeParse(stored).success) return undefined;
    if (!read.success) return `${operation} for ${incident}, whose plan takes no snapshot`;
    return isComplete(read.data.snapshot, truth.account)
      ? undefined
      : `${operation} for ${incident}, before snapshot ${read.data.snapshot.name} is complete`;
  },
};

type Own = z.infer<typeof ownSnapshot>;

/** By what the account really holds, whatever anybody was shown. */
function isComplete({ of, name, attemptKey, holds }: Own, { services }: SimulatedAccount): boolean {
  const { ec2, rds, elasticache } = services;
  switch (of.kind) {
    case 'volume':
    case 'ec2-instance':
      return holds.every(({ id }) => ec2.snapshots.isKept(id, attemptKey));
    case 'db-instance':
      return (
        rds.operations
          .DescribeDBSnapshots({ DBSnapshotIdentifier: name })
          .DBSnapshots?.every(({ Status }) => Status === 'available') ?? false
      );
    case 'db-cluster':
      return (
        rds.operations
          .DescribeDBClusterSnapshots({ DBClusterSnapshotIdentifier: name })
          .DBClusterSnapshots?.every(({ Status }) => Status === 'available') ?? false
      );
    default:
      return (
        elasticache.operations
          .DescribeSnapshots({ SnapshotName: name })
          .Snapshots?.every(({ SnapshotStatus }) => SnapshotStatus === 'available') ?? false
      );
  }
}
