import { autoScaling } from './auto-scaling';
import { cloudwatchAlarm } from './cloudwatch-alarm';
import { configCompliance } from './config-compliance';
import { ec2InstanceState } from './ec2-instance-state';
import { health } from './health';
import { rdsCluster } from './rds-cluster';
import { rdsInstance } from './rds-instance';
import { readAmong, type ReadOptions } from './read-event';
import { serverlessCache } from './serverless-cache';
import type { Reading } from './signal';
import type { Source } from './source';
import { suspendedProcesses } from './suspended-processes';
import { spotInterruption } from './spot-interruption';
import { ssmAutomation } from './ssm-automation';

/** Every kind of event that is understood. No event is two sources' own; the order is how much each is worth listening to. */
export const sources: readonly Source[] = [
  cloudwatchAlarm, // the symptom itself, as the operator chose to measure it
  health, // what AWS knows of its own side before any symptom shows
  spotInterruption, // two minutes' warning: nothing else comes earlier
  rdsInstance, // storage, replication and failovers as the database service sees them
  rdsCluster, // the same of whole clusters
  serverlessCache, // the limit of a cache that nobody can raise, and progress where somebody did
  autoScaling, // whether the healing that AWS does by itself works
  suspendedProcesses, // whether it works at all
  configCompliance, // what is not protected, before anything is lost
  ec2InstanceState, // progress of what was started
  ssmAutomation, // progress of runbooks
];

/** What one event, as EventBridge delivers it, tells. Throws never: whatever is no event is `invalid`, with a reason. */
export function readEvent(input: unknown, options: ReadOptions): Reading {
  return readAmong(sources, input, options);
}
