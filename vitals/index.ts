import type { ResourceKind } from '../signals/signal';
import { classicLoadBalancerVitals } from './load-balancing/classic-load-balancer';
import { cacheClusterVitals } from './elasticache/cache-cluster';
import { cacheGroupVitals } from './elasticache/cache-group';
import { dbClusterVitals } from './rds/db-cluster';
import { dbInstanceVitals } from './rds/db-instance';
import { groupVitals } from './auto-scaling/group';
import { instanceVitals } from './ec2/instance';
import { tableVitals } from './dynamodb/table-vitals';
import { loadBalancerVitals } from './load-balancing/load-balancer';
import { targetGroupVitals } from './load-balancing/target-group';
import { serverlessCacheVitals } from './elasticache/serverless-cache';
import type { Vitals } from './vitals';
import { volumeVitals } from './ec2/volume';

/** How every kind of resource is looked at. A kind that is not here is never taken for healthy. */
export const vitals: readonly Vitals[] = [
  instanceVitals, // the smallest thing that falls sick
  volumeVitals, // what it keeps its data on
  groupVitals, // instances that stand in for each other
  targetGroupVitals, // what the load balancer thinks of them
  loadBalancerVitals, // how its zones compare
  classicLoadBalancerVitals, // the same, of a load balancer that has no target groups
  dbInstanceVitals, // a database, or a member of a cluster
  dbClusterVitals, // the writer above all: readers stand in for it
  cacheClusterVitals, // Memcached, or one node of a replication group
  cacheGroupVitals, // the primary above all: replicas stand in for it
  serverlessCacheVitals, // a cache whose nodes are AWS's own matter
  tableVitals, // it serves whenever DynamoDB does; the question is how much, and what is left of it if it is lost
];

/** The vitals of a kind of resource; undefined where none are known, which is `unknown` health. */
export function vitalsOf(kind: ResourceKind): Vitals | undefined {
  return vitals.find((known) => known.kind === kind);
}
