import { texts, type Arns } from './resource';

const targetGroups: Arns = ({ TargetGroupArn }) => texts(TargetGroupArn);

/** What AWS asks IAM about for each of its operations. */
export const resources: Readonly<Record<string, Arns>> = {
  'elasticloadbalancing:DeregisterTargets': targetGroups,
  'elasticloadbalancing:RegisterTargets': targetGroups,
};
