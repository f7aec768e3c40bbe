import type { WritePermission } from './remediation';

/** Leave to set between which bounds Application Auto Scaling keeps what a service has. It knows no tags of what it scales. */
export function leaveToSetBounds(
  service: 'dynamodb' | 'ecs',
): WritePermission<'application-autoscaling:RegisterScalableTarget'> {
  return {
    action: 'application-autoscaling:RegisterScalableTarget',
    on: 'arn:*:application-autoscaling:*:*:scalable-target/*',
    tagged: false,
    condition: { StringEquals: { 'application-autoscaling:service-namespace': service } },
  };
}
