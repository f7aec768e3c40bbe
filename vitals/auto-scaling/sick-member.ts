import { plainText } from '../../signals/plain-text';
import type { Calls } from '../aws';
import { healthOf, isInstanceId, readInstance, type Instance, type instanceReads } from '../ec2/instance';
import {
  isNotOfTheTarget,
  isTargetGroupArn,
  readTargets,
  targetGroupName,
  type targetReads,
} from '../load-balancing/target-group';

type Reads = Calls<(typeof instanceReads)[number] | (typeof targetReads)[number]>;

/** What was reported: the instance itself, or a target group. */
export interface Sick {
  readonly kind: 'ec2-instance' | 'target-group';
  readonly id: string;
}

/** The one instance that is sick, when a sick instance, or a target group with one sick target, was reported. */
export type SickMember =
  | { readonly kind: 'found'; readonly instance: Instance; readonly detail: string }
  /** It is only coming up: whether it is sick shows in a few minutes. */
  | { readonly kind: 'busy'; readonly reason: string }
  /** None, several, or one that is no instance; or whether it is sick cannot be told. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'notNeeded'; readonly reason: string };

/** Finds the sick instance by live reads. */
export async function findSickMember(sick: Sick, condition: string, aws: Reads): Promise<SickMember> {
  return sick.kind === 'ec2-instance' ? sickInstance(sick.id, condition, aws) : sickTarget(sick.id, aws);
}

/** The same once more before anything is written: whoever is sick now must be the one of the plan. */
export async function findAgain(
  { sick, condition, instance: id }: { readonly sick: Sick; readonly condition: string; readonly instance: string },
  aws: Reads,
): Promise<Exclude<SickMember, { kind: 'busy' | 'notNeeded' }>> {
  const found = await findSickMember(sick, condition, aws);
  if (found.kind !== 'found') return { kind: 'refused', reason: found.reason };
  return found.instance.id === id
    ? found
    : { kind: 'refused', reason: `not ${id} but ${found.instance.id} is bad now` };
}

async function sickInstance(id: string, condition: string, aws: Reads): Promise<SickMember> {
  if (!isInstanceId(id)) return { kind: 'refused', reason: `${plainText(id)} is not the id of an EC2 instance` };
  const instance = await readInstance(id, aws);
  if (instance.kind === 'absent') return { kind: 'notNeeded', reason: `${id} no longer exists` };
  if (instance.state === 'shutting-down') return { kind: 'notNeeded', reason: `${id} is being terminated already` };
  if (isBooting(instance) && condition !== 'spot-instance-interrupted') {
    return booting(id);
  }
  const { kind, detail } = healthOf(instance, condition);
  switch (kind) {
    case 'unhealthy':
      return { kind: 'found', instance, detail };
    case 'unknown':
      return { kind: 'refused', reason: detail };
    case 'healthy':
      // EC2 does not see what runs on an instance, and what does not.
      if (condition === 'process-down') return { kind: 'found', instance, detail };
      return { kind: 'notNeeded', reason: detail };
    case 'gone':
      return { kind: 'notNeeded', reason: detail };
  }
}

function isBooting({ state, system, guest }: Instance): boolean {
  return state === 'pending' || [system, guest].some(({ status }) => status === 'initializing');
}

function booting(id: string): SickMember {
  return { kind: 'busy', reason: `${id} is still booting: it may come up well` };
}

async function sickTarget(arn: string, aws: Reads): Promise<SickMember> {
  if (!isTargetGroupArn(arn)) return { kind: 'refused', reason: `${plainText(arn)} is not the ARN of a target group` };
  const read = await readTargets(arn, aws);
  if (read.kind === 'absent') return { kind: 'refused', reason: `${arn} no longer exists` };
  const name = targetGroupName(arn);
  const unhealthy = read.targets.filter(({ state }) => state === 'unhealthy');
  const [id, ...more] = new Set(unhealthy.map((target) => target.id));
  if (id === undefined) return { kind: 'notNeeded', reason: `no target of ${name} is unhealthy now` };
  if (more.length > 0) {
    return {
      kind: 'refused',
      reason: `${more.length + 1} targets of ${name} are unhealthy at once: their trouble is shared`,
    };
  }
  if (!read.targets.some(({ state }) => state === 'healthy')) {
    return { kind: 'refused', reason: `no target of ${name} is healthy: the trouble may be the health check itself` };
  }
  const foreign = unhealthy.find(isNotOfTheTarget);
  if (foreign) return { kind: 'refused', reason: `${id} is not at fault: the load balancer says ${foreign.reason}` };
  if (!isInstanceId(id))
    return { kind: 'refused', reason: `the unhealthy target ${plainText(id)} of ${name} is not an instance` };
  const instance = await readInstance(id, aws);
  if (instance.kind === 'absent') return { kind: 'notNeeded', reason: `${id} no longer exists` };
  return isBooting(instance)
    ? booting(id)
    : { kind: 'found', instance, detail: `it is the one unhealthy target of ${name}` };
}
