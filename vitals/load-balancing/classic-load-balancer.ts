import type { InstanceState } from '@aws-sdk/client-elastic-load-balancing';
import { plainText } from '../../signals/plain-text';
import type { Calls } from '../aws';
import { defineVitals, type Health } from '../vitals';

/** An instance that is registered with a classic load balancer, or has just been deregistered. */
export interface Backend {
  readonly id: string;
  /** `moving`: it is being registered or deregistered, or its zone is being taken out. */
  readonly state: 'inService' | 'outOfService' | 'moving' | 'unknown';
  /** Who is at fault: `ELB`, `Instance` or nobody, `N/A`. */
  readonly fault: string;
  /** What the load balancer says of it. */
  readonly detail: string;
}

/** The action of `readBackends`. */
export const backendReads = ['elasticloadbalancing:DescribeInstanceHealth'] as const;
type Reads = Calls<(typeof backendReads)[number]>;

/** Whether the text can be the name of a classic load balancer. */
export function isClassicName(name: string): boolean {
  return /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/.test(name);
}

/** Every instance of the load balancer; `absent` when there is no such load balancer. */
export async function readBackends(
  name: string,
  aws: Reads,
): Promise<{ kind: 'backends'; backends: readonly Backend[] } | { kind: 'absent' }> {
  if (!isClassicName(name)) throw new Error(`${plainText(name)} is not the name of a classic load balancer`);
  try {
    const answer = await aws.elasticloadbalancing.describeInstanceHealth({ LoadBalancerName: name });
    return { kind: 'backends', backends: (answer.InstanceStates ?? []).map(fromElb) };
  } catch (error) {
    if (error instanceof Error && error.name === 'AccessPointNotFoundException') return { kind: 'absent' };
    throw error;
  }
}

/** Its instances; or why there are none to be healed. */
export async function backendsOrReason(name: string, aws: Reads): Promise<readonly Backend[] | string> {
  if (!isClassicName(name)) return `${plainText(name)} is not the name of a classic load balancer`;
  const read = await readBackends(name, aws);
  return read.kind === 'absent' ? `${name} no longer exists` : read.backends;
}

function fromElb({ InstanceId, State, ReasonCode, Description }: InstanceState): Backend {
  if (!InstanceId) throw new Error('the load balancer answered an instance without id');
  const detail = plainText(Description ?? '');
  return { id: InstanceId, state: stateOf(State, detail), fault: plainText(ReasonCode ?? ''), detail };
}

function stateOf(state: string | undefined, detail: string): Backend['state'] {
  // One that drains is told as in service, and one that registers as out of service.
  if (/in progress\.?$|is in pending state/.test(detail)) return 'moving';
  if (state === 'InService') return 'inService';
  return state === 'OutOfService' ? 'outOfService' : 'unknown';
}

/** Says so when another instance would fare no better: the load balancer does not send to that zone, or has trouble itself. */
export function faultOfBalancer({ id, detail }: Backend): string | undefined {
  return /not configured to route traffic|transient error/.test(detail)
    ? `${id} is not at fault: the load balancer says ${detail}`
    : undefined;
}

/** One line on the first of the instances that are being taken in or out; undefined when none is. */
export function movesAmong(name: string, backends: readonly Backend[]): string | undefined {
  const moving = backends.find(({ state }) => state === 'moving');
  return moving && `${moving.id} of ${name}: ${moving.detail}`;
}

function healthOf(name: string, backends: readonly Backend[]): Health {
  if (backends.length === 0) return { kind: 'unhealthy', detail: `${name} has no instances` };
  const unknown = backends.find(({ state }) => state === 'unknown');
  if (unknown) return { kind: 'unknown', detail: `the load balancer does not say how ${unknown.id} of ${name} is` };
  const out = backends.filter(({ state }) => state !== 'inService');
  const ids = out.map(({ id }) => id).slice(0, 3);
  return out.length === 0
    ? { kind: 'healthy', detail: `all ${backends.length} instances of ${name} are in service` }
    : {
        kind: 'unhealthy',
        detail: `${out.length} of ${backends.length} instances of ${name} are not in service: ${ids.join(', ')}`,
      };
}

/** Classic Load Balancers. One is itself the group that its instances stand in, and in no one zone. */
export const classicLoadBalancerVitals = defineVitals({
  kind: 'classic-load-balancer',
  reads: [...backendReads, 'elasticloadbalancing:DescribeTags'],
  sees: ['backend-out-of-service'], // its own health checks are what the alarm's metric counts
  async health({ id }, _condition, aws) {
    const read = await readBackends(id, aws);
    return read.kind === 'absent' ? { kind: 'gone', detail: `${id} no longer exists` } : healthOf(id, read.backends);
  },
  async tags({ id }, aws) {
    if ((await readBackends(id, aws)).kind === 'absent') return {};
    const answer = await aws.elasticloadbalancing.describeTags({ LoadBalancerNames: [id] });
    const found = (answer.TagDescriptions ?? []).find((described) => described.LoadBalancerName === id);
    if (!found) throw new Error(`the load balancer answered nothing about the tags of ${id}`);
    return Object.fromEntries((found.Tags ?? []).map((tag) => [tag.Key ?? '', tag.Value ?? '']));
  },
  async place(resource, aws) {
    return { groups: (await readBackends(resource.id, aws)).kind === 'absent' ? [] : [resource] };
  },
  async members({ id }, aws) {
    const read = await readBackends(id, aws);
    if (read.kind === 'absent') return { size: 0, sick: 0 };
    const unknown = read.backends.find(({ state }) => state === 'unknown');
    if (unknown) throw new Error(`the load balancer does not say how ${unknown.id} of ${id} is`);
    return {
      size: read.backends.length,
      sick: read.backends.filter(({ state }) => state === 'outOfService').length,
    };
  },
  // An instance that comes or goes is a deployment, a scaling or a replacement.
  async busy({ id }, aws) {
    const read = await readBackends(id, aws);
    return read.kind === 'absent' ? undefined : movesAmong(id, read.backends);
  },
});
