import { texts, type Arns } from './resource';

const groups: Arns = ({ AutoScalingGroupName }, { groups: touched }) =>
  AutoScalingGroupName === undefined
    ? Object.values(touched)
    : texts(AutoScalingGroupName).flatMap((name) => touched[name] ?? []);

/** What AWS asks IAM about for each of its operations. */
export const resources: Readonly<Record<string, Arns>> = {
  'autoscaling:CancelInstanceRefresh': groups,
  'autoscaling:EnterStandby': groups,
  'autoscaling:ExitStandby': groups,
  'autoscaling:ResumeProcesses': groups,
  'autoscaling:RollbackInstanceRefresh': groups,
  'autoscaling:SetDesiredCapacity': groups,
  'autoscaling:SetInstanceHealth': groups,
  'autoscaling:TerminateInstanceInAutoScalingGroup': groups,
};
