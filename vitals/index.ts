import type { ResourceKind } from '../signals/signal';
import { dbClusterVitals } from './db-cluster';
import { dbInstanceVitals } from './db-instance';
import { groupVitals } from './group';
import { instanceVitals } from './instance';
import { targetGroupVitals } from './target-group';
import type { Vitals } from './vitals';

/** How every kind of resource is looked at. A kind that is not here is never taken for healthy. */
export const vitals: readonly Vitals[] = [
  instanceVitals, // the smallest thing that falls sick
  groupVitals, // instances that stand in for each other
  targetGroupVitals, // what the load balancer thinks of them
  dbInstanceVitals, // a database, or a member of a cluster
  dbClusterVitals, // the writer above all: readers stand in for it
];

/** The vitals of a kind of resource; undefined where none are known, which is `unknown` health. */
export function vitalsOf(kind: ResourceKind): Vitals | undefined {
  return vitals.find((known) => known.kind === kind);
}
