import type { Calls } from '../vitals/aws';
import { capacityOf, groupReads, healthyMembers, readGroup } from '../vitals/auto-scaling/group';
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
  const serving = capacityOf(healthyMembers(group));
  const detail = `${left}, and ${serving} of ${group.desired} members of ${group.name} are in service`;
  if (serving >= group.desired) return { kind: 'done', detail };
  const failed = failedLaunches(await readActivities(group.name, ({ id }) => id === lastActivity, aws));
  return failed.length >= failuresAllowed
    ? { kind: 'failed', detail: `${detail}; ${failed.length} launches failed: ${failed[0]?.message ?? ''}` }
    : { kind: 'pending', detail };
}
