import type { SimulatedAccount } from '../world';
import type { LoadBalancer } from './load-balancer';
import type { Target, TargetGroup } from './target-group';

/** Errors that one erring target gives in a minute. */
const errorsPerMinute = 60;
/** Requests that a load balancer gets in a minute: its zones share them. */
const requestsPerMinute = 600;

/** What is measured of a target group, or of those of its targets that count. */
export function measureGroup(
  { services }: SimulatedAccount,
  name: string,
  group: TargetGroup,
  counts: (target: Target) => boolean,
): number | undefined {
  const inState = (state: Target['state']): number => {
    let count = 0;
    for (const target of group.targets.values()) if (target.state === state && counts(target)) count += 1;
    return count;
  };
  switch (name) {
    case 'HealthyHostCount':
      return inState('healthy');
    case 'UnHealthyHostCount':
      return inState('unhealthy');
    case 'HTTPCode_Target_5XX_Count':
      return services.elasticloadbalancing.health.erring(group).filter(counts).length * errorsPerMinute;
    default:
      return undefined;
  }
}

/** Requests and errors of a whole load balancer, or of one zone of it: none where its traffic was shifted away. */
export function measureBalancer(
  { services }: SimulatedAccount,
  name: string,
  balancer: LoadBalancer,
  groups: readonly TargetGroup[],
  zone: string | undefined,
): number | undefined {
  const { elasticloadbalancing, 'arc-zonal-shift': shifts } = services;
  const all = elasticloadbalancing.balancers.zonesOf(balancer);
  const zones = all.filter((one) => !shifts.isShiftedAway(balancer.arn, one));
  const counted = zones.filter((one) => zone === undefined || one === zone);
  switch (name) {
    case 'RequestCount':
    case 'NewFlowCount':
      return (requestsPerMinute * counted.length) / Math.max(1, zones.length);
    case 'HTTPCode_Target_5XX_Count': {
      const erring = groups.flatMap((group) => elasticloadbalancing.health.erring(group));
      const here = erring.filter((target) => zone === undefined || target.zone === zone);
      return here.length * errorsPerMinute;
    }
    default:
      return undefined;
  }
}
