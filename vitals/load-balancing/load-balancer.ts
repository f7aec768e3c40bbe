import type { LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import { plainText } from '../../signals/plain-text';
import type { Calls } from '../aws';
import {
  balancerZoneReads,
  failingPart,
  readBalancerTargets,
  readBalancerZones,
  standingText,
  worstZone,
} from './balancer-zones';
import { defineVitals } from '../vitals';
import { readShifts, shiftReads } from './zonal-shifts';

/** The action of `findBalancer`. */
export const balancerReads = ['elasticloadbalancing:DescribeLoadBalancers'] as const;

/** Whether the text can be the ARN of an Application or Network Load Balancer. */
export function isBalancerArn(arn: string): boolean {
  return /^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer\/(app|net)\/[A-Za-z0-9-]{1,32}\/[0-9a-f]{1,32}$/.test(
    arn,
  );
}

/** The name that people know it by; `arn` is a valid one. */
export function balancerName(arn: string): string {
  return arn.split('/')[2] ?? arn;
}

/** The load balancer; undefined when there is none. */
export async function findBalancer(
  arn: string,
  aws: Calls<(typeof balancerReads)[number]>,
): Promise<LoadBalancer | undefined> {
  if (!isBalancerArn(arn)) throw new Error(`${plainText(arn)} is not the ARN of a load balancer`);
  try {
    const { LoadBalancers = [] } = await aws.elasticloadbalancing.describeLoadBalancers({ LoadBalancerArns: [arn] });
    const found = LoadBalancers.find(({ LoadBalancerArn }) => LoadBalancerArn === arn);
    if (!found) throw new Error(`the load balancer answered nothing about ${arn}`);
    return found;
  } catch (error) {
    if (error instanceof Error && error.name === 'LoadBalancerNotFoundException') return undefined;
    throw error;
  }
}

/** Half of a zone's work that fails is a sickness, however the other zones fare. */
const halfDown = 0.5;

/** Application and Network Load Balancers. One is itself the group that its targets stand in, and in no one zone. */
export const loadBalancerVitals = defineVitals({
  kind: 'load-balancer',
  reads: [...balancerReads, ...balancerZoneReads, ...shiftReads, 'elasticloadbalancing:DescribeTags'],
  // Nothing: late answers, and what the load balancer itself does wrong, show in the alarm alone.
  sees: [],
  async health({ id }, _condition, aws) {
    if (!(await findBalancer(id, aws))) return { kind: 'gone', detail: `${id} no longer exists` };
    const name = balancerName(id);
    const targets = await readBalancerTargets(id, aws);
    if (targets.length === 0) return { kind: 'unhealthy', detail: `${name} has no targets` };
    const shifts = await readShifts(id, aws);
    const away = shifts === 'unmanaged' ? [] : shifts.filter(({ isApplied }) => isApplied).map(({ zone }) => zone);
    const zones = (await readBalancerZones(id, targets, aws)).filter(({ zone }) => !away.includes(zone));
    const worst = worstZone(zones) ?? zones.find((standing) => failingPart(standing) >= halfDown);
    if (worst) return { kind: 'unhealthy', detail: `${name} in ${standingText(worst)}` };
    const where = away.length > 0 ? ` (its traffic is shifted away from ${away.join(', ')})` : '';
    return { kind: 'healthy', detail: `no zone of ${name} fares worse than the others${where}` };
  },
  async tags({ id }, aws) {
    if (!(await findBalancer(id, aws))) return {};
    const answer = await aws.elasticloadbalancing.describeTags({ ResourceArns: [id] });
    const found = (answer.TagDescriptions ?? []).find(({ ResourceArn }) => ResourceArn === id);
    if (!found) throw new Error(`the load balancer answered nothing about the tags of ${id}`);
    return Object.fromEntries((found.Tags ?? []).map((tag) => [tag.Key ?? '', tag.Value ?? '']));
  },
  async place(resource, aws) {
    return { groups: (await findBalancer(resource.id, aws)) ? [resource] : [] };
  },
  async members({ id }, aws) {
    if (!(await findBalancer(id, aws))) return { size: 0, sick: 0 };
    const targets = await readBalancerTargets(id, aws);
    return { size: targets.length, sick: targets.filter(({ state }) => state === 'unhealthy').length };
  },
  // Never busy: where a zone fails, groups replace what is in it all the time, and its traffic must go elsewhere all the same.
});
