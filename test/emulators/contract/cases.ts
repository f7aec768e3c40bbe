import { autoscalingCases } from './autoscaling';
import type { ContractCase } from './case';
import { cloudwatchCases, snsCases } from './cloudwatch';
import { ec2Cases } from './ec2';
import { applicationAutoScalingCases, dynamodbCases } from './dynamodb';
import { classicCases } from './classic-load-balancing';
import { elasticloadbalancingCases } from './elasticloadbalancing';
import { elasticacheCases } from './elasticache';
import { rdsCases } from './rds';
import { rdsCreationCases } from './rds-creation';
import { rdsChangeCases } from './rds-changes';
import { commandCases } from './commands';
import { ssmCases } from './ssm';
import { volumeCases } from './volumes';
import { zoneCases } from './zones';

/** What the simulated account and the emulators are held to: every operation that is called has a case here. */
export const contractCases: readonly ContractCase[] = [
  ...ec2Cases,
  ...autoscalingCases,
  ...dynamodbCases,
  ...applicationAutoScalingCases,
  ...classicCases,
  ...elasticloadbalancingCases,
  ...elasticacheCases,
  ...rdsCases,
  ...rdsCreationCases,
  ...rdsChangeCases,
  ...ssmCases,
  ...commandCases,
  ...volumeCases,
  ...cloudwatchCases,
  ...snsCases,
  ...zoneCases,
];
