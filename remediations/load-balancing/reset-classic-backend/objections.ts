import type { Calls } from '../../../vitals/aws';
import { membershipReads, readGroupOf } from '../../../vitals/auto-scaling/membership';
import { healthOf, instanceReads, readInstance } from '../../../vitals/ec2/instance';
import { faultOfBalancer, type Backend } from '../../../vitals/load-balancing/classic-load-balancer';
import type { Parameters } from '../reset-classic-backend';

/** The actions of `objectionTo`. */
export const objectionReads = [...instanceReads, ...membershipReads] as const;
type Reads = Calls<(typeof objectionReads)[number]>;

export function inService(backends: readonly Backend[]): number {
  return backends.filter(({ state }) => state === 'inService').length;
}

/** Why this instance must not be reset as things stand; undefined when it may. */
export async function objectionTo(
  out: Backend,
  name: string,
  backends: readonly Backend[],
  { keepInService, evenIfGroupOwned }: Parameters,
  aws: Reads,
): Promise<string | undefined> {
  const outOfService = backends.filter(({ state }) => state === 'outOfService');
  if (outOfService.length > 1)
    return `${outOfService.length} instances of ${name} are out of service at once: their trouble is shared`;
  const others = inService(backends);
  if (others < keepInService) return `${others} other instances of ${name} are in service, not ${keepInService}`;
  const fault = faultOfBalancer(out);
  if (fault) return fault;
  const instance = await readInstance(out.id, aws);
  if (instance.kind === 'absent') return `${out.id} no longer exists: a person must take it out of ${name}`;
  const health = healthOf(instance, 'ec2-instance-impaired');
  if (health.kind !== 'healthy') return `${health.detail}: heal the instance first`;
  const membership = evenIfGroupOwned ? undefined : await readGroupOf(out.id, aws);
  return membership?.kind === 'member'
    ? `${out.id} belongs to the Auto Scaling group ${membership.group.name}: use replace-instance`
    : undefined;
}
