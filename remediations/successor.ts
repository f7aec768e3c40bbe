import type { Calls } from '../vitals/aws';
import { capacityOf, groupReads, healthyMembers, readGroup, type AutoScalingGroup } from '../vitals/auto-scaling/group';
import { activityReads, failedLaunches, readActivities } from '../vitals/auto-scaling/group-activity';
import type { Check } from './remediation';

/** Launches that may fail before the attempt has: a group that keeps failing burns capacity. */
const failuresAllowed = 2;

/** The actions of `checkOfSuccessor`. */
export const successorReads = [...groupReads, ...activityReads] as const;

/**
 * How another member comes along for one that has left the group's service. `left` says in what way, such as `i-0abc has ended`;
 * launches after `lastActivity` are of this attempt.
 */
export async function checkOfSuccessor(
  name: string,
  left: string,
  lastActivity: string,
  aws: Calls<(typeof successorReads)[number]>,
): Promise<Check> {
  const group = await readGroup(name, aws);
  if (group.kind === 'absent') return { kind: 'failed', detail: `${name} no longer exists` };
  const check = await checkOfLaunches(group, lastActivity, aws);
  return { ...check, detail: `${left}, and ${check.detail}` };
}

/** How a group comes to as many members as it should have; launches after `lastActivity` are of this attempt. */
export async function checkOfLaunches(
  group: AutoScalingGroup,
  lastActivity: string,
  aws: Calls<(typeof activityReads)[number]>,
): Promise<Check> {
  const { name, desired } = group;
  const serving = capacityOf(healthyMembers(group));
  const detail = `${serving} of ${desired} members of ${name} are in service`;
  if (serving >= desired) return { kind: 'done', detail };
  const failed = failedLaunches(await readActivities(name, ({ id }) => id === lastActivity, aws));
  return failed.length >= failuresAllowed
    ? { kind: 'failed', detail: `${detail}; ${failed.length} launches failed: ${failed[0]?.message ?? ''}` }
    : { kind: 'pending', detail };
}
