import { plainText } from '../../../signals/plain-text';
import type { Calls } from '../../../vitals/aws';
import {
  capacityOf,
  healthyMembers,
  movesIn,
  pendingMembers,
  type AutoScalingGroup,
} from '../../../vitals/auto-scaling/group';
import { readActiveRefresh, refreshReads } from '../../../vitals/auto-scaling/group-activity';

/** The actions of `workOn` and `objectionTo`. */
export const objectionReads = [...refreshReads, 'autoscaling:DescribeLifecycleHooks'] as const;
type Reads = Calls<(typeof objectionReads)[number]>;

/** Members that it lacks, and those that it would replace; and those above its desired capacity, once it may end members again. */
export function movesAhead(group: AutoScalingGroup, suspended: Readonly<Record<string, string>>): number {
  const serving = capacityOf([...healthyMembers(group), ...pendingMembers(group)]);
  const lacking = Math.max(0, group.desired - serving);
  return 'Terminate' in suspended ? lacking + Math.max(0, serving - group.desired) : lacking;
}

/** Says so while a deployment goes on, or members move. */
export async function workOn(
  group: AutoScalingGroup,
  { deploymentTags }: { readonly deploymentTags: readonly string[] },
  aws: Reads,
): Promise<string | undefined> {
  const tag = deploymentTags.find((key) => key in group.tags);
  if (tag !== undefined) return `${group.name} has the tag ${plainText(tag)}: a deployment is under way`;
  const refresh = await readActiveRefresh(group.name, aws);
  return refresh ? `an instance refresh of ${group.name} is ${refresh}` : movesIn(group);
}

/** Why these processes must not be resumed as things stand; undefined when they may. */
export async function objectionTo(
  group: AutoScalingGroup,
  suspended: Readonly<Record<string, string>>,
  { atMostMoves }: { readonly atMostMoves: number },
  aws: Reads,
): Promise<string | undefined> {
  const { name } = group;
  if (group.isBeingDeleted) return `${name} is being deleted`;
  const foreign = Object.entries(suspended).find(([, reason]) => !/^User suspended/i.test(reason));
  if (foreign) return `${foreign[0]} of ${name} was not suspended by people: ${foreign[1] || 'no reason given'}`;
  const { LifecycleHooks = [] } = await aws.autoscaling.describeLifecycleHooks({ AutoScalingGroupName: name });
  if (LifecycleHooks.some(({ LifecycleHookName = '' }) => /^CodeDeploy-managed-/i.test(LifecycleHookName))) {
    return `CodeDeploy deploys to ${name}, and suspends its processes meanwhile: a person must see whether it is done`;
  }
  const moves = movesAhead(group, suspended);
  return moves > atMostMoves
    ? `${name} would launch, replace or end ${moves} members at once, and atMostMoves is ${atMostMoves}: a person must`
    : undefined;
}
