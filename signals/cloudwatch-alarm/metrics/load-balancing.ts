import type { AlarmCondition } from '../alarm-condition';
import { classicLoadBalancer, loadBalancer, targetGroup } from '../subjects';

const loadBalancers = ['AWS/ApplicationELB', 'AWS/NetworkELB'];
const besideTargetGroup = { LoadBalancer: 'any', AvailabilityZone: 'any' } as const;

export const loadBalancingMetrics: readonly AlarmCondition[] = [
  {
    namespaces: loadBalancers,
    metrics: ['UnHealthyHostCount'],
    subject: targetGroup,
    beside: besideTargetGroup,
    condition: 'target-unhealthy',
  },
  {
    namespaces: loadBalancers,
    metrics: ['HTTPCode_Target_5XX_Count', 'TargetResponseTime', 'TargetConnectionErrorCount'],
    subject: targetGroup,
    beside: besideTargetGroup,
    condition: 'target-erroring',
  },
  {
    // Of one zone, and of all target groups in it. Of the load balancer as a whole the same says nothing about a zone.
    namespaces: loadBalancers,
    metrics: [
      'HTTPCode_Target_5XX_Count',
      'TargetResponseTime',
      'TargetConnectionErrorCount',
      'HTTPCode_ELB_5XX_Count',
      'TCP_Target_Reset_Count',
    ],
    subject: loadBalancer,
    beside: { AvailabilityZone: 'any' },
    demands: 'AvailabilityZone',
    condition: 'zone-impaired',
  },
  {
    namespaces: ['AWS/ELB'],
    metrics: ['UnHealthyHostCount'],
    subject: classicLoadBalancer,
    beside: { AvailabilityZone: 'any' },
    condition: 'backend-out-of-service',
  },
];
