import { z } from 'zod';
import type { ResourceKind } from './signal';

interface Condition {
  readonly name: string;
  /** Completes "the resource …", for people. */
  readonly meaning: string;
  /** Kinds of resource that it is said of. */
  readonly of: readonly [ResourceKind, ...ResourceKind[]];
}

/** The sicknesses that the sources here tell of. An operator's own mapping may name others, in kebab-case. */
export const conditions = [
  { name: 'ec2-instance-impaired', meaning: 'fails its instance status check', of: ['ec2-instance'] },
  { name: 'ec2-host-impaired', meaning: 'runs on a host that is failing', of: ['ec2-instance'] },
  { name: 'ec2-instance-retiring', meaning: 'runs on a host that AWS will take away', of: ['ec2-instance'] },
  { name: 'spot-instance-interrupted', meaning: 'is a Spot instance that AWS takes back', of: ['ec2-instance'] },
  { name: 'spot-instance-at-risk', meaning: 'is a Spot instance likely to be taken back', of: ['ec2-instance'] },
  { name: 'process-down', meaning: 'does not run a process that it should', of: ['ec2-instance'] },
  { name: 'group-overloaded', meaning: 'has more work than its members can carry', of: ['auto-scaling-group'] },
  { name: 'group-launch-failing', meaning: 'cannot launch instances', of: ['auto-scaling-group'] },
  { name: 'group-terminate-failing', meaning: 'cannot terminate an instance', of: ['auto-scaling-group'] },
  {
    name: 'group-process-suspended',
    meaning: 'cannot heal itself: a process of it is suspended',
    of: ['auto-scaling-group'],
  },
  { name: 'target-unhealthy', meaning: 'has targets that fail their health check', of: ['target-group'] },
  { name: 'target-erroring', meaning: 'has targets that answer late or with errors', of: ['target-group'] },
  { name: 'backend-out-of-service', meaning: 'has instances that it sends nothing to', of: ['classic-load-balancer'] },
  {
    name: 'zone-impaired',
    meaning: 'fails in one zone and is well in others',
    of: ['load-balancer', 'auto-scaling-group'],
  },
  { name: 'db-instance-impaired', meaning: 'answers late, or not at all', of: ['db-instance'] },
  { name: 'db-instance-failed', meaning: 'has failed and needs a restore', of: ['db-instance'] },
  { name: 'db-instance-stopped', meaning: 'was stopped', of: ['db-instance'] },
  { name: 'db-source-lost', meaning: 'follows a primary that is lost', of: ['db-instance', 'db-cluster'] },
  { name: 'db-data-lost', meaning: 'has lost data, or holds wrong data', of: ['db-instance', 'db-cluster'] },
  { name: 'db-overloaded', meaning: 'has more work than it can carry', of: ['db-instance', 'db-cluster'] },
  { name: 'db-storage-low', meaning: 'is running out of storage', of: ['db-instance'] },
  { name: 'db-parameters-incompatible', meaning: 'cannot start with its parameters', of: ['db-instance'] },
  { name: 'db-network-incompatible', meaning: 'cannot start in its network', of: ['db-instance'] },
  { name: 'db-replication-broken', meaning: 'is a replica that no longer follows', of: ['db-instance'] },
  { name: 'db-writer-unhealthy', meaning: 'has a writer that answers late, or not at all', of: ['db-cluster'] },
  {
    name: 'cache-primary-unhealthy',
    meaning: 'has a primary that answers late, or not at all',
    of: ['cache-group', 'cache-cluster'],
  },
  { name: 'cache-node-unhealthy', meaning: 'has a node that answers late, or not at all', of: ['cache-cluster'] },
  {
    name: 'cache-overloaded',
    meaning: 'has more work than it can carry',
    of: ['cache-group', 'cache-cluster', 'serverless-cache'],
  },
  {
    name: 'cache-memory-low',
    meaning: 'is running out of memory',
    of: ['cache-group', 'cache-cluster', 'serverless-cache'],
  },
  { name: 'cache-slot-full', meaning: 'has a slot of its keys that is nearly full', of: ['serverless-cache'] },
  { name: 'table-throttled', meaning: 'turns requests away for want of capacity', of: ['table'] },
  { name: 'table-replication-late', meaning: 'is copied late to another Region', of: ['table'] },
  { name: 'table-unprotected', meaning: 'could not be brought back if it were lost', of: ['table'] },
  { name: 'table-data-lost', meaning: 'has lost data, or holds wrong data', of: ['table'] },
  { name: 'volume-full', meaning: 'has a disk that is nearly full', of: ['ec2-instance', 'volume'] },
  { name: 'volume-lost', meaning: 'has lost its data', of: ['volume'] },
  { name: 'volume-impaired', meaning: 'is slow or does not answer', of: ['volume'] },
  { name: 'service-tasks-failing', meaning: 'has tasks that die, or that are not well', of: ['ecs-service'] },
  { name: 'service-erroring', meaning: 'answers late or with errors', of: ['ecs-service'] },
  { name: 'service-deployment-failed', meaning: 'was deployed anew, and that failed', of: ['ecs-service'] },
  { name: 'service-overloaded', meaning: 'has more work than its tasks can carry', of: ['ecs-service'] },
  { name: 'service-placement-failing', meaning: 'finds no room for its tasks', of: ['ecs-service'] },
  {
    name: 'container-instance-disconnected',
    meaning: 'does not answer to ECS any more',
    of: ['container-instance'],
  },
  { name: 'file-system-throttled', meaning: 'has used up its throughput', of: ['file-system'] },
  { name: 'file-system-unreachable', meaning: 'cannot be mounted where it should be', of: ['file-system'] },
  { name: 'emr-cluster-overloaded', meaning: 'has more work than its nodes can carry', of: ['emr-cluster'] },
  { name: 'emr-storage-low', meaning: 'is running out of storage in HDFS', of: ['emr-cluster'] },
  { name: 'emr-nodes-lost', meaning: 'has nodes that are lost or not well', of: ['emr-cluster'] },
  { name: 'emr-group-stuck', meaning: 'has a group of nodes that cannot be resized', of: ['emr-cluster'] },
  { name: 'emr-step-failed', meaning: 'has failed', of: ['emr-step'] },
  { name: 'bucket-public', meaning: 'may be read or written by anybody', of: ['bucket'] },
  { name: 'region-impaired', meaning: 'fails in one Region', of: ['multi-region-access-point'] },
  { name: 'endpoint-unhealthy', meaning: 'is of an endpoint that does not answer', of: ['health-check'] },
  { name: 'alarm-actions-disabled', meaning: 'tells nobody: its actions are disabled', of: ['alarm'] },
  { name: 'alarm-deleted', meaning: 'was deleted', of: ['alarm'] },
  { name: 'log-delivery-broken', meaning: 'is not delivered where it should be', of: ['log-group'] },
  { name: 'log-retention-deleted', meaning: 'keeps everything for ever', of: ['log-group'] },
  { name: 'log-group-deleted', meaning: 'was deleted', of: ['log-group'] },
  { name: 'topic-delivery-failing', meaning: 'does not reach those who subscribe to it', of: ['topic'] },
  { name: 'backup-failed', meaning: 'could not be backed up', of: ['protected-resource'] },
  { name: 'backup-copy-failed', meaning: 'has a backup that could not be copied', of: ['protected-resource'] },
  {
    name: 'data-lost',
    meaning: 'has lost data, or holds wrong data',
    of: ['protected-resource', 'file-system', 'volume'],
  },
  { name: 'function-throttled', meaning: 'turns invocations away', of: ['function', 'function-alias'] },
  { name: 'function-erroring', meaning: 'fails, or takes long', of: ['function', 'function-alias'] },
  { name: 'event-source-disabled', meaning: 'was disabled', of: ['event-source-mapping'] },
  {
    name: 'event-source-late',
    meaning: 'is behind with what its source holds',
    of: ['event-source-mapping', 'function'],
  },
] as const satisfies readonly Condition[];

/** Name of a condition that Homeostat knows by itself. A condition elsewhere is a string: operators name their own. */
export type KnownCondition = (typeof conditions)[number]['name'];

/** Shape of a condition's name, whoever gave it. */
export const conditionName = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'a condition is named in kebab-case, as in "queue-stuck"');
