import { drainTarget } from './load-balancing/drain-target';
import { failoverDbCluster } from './rds/failover-db-cluster';
import { failoverDbInstance } from './rds/failover-db-instance';
import { rebootInstance } from './ec2/reboot-instance';
import type { Remediation } from './remediation';
import { replaceInstance } from './auto-scaling/replace-instance';
import { runSsmAutomation } from './systems-manager/run-ssm-automation';
import { scaleOutGroup } from './auto-scaling/scale-out-group';
import { stopStartInstance } from './ec2/stop-start-instance';

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
