import { plainText } from '../../../signals/plain-text';
import type { EpochMillis } from '../../../signals/signal';
import type { Calls } from '../../../vitals/aws';
import { isGroupName, readGroup, type AutoScalingGroup } from '../../../vitals/auto-scaling/group';
import { activityReads, failedLaunches, readActivities } from '../../../vitals/auto-scaling/group-activity';
import { instanceReads, isInstanceId, readInstance } from '../../../vitals/ec2/instance';
import { membershipReads, readGroupOf } from '../../../vitals/auto-scaling/membership';
import {
  isNotOfTheTarget,
  isTargetGroupArn,
  readTargets,
  targetGroupName,
  targetReads,
} from '../../../vitals/load-balancing/target-group';

/** The actions of `findTrouble` and `olderThan`. */
export const troubleReads = [...membershipReads, ...activityReads, ...instanceReads, ...targetReads] as const;
type Reads = Calls<(typeof troubleReads)[number]>;

/** What was reported, as the plan keeps it. */
export interface Sick {
  readonly kind: 'auto-scaling-group' | 'target-group';
  readonly id: string;
}

/** What is wrong now, and in which group: instances that are bad targets, or launches that fail. */
export type Trouble =
  | { readonly kind: 'found'; readonly group: AutoScalingGroup; readonly bad: readonly string[] }
  | { readonly kind: 'refused' | 'notNeeded'; readonly reason: string };

/** Launches that failed so long before a refresh were not because of it, nor because of what made it fail. */
const quiet = 60 * 60_000;

/** Finds what is wrong by live reads. */
export async function findTrouble({ kind, id }: Sick, condition: string, aws: Reads): Promise<Trouble> {
  if (kind === 'target-group') return badTargets(id, condition, aws);
  if (!isGroupName(id)) return { kind: 'refused', reason: `${plainText(id)} is not the name of an Auto Scaling group` };
  const group = await readGroup(id, aws);
  return group.kind === 'absent'
    ? { kind: 'refused', reason: `${plainText(id)} no longer exists` }
    : { kind: 'found', group, bad: [] };
}

async function badTargets(arn: string, condition: string, aws: Reads): Promise<Trouble> {
  if (!isTargetGroupArn(arn)) return { kind: 'refused', reason: `${plainText(arn)} is not the ARN of a target group` };
  const read = await readTargets(arn, aws);
  if (read.kind === 'absent') return { kind: 'refused', reason: `${arn} no longer exists` };
  const name = targetGroupName(arn);
  const bad = read.targets.filter(
    (target) => target.state === 'unhealthy' || (condition === 'target-erroring' && target.isAnomalous),
  );
  const ids = [...new Set(bad.map(({ id }) => id))];
  const [first] = ids;
  if (first === undefined) {
    return condition === 'target-erroring'
      ? {
          kind: 'refused',
          reason: `no target of ${name} stands out: whether the refresh brought the errors shows in none`,
        }
      : { kind: 'notNeeded', reason: `no target of ${name} is unhealthy now` };
  }
  const foreign = bad.find((target) => isNotOfTheTarget(target) || !isInstanceId(target.id));
  if (foreign)
    return { kind: 'refused', reason: `${plainText(foreign.id)} of ${name} is not at fault, or no instance` };
  const membership = await readGroupOf(first, aws);
  if (membership.kind === 'standalone') {
    return { kind: 'refused', reason: `${first} of ${name} belongs to no Auto Scaling group: no refresh brought it` };
  }
  return { kind: 'found', group: membership.group, bad: ids };
}

/** Why the trouble is older than the refresh, or none of it; undefined when all of it came with the refresh. */
export async function olderThan(
  startedAt: EpochMillis | undefined,
  { group, bad }: Extract<Trouble, { kind: 'found' }>,
  condition: string,
  aws: Reads,
): Promise<string | undefined> {
  const { name, members } = group;
  if (startedAt === undefined) return `the instance refresh of ${name} has replaced nothing yet`;
  for (const id of bad) {
    if (!members.some((member) => member.id === id)) return `${id} is bad as well, and no member of ${name}`;
    const instance = await readInstance(id, aws);
    if (instance.kind === 'absent' || instance.launchedAt < startedAt) {
      return `${id} is bad as well, and was there before the instance refresh of ${name} began`;
    }
  }
  if (condition !== 'group-launch-failing') return undefined;
  const since = startedAt - quiet;
  const failed = failedLaunches(await readActivities(name, (activity) => activity.startedAt < since, aws));
  if (failed.length === 0) return `no launch of ${name} has failed since its instance refresh began`;
  return failed.some((activity) => activity.startedAt < startedAt)
    ? `launches of ${name} failed before its instance refresh began`
    : undefined;
}
