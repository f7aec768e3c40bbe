import {
  isDraining,
  isNotOfTheTarget,
  targetGroupName,
  targetText,
  type RegisteredTarget,
} from '../../../vitals/load-balancing/target-group';

export function staying(targets: readonly RegisteredTarget[]): readonly RegisteredTarget[] {
  return targets.filter((target) => !isDraining(target));
}

export function healthyOthers(
  bad: RegisteredTarget,
  targets: readonly RegisteredTarget[],
): readonly RegisteredTarget[] {
  return targets.filter(({ id, port, state }) => state === 'healthy' && !(id === bad.id && port === bad.port));
}

type Found =
  | { readonly kind: 'found'; readonly target: RegisteredTarget }
  | { readonly kind: 'refused' | 'notNeeded'; readonly reason: string };

/** The one target that is bad in the sense of the condition. */
export function findBad(arn: string, condition: string, targets: readonly RegisteredTarget[]): Found {
  const name = targetGroupName(arn);
  const unhealthy = targets.filter(({ state }) => state === 'unhealthy');
  const anomalous = staying(targets).filter(({ isAnomalous }) => isAnomalous);
  const bad = condition === 'target-erroring' && anomalous.length > 0 ? anomalous : unhealthy;
  const [target, ...more] = bad;
  if (target && isNotOfTheTarget(target)) {
    return {
      kind: 'refused',
      reason: `${targetText(target)} is not at fault: the load balancer says ${target.reason}`,
    };
  }
  if (target && more.length === 0) return { kind: 'found', target };
  if (target) {
    const names = bad.map(targetText).slice(0, 5).join(', ');
    return {
      kind: 'refused',
      reason: `${bad.length} targets of ${name} are bad at once (${names}): their trouble is shared`,
    };
  }
  const draining = targets.find(isDraining);
  if (draining) return { kind: 'notNeeded', reason: `${targetText(draining)} of ${name} is draining already` };
  return condition === 'target-erroring'
    ? {
        kind: 'refused',
        reason: `no target of ${name} stands out: the load balancer sees none that errs more than its peers`,
      }
    : { kind: 'notNeeded', reason: `no target of ${name} is unhealthy now` };
}

/** Says so while another target is on its way out. */
export function stillDraining(arn: string, targets: readonly RegisteredTarget[]): string | undefined {
  const draining = targets.find(isDraining);
  return draining && `${targetText(draining)} of ${targetGroupName(arn)} is still draining: one at a time`;
}
