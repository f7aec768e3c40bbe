import { autoscalingCases } from './autoscaling';
import { backupCases } from './backup';
import type { ContractCase } from './case';
import { cloudwatchCases, snsCases } from './cloudwatch';
import { ec2Cases } from './ec2';
import { applicationAutoScalingCases, dynamodbCases } from './dynamodb';
import { classicCases } from './classic-load-balancing';
import { elasticloadbalancingCases } from './elasticloadbalancing';
import { ecsCases } from './ecs';
import { elasticacheCases } from './elasticache';
import { elasticfilesystemCases } from './elasticfilesystem';
import { elasticmapreduceCases } from './elasticmapreduce';
import { lambdaCases } from './lambda';
import { rdsCases } from './rds';
import { rdsCreationCases } from './rds-creation';
import { rdsChangeCases } from './rds-changes';
import { recoveryClusterCases, route53Cases } from './route53';
import { s3Cases } from './s3';
import { commandCases } from './commands';
import { snapshotCases } from './snapshots';
import { ssmCases } from './ssm';
import { volumeCases } from './volumes';
import { watcherCases } from './watchers';
import { zoneCases } from './zones';

/** What the simulated account and the emulators are held to: every operation that is called has a case here. */
export const contractCases: readonly ContractCase[] = [
  ...ec2Cases,
  ...autoscalingCases,
  ...dynamodbCases,
  ...applicationAutoScalingCases,
  ...classicCases,
  ...elasticloadbalancingCases,
  ...ecsCases,
  ...elasticacheCases,
  ...elasticfilesystemCases,
  ...elasticmapreduceCases,
  ...lambdaCases,
  ...rdsCases,
  ...rdsCreationCases,
  ...rdsChangeCases,
  ...ssmCases,
  ...commandCases,
  ...volumeCases,
  ...snapshotCases,
  ...cloudwatchCases,
  ...snsCases,
  ...watcherCases,
  ...zoneCases,
  ...backupCases,
  ...s3Cases,
  ...route53Cases,
  ...recoveryClusterCases,
];
