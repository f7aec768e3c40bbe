import type { SimulatedAccount } from '../../simulator/world';
import { tags, type AssumedSickness, type Sick } from './sickness';

const members = 3;

export function ofTargets(
  { services }: SimulatedAccount,
  { resource: { id: arn }, condition }: Sick,
  loadBalancer: string | undefined,
): AssumedSickness {
  const { autoscaling, ec2, elasticloadbalancing } = services;
  const name = arn.split('/')[1] ?? arn;
  const targets = () => [...(elasticloadbalancing.targetGroup(arn)?.targets.values() ?? [])];
  const isIll = (id: string): boolean => ec2.instance(id)?.sicknesses.has('application') ?? false;
  // A recording tells what health checks have found, not what they are about to find.
  const findNow = (): void => {
    const group = elasticloadbalancing.targetGroup(arn);
    if (group) elasticloadbalancing.health.findNow(group);
  };
  return {
    ensure: () => {
      if (elasticloadbalancing.targetGroup(arn)) return undefined;
      elasticloadbalancing.addTargetGroup({ name, arn, loadBalancer, tags });
      autoscaling.addGroup({
        name: `${name}-group`,
        desired: members,
        min: 1,
        max: 2 * members,
        targetGroups: [arn],
        tags,
      });
      findNow();
      return `target group ${name} has ${members} targets, members of a group`;
    },
    sicken: () => {
      const [first] = targets();
      if (!first || targets().some(({ id }) => isIll(id))) return;
      ec2.sicken(first.id, { kind: 'application', passesHealthChecks: condition === 'target-erroring' });
      findNow();
    },
    recover: () => {
      for (const { id } of targets().filter((target) => isIll(target.id))) ec2.cure(id);
      findNow();
    },
  };
}
