import { listed, type Disagreement } from '../disagreement';

/** Names, health checks and routing controls. */
export const aboutRoute53: readonly Disagreement[] = [
  ...listed(['moto', 'ministack'], 'it has no clusters of routing controls', [
    ['route53-recovery-cluster:GetRoutingControlState', 'each control tells how it stands'],
    ['route53-recovery-cluster:GetRoutingControlState', 'one that does not exist is an error'],
    ['route53-recovery-cluster:UpdateRoutingControlStates', 'several are switched in one call'],
    ['route53-recovery-cluster:UpdateRoutingControlStates', 'what a safety rule forbids is refused as a whole'],
  ]),
  ...listed('moto', 'it has no tags of what there is not, and no error', [
    ['route53:ListTagsForResource', 'a hosted zone that does not exist is an error'],
  ]),
  ...listed('ministack', 'its changes are never in sync', [['route53:GetChange', 'a change is in sync after a while']]),
];
