import { listed, type Disagreement } from '../disagreement';

/** Load balancers, the classic ones too. */
export const aboutLoadBalancing: readonly Disagreement[] = [
  ...listed(['moto', 'ministack'], 'states change at once: what lies between is never seen', [
    ['elasticloadbalancing:DeregisterTargets', 'the target drains, and then it is gone'],
  ]),
  ...listed('moto', 'what does not exist has an empty answer', [
    ['elasticloadbalancing:DescribeTags', 'a group that does not exist is an error'],
  ]),
  ...listed('moto', 'it refuses; the API reference says that it is no error', [
    ['elasticloadbalancing:DeregisterTargets', 'a target that is not registered is no error'],
  ]),
  ...listed('moto', 'it gives every load balancer the default of a Network Load Balancer', [
    ['elasticloadbalancing:DescribeLoadBalancerAttributes', 'an application load balancer serves across zones'],
  ]),
  ...listed('moto', 'it does not look whether the instance exists', [
    ['elasticloadbalancing:RegisterInstancesWithLoadBalancer', 'an instance that does not exist is refused'],
  ]),
  ...listed('moto', 'it answers with an error of its own (500)', [
    ['elasticloadbalancing:DeregisterInstancesFromLoadBalancer', 'a load balancer that does not exist is an error'],
  ]),
  ...listed('ministack', 'it leaves out what is not registered', [
    ['elasticloadbalancing:DescribeTargetHealth', 'a target that is asked for and not registered is told as unused'],
  ]),
  ...listed('ministack', 'it has no classic load balancers', [
    [
      'elasticloadbalancing:DescribeInstanceHealth',
      'an instance that passes its checks is in service, and nobody is at fault',
    ],
    ['elasticloadbalancing:DescribeInstanceHealth', 'a load balancer that does not exist is an error'],
    [
      'elasticloadbalancing:DescribeTags',
      'a classic load balancer is asked for by its name, and has an empty list without tags',
    ],
    ['elasticloadbalancing:DescribeTags', 'a classic load balancer that does not exist is an error'],
    ['elasticloadbalancing:DeregisterInstancesFromLoadBalancer', 'the instance is gone from the load balancer'],
    ['elasticloadbalancing:DeregisterInstancesFromLoadBalancer', 'a load balancer that does not exist is an error'],
    [
      'elasticloadbalancing:RegisterInstancesWithLoadBalancer',
      'an instance that was deregistered comes back, and is in service after its checks',
    ],
    ['elasticloadbalancing:RegisterInstancesWithLoadBalancer', 'an instance that does not exist is refused'],
  ]),
  ...listed('ministack', 'it has no such attribute', [
    [
      'elasticloadbalancing:DescribeTargetGroupAttributes',
      'in cross-zone matters a group does as its load balancer, unless told',
    ],
    ['elasticloadbalancing:DescribeLoadBalancerAttributes', 'an application load balancer serves across zones'],
    ['elasticloadbalancing:DescribeLoadBalancerAttributes', 'a network load balancer keeps to its zones'],
  ]),
  ...listed('ministack', 'it does not look at the state of the instance', [
    ['elasticloadbalancing:RegisterTargets', 'an instance that does not run is refused'],
  ]),
];
