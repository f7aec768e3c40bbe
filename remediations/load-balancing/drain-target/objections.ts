import { plainText } from '../../../signals/plain-text';
import type { Calls } from '../../../vitals/aws';
import { isInstanceId } from '../../../vitals/ec2/instance';
import { membershipReads, readGroupOf } from '../../../vitals/auto-scaling/membership';
import { targetGroupName, type RegisteredTarget } from '../../../vitals/load-balancing/target-group';
import { readCrossZone, readZonesOf, targetZoneReads } from '../../../vitals/load-balancing/target-zones';
import { busyWith, refusedFor, type Hindrance } from '../../hindrance';
import type { Parameters } from '../drain-target';
import { healthyOthers, stillDraining } from './bad-target';

/** The actions of `hindranceTo`. */
export const objectionReads = [...targetZoneReads, ...membershipReads] as const;
type Reads = Calls<(typeof objectionReads)[number]>;

/** Why this target is not drained as things stand; undefined when it may be. */
export async function hindranceTo(
  target: RegisteredTarget,
  arn: string,
  targets: readonly RegisteredTarget[],
  chosen: Parameters,
  aws: Reads,
): Promise<Hindrance | undefined> {
  return busyWith(stillDraining(arn, targets)) ?? refusedFor(await objectionTo(target, arn, targets, chosen, aws));
}

async function objectionTo(
  target: RegisteredTarget,
  arn: string,
  targets: readonly RegisteredTarget[],
  { keepHealthy, evenIfGroupOwned }: Parameters,
  aws: Reads,
): Promise<string | undefined> {
  const name = targetGroupName(arn);
  const others = healthyOthers(target, targets);
  if (others.length === 0) {
    return `no other target of ${name} is healthy: the load balancer sends traffic to all of them, and each one counts`;
  }
  if (others.length < keepHealthy)
    return `${others.length} healthy targets of ${name} would be left, not ${keepHealthy}`;
  if (!evenIfGroupOwned) {
    const owner = await ownerOf(target, aws);
    if (owner) return owner;
  }
  if ((await readCrossZone(arn, aws)) === 'on') return undefined;
  const zoneOf = await readZonesOf([target, ...others], aws);
  const zone = zoneOf(target);
  if (others.some((other) => zoneOf(other) === zone)) return undefined;
  return `no other target of ${name} in ${zone} is healthy, and cross-zone load balancing is off`;
}

/** Who would put the target back or another in its place; what it is cannot be read of an address. */
async function ownerOf({ id }: RegisteredTarget, aws: Reads): Promise<string | undefined> {
  if (!isInstanceId(id))
    return `whether a service owns ${plainText(id)} cannot be read: set evenIfGroupOwned if none does`;
  const membership = await readGroupOf(id, aws);
  return membership.kind === 'member'
    ? `${id} belongs to the Auto Scaling group ${membership.group.name}: use replace-instance`
    : undefined;
}
