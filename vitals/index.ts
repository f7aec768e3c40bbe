import type { ResourceKind } from '../signals/signal';
import { classicLoadBalancerVitals } from './load-balancing/classic-load-balancer';
import { cacheClusterVitals } from './elasticache/cache-cluster';
import { cacheGroupVitals } from './elasticache/cache-group';
import { dbClusterVitals } from './rds/db-cluster';
import { dbInstanceVitals } from './rds/db-instance';
import { groupVitals } from './auto-scaling/group';
import { instanceVitals } from './ec2/instance';
import { tableVitals } from './dynamodb/table-vitals';
import { protectedResourceVitals } from './backup/protected-resource';
import { loadBalancerVitals } from './load-balancing/load-balancer';
import { targetGroupVitals } from './load-balancing/target-group';
import { serverlessCacheVitals } from './elasticache/serverless-cache';
import { fileSystemVitals } from './efs/file-system-vitals';
import { emrClusterVitals } from './emr/cluster-vitals';
import { emrStepVitals } from './emr/step-vitals';
import { healthCheckVitals } from './route53/health-check';
import { hostedZoneVitals } from './route53/hosted-zone';
import { routingControlVitals } from './route53/routing-controls';
import { bucketVitals } from './s3/bucket';
import { multiRegionAccessPointVitals } from './s3/multi-region-access-point';
import { alarmVitals } from './monitoring/alarm-vitals';
import { logGroupVitals } from './monitoring/log-group-vitals';
import { topicVitals } from './monitoring/topic-vitals';
import { aliasVitals } from './lambda/alias-vitals';
import { eventSourceMappingVitals } from './lambda/event-source-mapping-vitals';
import { functionVitals } from './lambda/function-vitals';
import type { Vitals } from './vitals';
import { containerInstanceVitals } from './ecs/container-instance-vitals';
import { serviceVitals } from './ecs/service-vitals';
import { taskVitals } from './ecs/task-vitals';
import { volumeVitals } from './ec2/volume';

/** How every kind of resource is looked at. A kind that is not here is never taken for healthy. */
export const vitals: readonly Vitals[] = [
  instanceVitals, // the smallest thing that falls sick
  volumeVitals, // what it keeps its data on
  groupVitals, // instances that stand in for each other
  targetGroupVitals, // what the load balancer thinks of them
  loadBalancerVitals, // how its zones compare
  classicLoadBalancerVitals, // the same, of a load balancer that has no target groups
  serviceVitals, // tasks that stand in for each other
  taskVitals, // one of them
  containerInstanceVitals, // what they are put on
  dbInstanceVitals, // a database, or a member of a cluster
  dbClusterVitals, // the writer above all: readers stand in for it
  cacheClusterVitals, // Memcached, or one node of a replication group
  cacheGroupVitals, // the primary above all: replicas stand in for it
  serverlessCacheVitals, // a cache whose nodes are AWS's own matter
  fileSystemVitals, // how much it moves, and where it can be mounted
  emrClusterVitals, // whether its groups have their nodes
  emrStepVitals, // whether its work was done, by itself or by another since
  tableVitals, // it serves whenever DynamoDB does; the question is how much, and what is left of it if it is lost
  protectedResourceVitals, // whether its newest backup is there; what it is itself has vitals of its own
  bucketVitals, // who gets at it: S3 serves whoever may
  multiRegionAccessPointVitals, // where it sends requests; how these fare its alarm tells
  healthCheckVitals, // what it found last, by its metric
  alarmVitals, // whether it would tell anybody; what it says is read apart from this
  logGroupVitals, // what it should be like only its owner knows
  topicVitals, // whether what is published arrives
  functionVitals, // whether it is there, and may run
  aliasVitals, // which version of it is called
  eventSourceMappingVitals, // whether what waits for it is brought to it
  hostedZoneVitals, // touched where names lead elsewhere, and never sick itself
  routingControlVitals, // the same, and it tells nothing but to its cluster
];

/** The vitals of a kind of resource; undefined where none are known, which is `unknown` health. */
export function vitalsOf(kind: ResourceKind): Vitals | undefined {
  return vitals.find((known) => known.kind === kind);
}
