import type { SimulatedAccount } from './world';

/**
 * Loses an Availability Zone: nothing can be launched there, and what is there falls sick as on a host that has failed. AWS moves
 * nothing by itself: what Multi-AZ databases and caches do within a minute is over, or has failed, when anybody hears of it.
 */
export function loseZone({ services }: SimulatedAccount, zone: string): void {
  const { ec2, rds, elasticache } = services;
  ec2.network.exhaust(zone);
  for (const id of runningIn(services, zone)) ec2.sicken(id, { kind: 'system' });
  const { DBInstances = [] } = rds.operations.DescribeDBInstances({});
  for (const { DBInstanceIdentifier: id = '', AvailabilityZone } of DBInstances) {
    if (AvailabilityZone === zone) rds.sicken(id, { kind: 'host' });
  }
  const { ReplicationGroups = [] } = elasticache.operations.DescribeReplicationGroups({});
  for (const { NodeGroupMembers = [] } of ReplicationGroups.flatMap(({ NodeGroups = [] }) => NodeGroups)) {
    for (const { CacheClusterId: id = '', PreferredAvailabilityZone } of NodeGroupMembers) {
      if (PreferredAvailabilityZone === zone) elasticache.sicken(id, { kind: 'host' });
    }
  }
}

/** The zone is there again, and what is still in it is well. */
export function regainZone({ services }: SimulatedAccount, zone: string): void {
  const { ec2 } = services;
  ec2.network.replenish(zone);
  for (const id of runningIn(services, zone)) ec2.cure(id, 'system');
}

function runningIn({ ec2 }: SimulatedAccount['services'], zone: string): readonly string[] {
  const running = ec2.instances().filter((instance) => instance.power === 'running' && instance.zone === zone);
  return running.map(({ id }) => id);
}
