import type { Calls } from '../aws';
import { everyItem } from '../pages';

/** The action of `passingAmong`. */
export const statusCheckReads = ['ec2:DescribeInstanceStatus'] as const;

/**
 * Those of the instances that run and fail neither of EC2's status checks. A group learns of a failing check minutes later, and
 * of none while its health checks are suspended: what it counts as healthy may be sick.
 */
export async function passingAmong(
  ids: readonly string[],
  aws: Calls<(typeof statusCheckReads)[number]>,
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const statuses = await everyItem(
    (token) => aws.ec2.describeInstanceStatus({ InstanceIds: [...ids], IncludeAllInstances: true, ...token }),
    (page) => page.InstanceStatuses,
  );
  const passing = statuses.filter(
    ({ InstanceState, SystemStatus, InstanceStatus }) =>
      InstanceState?.Name === 'running' && SystemStatus?.Status !== 'impaired' && InstanceStatus?.Status !== 'impaired',
  );
  return new Set(passing.flatMap(({ InstanceId }) => InstanceId ?? []));
}
