import type { Calls } from '../aws';
import { everyItem } from '../pages';

/** The action of `objectionToAgent`. */
export const agentReads = ['ssm:DescribeInstanceInformation'] as const;

/** Why no command gets to an instance now, as Systems Manager sees its agent; undefined when one does. */
export async function objectionToAgent(
  instanceId: string,
  aws: Calls<(typeof agentReads)[number]>,
): Promise<string | undefined> {
  const known = await everyItem(
    (token) =>
      aws.ssm.describeInstanceInformation({ Filters: [{ Key: 'InstanceIds', Values: [instanceId] }], ...token }),
    (page) => page.InstanceInformationList,
  );
  const agent = known.find(({ InstanceId }) => InstanceId === instanceId);
  if (!agent) return `Systems Manager does not manage ${instanceId}: no command gets there`;
  if (agent.PingStatus === 'Online') return undefined;
  return `the agent of ${instanceId} is ${agent.PingStatus ?? 'in an unknown state'}: no command gets there`;
}
