import { autoscalingCases } from './autoscaling';
import type { ContractCase } from './case';
import { cloudwatchCases, snsCases } from './cloudwatch';
import { ec2Cases } from './ec2';
import { elasticloadbalancingCases } from './elasticloadbalancing';
import { rdsCases } from './rds';
import { ssmCases } from './ssm';
import { zoneCases } from './zones';

/** What the simulated account and the emulators are held to: every operation that is called has a case here. */
export const contractCases: readonly ContractCase[] = [
  ...ec2Cases,
  ...autoscalingCases,
  ...elasticloadbalancingCases,
  ...rdsCases,
  ...ssmCases,
  ...cloudwatchCases,
  ...snsCases,
  ...zoneCases,
];
