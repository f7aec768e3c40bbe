import type { WritePermission } from '../../remediation';

/** Leave to do these things to Auto Scaling groups that have opted in. */
export function leaveOnGroups<A extends `autoscaling:${string}`>(
  ...actions: readonly A[]
): readonly WritePermission<A>[] {
  const on = 'arn:*:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/*';
  return actions.map((action) => ({ action, on, tagged: true }));
}
