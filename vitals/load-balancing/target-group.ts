import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { plainText } from '../../signals/plain-text';
import type { Calls } from '../aws';
import { defineVitals, type Health, type Members } from '../vitals';

/** What a load balancer may send traffic to: an instance, an address or another load balancer, on one port. */
export interface RegisteredTarget {
  /** Instance id, IP address or ARN, by the type of the group. */
  readonly id: string;
  /** One id can be registered on several ports: they are several targets. */
  readonly port: number;
  /** Set only where it was given at registration. */
  readonly zone?: string;
  /** `initial`, `healthy`, `unhealthy`, `unused`, `draining`, `unhealthy.draining` or `unavailable`. */
  readonly state: string;
  /** Code such as `Target.Timeout`; empty when healthy. */
  readonly reason: string;
  /** The load balancer sees it err more than its peers, though it passes its health check. */
  readonly isAnomalous: boolean;
}

/** The actions of `readTargets`. */
export const targetReads = ['elasticloadbalancing:DescribeTargetHealth'] as const;
type TargetReads = (typeof targetReads)[number];

const arnPattern =
  /^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:targetgroup\/[A-Za-z0-9-]{1,32}\/[0-9a-f]{1,32}$/;

/** Whether the text can be the ARN of a target group. */
export function isTargetGroupArn(arn: string): boolean {
  return arnPattern.test(arn);
}

/** The name that people know a target group by; `arn` is a valid one. */
export function targetGroupName(arn: string): string {
  return arn.split('/')[1] ?? arn;
}

/** Every target that is registered or still draining; `absent` when there is no such group. */
export async function readTargets(
  arn: string,
  aws: Calls<TargetReads>,
): Promise<{ kind: 'targets'; targets: readonly RegisteredTarget[] } | { kind: 'absent' }> {
  if (!isTargetGroupArn(arn)) throw new Error(`${plainText(arn)} is not the ARN of a target group`);
  try {
    const answer = await aws.elasticloadbalancing.describeTargetHealth({ TargetGroupArn: arn, Include: ['All'] });
    return { kind: 'targets', targets: (answer.TargetHealthDescriptions ?? []).map(fromElb) };
  } catch (error) {
    if (error instanceof Error && /^TargetGroupNotFound(Exception)?$/.test(error.name)) return { kind: 'absent' };
    throw error;
  }
}

/** Its targets; or why there are none to be healed. */
export async function targetsOrReason(
  arn: string,
  aws: Calls<TargetReads>,
): Promise<readonly RegisteredTarget[] | string> {
  if (!isTargetGroupArn(arn)) return `${plainText(arn)} is not the ARN of a target group`;
  const read = await readTargets(arn, aws);
  return read.kind === 'absent' ? `${arn} no longer exists` : read.targets;
}

function fromElb({ Target, TargetHealth, AnomalyDetection }: TargetHealthDescription): RegisteredTarget {
  if (!Target?.Id || Target.Port === undefined)
    throw new Error('the load balancer answered a target without id or port');
  return {
    id: Target.Id,
    port: Target.Port,
    ...(Target.AvailabilityZone && { zone: Target.AvailabilityZone }),
    state: TargetHealth?.State ?? 'unknown',
    reason: TargetHealth?.Reason ?? '',
    isAnomalous: AnomalyDetection?.Result === 'anomalous',
  };
}

/** Whether the trouble is the load balancer's, or of how it is set up: another target would fare no better. */
export function isNotOfTheTarget({ reason }: RegisteredTarget): boolean {
  return /^Elb\.|^Target\.(NotInUse|HealthCheckDisabled|IpUnusable)$/.test(reason);
}

/** Whether the target is on its way out: no new connections, the old ones end. */
export function isDraining(target: RegisteredTarget): boolean {
  return target.state === 'draining' || target.state === 'unhealthy.draining';
}

/** One line on the first of the targets that are being taken in or out; undefined when none is. */
function movesAmong(arn: string, targets: readonly RegisteredTarget[]): string | undefined {
  const moving = targets.find((target) => isDraining(target) || target.state === 'initial');
  return moving && `${targetText(moving)} of ${targetGroupName(arn)} is ${moving.state}`;
}

/** `i-0abc:8080`, for people. */
export function targetText(target: { readonly id: string; readonly port: number }): string {
  return `${target.id}:${target.port}`;
}

/** Whether every target that stays is well, and one does stay. */
function targetHealthOf(arn: string, all: readonly RegisteredTarget[], condition: string): Health {
  const name = targetGroupName(arn);
  const targets = all.filter((target) => !isDraining(target));
  if (targets.length === 0) return { kind: 'unhealthy', detail: `${name} has no targets` };
  const bad = targets.filter((target) => target.state !== 'healthy');
  if (bad.some((target) => target.state === 'unavailable' || target.state === 'unknown')) {
    return { kind: 'unknown', detail: `the load balancer does not check the health of ${name}` };
  }
  if (bad.length > 0) {
    const states = bad.map((target) => `${targetText(target)} is ${target.state}`).slice(0, 3);
    return { kind: 'unhealthy', detail: `${bad.length} of ${targets.length} targets of ${name}: ${states.join(', ')}` };
  }
  const erring = targets.find((target) => target.isAnomalous);
  if (condition === 'target-erroring' && erring) {
    return { kind: 'unhealthy', detail: `${targetText(erring)} of ${name} errs more than its peers` };
  }
  return { kind: 'healthy', detail: `all ${targets.length} targets of ${name} are healthy` };
}

/** Those that get traffic or should: a target in a zone, or a group, that no load balancer uses is none of them. */
function membersOf(arn: string, all: readonly RegisteredTarget[]): Members {
  const targets = all.filter((target) => !isDraining(target) && target.reason !== 'Target.NotInUse');
  const unread = targets.find(({ state }) => state === 'unavailable' || state === 'unknown');
  if (unread) throw new Error(`the load balancer does not say how ${targetText(unread)} of ${targetGroupName(arn)} is`);
  const sick = targets.filter(({ state }) => state !== 'healthy' && state !== 'initial');
  return { size: targets.length, sick: sick.length };
}

/**
 * Target groups of Application and Network Load Balancers. A target group is itself the group that it stands in, and in no one
 * zone.
 */
export const targetGroupVitals = defineVitals({
  kind: 'target-group',
  reads: [...targetReads, 'elasticloadbalancing:DescribeTags'],
  sees: [
    'target-unhealthy', // the health checks are what the alarm's metric counts
    // Errors and late answers are counted of requests: a target that stands out proves them, none that does disproves nothing.
  ],
  async health({ id }, condition, aws) {
    const read = await readTargets(id, aws);
    return read.kind === 'absent'
      ? { kind: 'gone', detail: `${id} no longer exists` }
      : targetHealthOf(id, read.targets, condition);
  },
  async tags({ id }, aws) {
    if ((await readTargets(id, aws)).kind === 'absent') return {};
    const answer = await aws.elasticloadbalancing.describeTags({ ResourceArns: [id] });
    const found = (answer.TagDescriptions ?? []).find((description) => description.ResourceArn === id);
    if (!found) throw new Error(`the load balancer answered nothing about the tags of ${id}`);
    return Object.fromEntries((found.Tags ?? []).map((tag) => [tag.Key ?? '', tag.Value ?? '']));
  },
  async place(resource, aws) {
    return { groups: (await readTargets(resource.id, aws)).kind === 'absent' ? [] : [resource] };
  },
  async members({ id }, aws) {
    const read = await readTargets(id, aws);
    return read.kind === 'absent' ? { size: 0, sick: 0 } : membersOf(id, read.targets);
  },
  // A target that comes or goes is a deployment, a scaling or a replacement: the others carry its work meanwhile.
  async busy({ id }, aws) {
    const read = await readTargets(id, aws);
    return read.kind === 'absent' ? undefined : movesAmong(id, read.targets);
  },
});
