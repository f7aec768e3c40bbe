import type { InstanceRefresh as Described } from '@aws-sdk/client-auto-scaling';
import { plainText } from '../../signals/plain-text';
import type { EpochMillis } from '../../signals/signal';
import type { Calls } from '../aws';
import { isOver, type refreshReads } from './group-activity';
import { everyItem } from '../pages';

/** An instance refresh: people, or a deployment, replace the members of a group by others of another configuration. */
export interface InstanceRefresh {
  readonly id: string;
  readonly status: string;
  /** Undefined before it has replaced anything. */
  readonly startedAt?: EpochMillis;
  /** Whether it still moves members. */
  readonly isActive: boolean;
  /** Version of the launch template that it rolls out; absent where it names no configuration. */
  readonly version?: string;
  /** What Auto Scaling says of its status. */
  readonly reason: string;
}

/** Instance refreshes of the group in the last six weeks, the newest first. */
export async function readRefreshes(
  group: string,
  aws: Calls<(typeof refreshReads)[number]>,
): Promise<readonly InstanceRefresh[]> {
  const refreshes = await everyItem(
    (token) => aws.autoscaling.describeInstanceRefreshes({ AutoScalingGroupName: group, ...token }),
    (page) => page.InstanceRefreshes,
  );
  return refreshes.map((refresh) => fromAutoScaling(group, refresh));
}

/** The one that moves members now; there is one at the most. */
export async function readActive(
  group: string,
  aws: Calls<(typeof refreshReads)[number]>,
): Promise<InstanceRefresh | undefined> {
  return (await readRefreshes(group, aws)).find(({ isActive }) => isActive);
}

/** Whether it still goes on with what it began. */
export function isForward({ status }: InstanceRefresh): boolean {
  return ['Pending', 'InProgress', 'Baking'].includes(status);
}

function fromAutoScaling(group: string, refresh: Described): InstanceRefresh {
  const { InstanceRefreshId, Status = 'in an unknown state', StartTime, StatusReason, DesiredConfiguration } = refresh;
  if (!InstanceRefreshId) throw new Error(`Auto Scaling answered an instance refresh of ${group} without id`);
  const { LaunchTemplate, MixedInstancesPolicy } = DesiredConfiguration ?? {};
  const template = LaunchTemplate ?? MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification;
  return {
    id: InstanceRefreshId,
    status: Status,
    ...(StartTime && { startedAt: StartTime.getTime() }),
    isActive: !isOver(Status),
    ...(template?.Version !== undefined && { version: template.Version }),
    reason: plainText(StatusReason ?? ''),
  };
}
