import { accessAnalyzerFinding } from './access-analyzer-finding';
import { alarmConfiguration } from './alarm-configuration';
import { autoScaling } from './auto-scaling';
import { backupJob } from './backup-job';
import { bucketAccess } from './bucket-access';
import { cloudwatchAlarm } from './cloudwatch-alarm';
import { configCompliance } from './config-compliance';
import { copyJob } from './copy-job';
import { customHealth } from './custom-health';
import { ec2InstanceState } from './ec2-instance-state';
import { emrCluster } from './emr-cluster';
import { emrStep } from './emr-step';
import { eventSourceMapping } from './event-source-mapping';
import { guarddutyFinding } from './guardduty-finding';
import { ecsContainerInstance } from './ecs-container-instance';
import { ecsDeployment } from './ecs-deployment';
import { ecsServiceAction } from './ecs-service-action';
import { ecsTask } from './ecs-task';
import { health } from './health';
import { logDelivery } from './log-delivery';
import { rdsCluster } from './rds-cluster';
import { rdsInstance } from './rds-instance';
import { readAmong, type ReadOptions } from './read-event';
import { securityHubFinding } from './security-hub-finding';
import { serverlessCache } from './serverless-cache';
import { restoreJob } from './restore-job';
import type { Reading } from './signal';
import type { Source } from './source';
import { suspendedProcesses } from './suspended-processes';
import { spotInterruption } from './spot-interruption';
import { ssmAutomation } from './ssm-automation';

/** Every kind of event that is understood. No event is two sources' own; the order is how much each is worth listening to. */
export const sources: readonly Source[] = [
  cloudwatchAlarm, // the symptom itself, as the operator chose to measure it
  customHealth, // the same, as a program of the operator's own found it
  health, // what AWS knows of its own side before any symptom shows
  spotInterruption, // two minutes' warning: nothing else comes earlier
  ecsDeployment, // what was changed, before its tasks show what came of it
  ecsServiceAction, // tasks that do not start, as the service sees them
  ecsTask, // the same, of each task
  ecsContainerInstance, // whether ECS still hears from what they run on
  rdsInstance, // storage, replication and failovers as the database service sees them
  rdsCluster, // the same of whole clusters
  serverlessCache, // the limit of a cache that nobody can raise, and progress where somebody did
  emrStep, // work that has failed, and that nobody else tells of
  emrCluster, // groups of nodes that EMR has given up, and progress of the others
  autoScaling, // whether the healing that AWS does by itself works
  suspendedProcesses, // whether it works at all
  eventSourceMapping, // whether what waits is brought to who works on it
  backupJob, // a backup that there is not, before anybody needs it
  copyJob, // a copy of one that there is not
  guarddutyFinding, // what was opened that was shut
  accessAnalyzerFinding, // the same, as far as policies go
  securityHubFinding, // the same, at the next look of a control
  bucketAccess, // who may have opened it, before anybody has looked
  configCompliance, // what is not protected, before anything is lost
  alarmConfiguration, // who watches, and whether they would tell anybody
  logDelivery, // the evidence, and where it should go
  ec2InstanceState, // progress of what was started
  ssmAutomation, // progress of runbooks
  restoreJob, // progress of what is brought back
];

/** What one event, as EventBridge delivers it, tells. Throws never: whatever is no event is `invalid`, with a reason. */
export function readEvent(input: unknown, options: ReadOptions): Reading {
  return readAmong(sources, input, options);
}
