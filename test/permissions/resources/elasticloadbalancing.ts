import { arn, texts, type Arns } from './resource';

const targetGroups: Arns = ({ TargetGroupArn }) => texts(TargetGroupArn);
/** The classic ones have no kind in their ARN. */
const classic: Arns = ({ LoadBalancerName }) =>
  texts(LoadBalancerName).map((name) => arn('elasticloadbalancing', `loadbalancer/${name}`));

/** What AWS asks IAM about for each of its operations. */
export const resources: Readonly<Record<string, Arns>> = {
  'elasticloadbalancing:DeregisterInstancesFromLoadBalancer': classic,
  'elasticloadbalancing:DeregisterTargets': targetGroups,
  'elasticloadbalancing:RegisterInstancesWithLoadBalancer': classic,
  'elasticloadbalancing:RegisterTargets': targetGroups,
};
