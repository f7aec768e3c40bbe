import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { SimulatedAccount } from '../world';
import { describeReason, type Target, type TargetGroup } from './target-group';

/** A target that is asked for and not registered. */
export function absent(id: string, port: number): Target {
  return { id, port, zone: undefined, state: 'unused', reason: 'Target.NotRegistered', pending: undefined };
}

/** A target as DescribeTargetHealth shows it. */
export function describeHealth({ id, port, zone, state, reason }: Target): TargetHealthDescription {
  const why = reason === undefined ? {} : { Reason: reason, Description: describeReason(reason) };
  return {
    Target: { Id: id, Port: port, ...(zone === undefined && { AvailabilityZone: 'all' }) },
    HealthCheckPort: String(port),
    TargetHealth: { State: state, ...why },
  };
}

/** What is told of a target only when it is asked for: anomalies, and whether its zone gets no traffic. */
export function furtherOf(
  account: SimulatedAccount,
  group: TargetGroup,
): (target: Target) => Partial<TargetHealthDescription> {
  const anomaly = anomalyOf(account, group);
  const shifts = account.services['arc-zonal-shift'];
  return (target) => ({
    ...anomaly(target),
    ...(shifts.isShiftedAway(group.loadBalancer?.arn ?? '', target.zone) && {
      AdministrativeOverride: {
        State: 'zonal_shift_active',
        Reason: 'AdministrativeOverride.ZonalShiftActive',
        Description: 'A zonal shift is active for this target',
      },
    }),
  });
}

/** What a load balancer makes of errors: nothing with fewer than three healthy targets, or where it sees no requests. */
function anomalyOf(
  { services }: SimulatedAccount,
  group: TargetGroup,
): (target: Target) => Pick<TargetHealthDescription, 'AnomalyDetection'> {
  const healthy = [...group.targets.values()].filter(({ state }) => state === 'healthy');
  if (group.loadBalancer?.type !== 'application' || healthy.length < 3) return () => ({});
  const erring = services.elasticloadbalancing.health.erring(group);
  return (target) => ({
    AnomalyDetection: { Result: erring.includes(target) ? 'anomalous' : 'normal', MitigationInEffect: 'no' },
  });
}
