import type { ResourceKind } from '../signals/signal';
import type { SimulatedAccount } from '../simulator/world';
import { ofProtected } from './assumed-sickness/backup';
import { ofCacheCluster, ofCacheGroup, ofServerlessCache } from './assumed-sickness/cache';
import { ofCluster, ofDatabase } from './assumed-sickness/database';
import { ofBalancer } from './assumed-sickness/balancer';
import { ofClassic } from './assumed-sickness/classic';
import { ofEmrCluster, ofEmrStep } from './assumed-sickness/emr';
import { ofFileSystem } from './assumed-sickness/file-system';
import { ofAlias, ofFunction, ofMapping } from './assumed-sickness/function';
import { ofGroup } from './assumed-sickness/group';
import { ofHealthCheck } from './assumed-sickness/health-check';
import { ofInstance, ofVolume } from './assumed-sickness/instance';
import type { AssumedSickness, Sick } from './assumed-sickness/sickness';
import { ofContainerInstance, ofService } from './assumed-sickness/service';
import { ofAccessPoint, ofBucket } from './assumed-sickness/storage';
import { ofTable } from './assumed-sickness/table';
import { ofTargets } from './assumed-sickness/targets';
import { ofAlarm, ofLogGroup, ofTopic } from './assumed-sickness/watchers';
import type { RecordedAlarm } from './recorded-alarm';

type Assumes = (account: SimulatedAccount, signal: Sick, alarm: RecordedAlarm | undefined) => AssumedSickness;

const byKind: Readonly<Partial<Record<ResourceKind, Assumes>>> = {
  'ec2-instance': ofInstance,
  volume: ofVolume,
  'auto-scaling-group': (account, signal, alarm) => ofGroup(account, signal, alarm?.threshold),
  'target-group': (account, signal, alarm) =>
    ofTargets(account, signal, alarm?.measures?.metric.dimensions['LoadBalancer']),
  'load-balancer': (account, signal, alarm) =>
    ofBalancer(account, signal, alarm?.measures?.metric.dimensions['AvailabilityZone']),
  'classic-load-balancer': ofClassic,
  'db-instance': ofDatabase,
  'db-cluster': ofCluster,
  'cache-group': ofCacheGroup,
  'cache-cluster': ofCacheCluster,
  'serverless-cache': ofServerlessCache,
  table: ofTable,
  bucket: ofBucket,
  'multi-region-access-point': ofAccessPoint,
  'health-check': ofHealthCheck,
  'file-system': ofFileSystem,
  'emr-cluster': ofEmrCluster,
  'emr-step': ofEmrStep,
  'protected-resource': ofProtected,
  alarm: ofAlarm,
  'log-group': ofLogGroup,
  topic: ofTopic,
  function: ofFunction,
  'function-alias': ofAlias,
  'event-source-mapping': ofMapping,
  'ecs-service': ofService,
  'container-instance': ofContainerInstance,
};

/** What the signal's sickness means in a simulated account; undefined for what is not simulated. `alarm` told of it. */
export function assumedSickness(
  account: SimulatedAccount,
  signal: Sick,
  alarm: RecordedAlarm | undefined,
): AssumedSickness | undefined {
  return byKind[signal.resource.kind]?.(account, signal, alarm);
}
