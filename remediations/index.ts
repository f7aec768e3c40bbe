import { addClusterReader } from './rds/add-cluster-reader';
import { addReadReplica } from './rds/add-read-replica';
import { drainTarget } from './load-balancing/drain-target';
import { expandDbStorage } from './rds/expand-db-storage';
import { restoreFromRecoveryPoint } from './backup/restore-from-recovery-point';
import { retryBackupJob } from './backup/retry-backup-job';
import { expandEbsVolume } from './ec2/expand-ebs-volume';
import { failoverDbCluster } from './rds/failover-db-cluster';
import { failoverDbInstance } from './rds/failover-db-instance';
import { raiseServerlessCapacity } from './rds/raise-serverless-capacity';
import { rebootDbInstance } from './rds/reboot-db-instance';
import { startDbInstance } from './rds/start-db-instance';
import { drainContainerInstance } from './ecs/drain-container-instance';
import { redeployService } from './ecs/redeploy-service';
import { rollbackServiceDeployment } from './ecs/rollback-service-deployment';
import { scaleOutService } from './ecs/scale-out-service';
import { stopUnhealthyTask } from './ecs/stop-unhealthy-task';
import { switchGlobalDatabase } from './rds/switch-global-database';
import { rebootInstance } from './ec2/reboot-instance';
import { protectTable } from './dynamodb/protect-table';
import { raiseGlobalTableWrites } from './dynamodb/raise-global-table-writes';
import { restoreTableToPointInTime } from './dynamodb/restore-table-to-point-in-time';
import { switchTableToOnDemand } from './dynamodb/switch-table-to-on-demand';
import { raiseTableCapacity } from './dynamodb/raise-table-capacity';
import { promoteReadReplica } from './rds/promote-read-replica';
import { failoverCacheShard } from './elasticache/failover-cache-shard';
import { rebootCacheNodes } from './elasticache/reboot-cache-nodes';
import { scaleCacheGroup } from './elasticache/scale-cache-group';
import { raiseFilesystemThroughput } from './efs/raise-filesystem-throughput';
import { repairMountTarget } from './efs/repair-mount-target';
import { reenableAlarmActions } from './monitoring/reenable-alarm-actions';
import { restoreLogDelivery } from './monitoring/restore-log-delivery';
import { repairSnsDelivery } from './monitoring/repair-sns-delivery';
import { rerunEmrStep } from './emr/rerun-emr-step';
import { resizeEmrGroup } from './emr/resize-emr-group';
import { raiseFunctionConcurrency } from './lambda/raise-function-concurrency';
import { reenableEventSource } from './lambda/reenable-event-source';
import { rollbackFunctionAlias } from './lambda/rollback-function-alias';
import { failoverDnsRecord } from './route53/failover-dns-record';
import { flipRoutingControl } from './route53/flip-routing-control';
import { blockPublicBucket } from './s3/block-public-bucket';
import { failoverMultiRegionAccessPoint } from './s3/failover-multi-region-access-point';
import type { Remediation } from './remediation';
import { resumeGroupProcesses } from './auto-scaling/resume-group-processes';
import { rollbackGroupRefresh } from './auto-scaling/rollback-group-refresh';
import { replaceInstance } from './auto-scaling/replace-instance';
import { resetClassicBackend } from './load-balancing/reset-classic-backend';
import { restartServiceProcess } from './ec2/restart-service-process';
import { runSsmAutomation } from './systems-manager/run-ssm-automation';
import { restoreDbToPointInTime } from './rds/restore-db-to-point-in-time';
import { standbyInstance } from './auto-scaling/standby-instance';
import { scaleOutGroup } from './auto-scaling/scale-out-group';
import { shiftZoneAway } from './load-balancing/shift-zone-away';
import { stopStartInstance } from './ec2/stop-start-instance';

/** Every remediation there is: the gentlest of each kind first. */
export const remediations: readonly Remediation[] = [
  drainTarget, // nothing is lost: the target can be registered again
  shiftZoneAway, // the other zones carry more, and it ends by itself
  resetClassicBackend, // it gets no requests as it is
  scaleOutGroup, // costs money, and nobody their service
  expandEbsVolume, // costs money for good, and nobody their service
  restartServiceProcess, // seconds of one service, on an instance that stays up
  rebootInstance, // minutes of one instance, on the host that it is on
  stopStartInstance, // minutes of one instance, and another host
  resumeGroupProcesses, // the group does by itself again what it was made to do
  rollbackGroupRefresh, // ends what people have begun, and replaces what it has replaced
  standbyInstance, // a new member, and the bad one is kept: it costs, and can come back
  replaceInstance, // one member of many, for good
  stopUnhealthyTask, // one task at a time, which serves nobody as it is
  redeployService, // the same tasks anew, as many at a time as the service allows
  rollbackServiceDeployment, // ends what people have begun
  scaleOutService, // costs money, and nobody their service
  drainContainerInstance, // its tasks begin anew elsewhere
  startDbInstance, // it serves nobody as it is
  expandDbStorage, // costs money, and nobody their service
  addClusterReader, // costs money; the cluster's storage serves one more
  addReadReplica, // costs money, and a copy of everything is made first
  raiseServerlessCapacity, // costs money while it is used, and can be put back
  failoverDbInstance, // a minute or two without the database
  failoverDbCluster, // half a minute without writes, then a cold cache
  rebootDbInstance, // some minutes without the database, on the host that it is on
  restoreDbToPointInTime, // hours and money; what is sick stays as it is
  promoteReadReplica, // for good, and what the replica has not got is lost
  scaleCacheGroup, // costs money; keys move, or connections are cut once
  failoverCacheShard, // a minute without writes, and the last of them are lost
  rebootCacheNodes, // what one node holds is gone, and comes back from what is behind the cache
  repairMountTarget, // clients in a zone that has none get one, as the tags say
  raiseFilesystemThroughput, // costs money for a day at least
  resizeEmrGroup, // costs money until somebody takes it back, and nobody their nodes
  rerunEmrStep, // runs what ran before: its owner has said that it may
  protectTable, // costs little, and nobody their service
  raiseTableCapacity, // costs money up to a ceiling, until somebody lowers it
  raiseGlobalTableWrites, // the same in every Region
  switchTableToOnDemand, // costs money without a ceiling, and takes minutes
  restoreTableToPointInTime, // a second table, and then it is for people to say which of them is right
  switchGlobalDatabase, // minutes without writes; by a failover, what was not copied yet
  retryBackupJob, // costs what the backup would have cost
  restoreFromRecoveryPoint, // hours and money for a second one of something; what is sick stays as it is
  blockPublicBucket, // whoever has no leave of his own is shut out, and nothing is lost
  failoverMultiRegionAccessPoint, // readers miss what is not copied yet
  flipRoutingControl, // needs no control plane, and all clients move
  failoverDnsRecord, // needs the control plane, and clients move as their answers expire
  rollbackFunctionAlias, // back to what served before, at once
  reenableEventSource, // what has waited comes all at once
  raiseFunctionConcurrency, // the other functions share less, until somebody lowers it
  reenableAlarmActions, // people are told again, and nothing else changes
  restoreLogDelivery, // what the policy says it was, and nothing that is there is overwritten
  repairSnsDelivery, // who should be told is told, and what was lost is kept
  runSsmAutomation, // whatever the runbook does: the last of every kind
];
