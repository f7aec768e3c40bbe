import { drainTarget } from './drain-target';
import { failoverDbCluster } from './failover-db-cluster';
import { failoverDbInstance } from './failover-db-instance';
import { rebootInstance } from './reboot-instance';
import type { Remediation } from './remediation';
import { replaceInstance } from './replace-instance';
import { runSsmAutomation } from './run-ssm-automation';
import { scaleOutGroup } from './scale-out-group';
import { stopStartInstance } from './stop-start-instance';

/** Every remediation there is: the gentlest of each kind first. */
export const remediations: readonly Remediation[] = [
  drainTarget, // nothing is lost: the target can be registered again
  scaleOutGroup, // costs money, and nobody their service
  rebootInstance, // minutes of one instance, on the host that it is on
  stopStartInstance, // minutes of one instance, and another host
  replaceInstance, // one member of many, for good
  failoverDbInstance, // a minute or two without the database
  failoverDbCluster, // half a minute without writes, then a cold cache
  runSsmAutomation, // whatever the runbook does: the last of every kind
];
