import { listed, type Disagreement } from '../disagreement';

/** Databases and clusters, as they run; what makes them or takes them away is in rds-creation.ts. */
export const aboutRds: readonly Disagreement[] = [
  ...listed(['moto', 'ministack'], 'it lets storage shrink', [
    ['rds:ModifyDBInstance', 'less storage than there is is refused'],
  ]),
  ...listed(['moto', 'ministack'], 'it does not look for a standby', [
    ['rds:RebootDBInstance', 'a failover of one without a standby is refused'],
  ]),
  ...listed('moto', 'states change at once: what lies between is never seen', [
    ['rds:RebootDBInstance', 'it reboots, and is available again'],
    ['rds:RebootDBInstance', 'a second one while it reboots is refused'],
  ]),
  ...listed('moto', 'it falls over a cluster that it does not have', [
    ['rds:ModifyDBCluster', 'one that does not exist is an error'],
  ]),
  ...listed('moto', 'it knows global databases, and nothing that moves their primary', [
    ['rds:SwitchoverGlobalCluster', 'one that does not exist is an error'],
    ['rds:SwitchoverGlobalCluster', 'a cluster that is no part of it is an error'],
    ['rds:FailoverGlobalCluster', 'one that does not exist is an error'],
  ]),
  ...listed('ministack', 'its answer says rebooting, and the instance stays available', [
    ['rds:RebootDBInstance', 'a second one while it reboots is refused'],
  ]),
  ...listed('ministack', 'it starts what runs', [['rds:StartDBInstance', 'one that runs is refused']]),
  ...listed('ministack', 'it answers everything at once, whatever page is asked for', [
    ['rds:DescribeDBInstances', 'a marker leads to the rest'],
  ]),
];
