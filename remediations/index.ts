import { failoverDbCluster } from './failover-db-cluster';
import { failoverDbInstance } from './failover-db-instance';
import type { Remediation } from './remediation';
import { runSsmAutomation } from './run-ssm-automation';

/** Every way of healing, from the gentlest up within each kind of resource: the order of the docs and of a ladder. */
export const remediations: readonly Remediation[] = [
  failoverDbInstance, // a minute or two without the database
  failoverDbCluster, // half a minute without writes, and a cold cache
  runSsmAutomation, // whatever the runbook does
];

/** The remediation of that name; undefined where a policy names one that there is not. */
export function remediationNamed(name: string): Remediation | undefined {
  return remediations.find((known) => known.name === name);
}
