import type { WritePermission } from './remediation';

const targets = 'arn:*:application-autoscaling:*:*:scalable-target/*';

/** Leave to set between which bounds Application Auto Scaling keeps what a service has. It knows no tags of what it scales. */
export function leaveToSetBounds(
  service: 'dynamodb' | 'ecs',
): WritePermission<'application-autoscaling:RegisterScalableTarget'> {
  return {
    action: 'application-autoscaling:RegisterScalableTarget',
    on: targets,
    tagged: false,
    condition: { StringEquals: { 'application-autoscaling:service-namespace': service } },
  };
}

/**
 * What DynamoDB asks of whoever sets the auto scaling of a global table, in each Region that holds a copy, whatever it is that is
 * set: here it is nothing but bounds. From "Using IAM with global tables" in the guide of DynamoDB.
 */
export const leaveOnCopies = {
  implied: [
    'RegisterScalableTarget',
    'DeregisterScalableTarget',
    'PutScalingPolicy',
    'DeleteScalingPolicy',
    'PutScheduledAction',
    'DeleteScheduledAction',
  ].map((operation): WritePermission => ({
    action: `application-autoscaling:${operation}`,
    on: targets,
    tagged: false,
    everyRegion: true,
    condition: { StringEquals: { 'application-autoscaling:service-namespace': 'dynamodb' } },
  })),
  impliedReads: ['ScalableTargets', 'ScalingActivities', 'ScalingPolicies', 'ScheduledActions'].map(
    (what) => `application-autoscaling:Describe${what}`,
  ),
};
