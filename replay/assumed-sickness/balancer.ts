import type { SimulatedAccount } from '../../simulator/world';
import { tags, type AssumedSickness, type Sick } from './sickness';

const targetsInZone = 2;

/** A load balancer over the zones of its region, and errors of all that runs in one of them. */
export function ofBalancer(
  { region, services }: SimulatedAccount,
  { resource: { id: arn } }: Sick,
  zone = `${region}a`,
): AssumedSickness {
  const { ec2, elasticloadbalancing } = services;
  const { balancers } = elasticloadbalancing;
  const name = arn.split('/')[2] ?? arn;
  const inZone = () =>
    [...(elasticloadbalancing.targetGroup(name)?.targets.values() ?? [])].filter((target) => target.zone === zone);
  return {
    ensure: () => {
      if (balancers.find(arn)) return undefined;
      const zones = [...new Set([zone, ...ec2.network.zones()])];
      balancers.add({ arn, zonalShift: true, zones, tags });
      const ids = zones.flatMap((one) =>
        Array.from({ length: targetsInZone }, () => ec2.addInstance({ zone: one, tags }).id),
      );
      elasticloadbalancing.addTargetGroup({ name, loadBalancer: arn, targets: ids.map((id) => ({ id })), tags });
      return `load balancer ${name} has ${targetsInZone} targets in each of ${zones.length} zones, and allows zonal shifts`;
    },
    sicken: () => {
      for (const { id } of inZone()) ec2.sicken(id, { kind: 'application', passesHealthChecks: true });
    },
    recover: () => {
      for (const { id } of inZone()) ec2.cure(id);
    },
  };
}
