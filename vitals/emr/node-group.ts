import type { InstanceGroup } from '@aws-sdk/client-emr';
import type { Calls } from '../aws';
import { everyItem } from '../pages';
import { hasEnded, takesWork, type EmrCluster } from './cluster';

/** A uniform instance group of a cluster. */
export interface NodeGroup {
  readonly id: string;
  /** `MASTER`, `CORE` or `TASK`: only core nodes hold HDFS. */
  readonly role: string;
  /** EMR's word: `RUNNING`, `RESIZING`, `ARRESTED`, … */
  readonly state: string;
  /** Nodes that there should be, and that there are. */
  readonly requested: number;
  readonly running: number;
  /** Whether a scaling policy of its own sets how many there should be. */
  readonly isScaled: boolean;
}

/** The action of `readNodeGroups`. */
export const nodeGroupReads = ['elasticmapreduce:ListInstanceGroups'] as const;

/** All groups of a cluster that are not about to end; none of one that is made of fleets. */
export async function readNodeGroups(
  { id, isOfFleets }: EmrCluster,
  aws: Calls<(typeof nodeGroupReads)[number]>,
): Promise<readonly NodeGroup[]> {
  if (isOfFleets) return [];
  const groups = await everyItem(
    async ({ NextToken }) => {
      const { InstanceGroups, Marker } = await aws.elasticmapreduce.listInstanceGroups({
        ClusterId: id,
        ...(NextToken !== undefined && { Marker: NextToken }),
      });
      return { InstanceGroups, NextToken: Marker };
    },
    ({ InstanceGroups }) => InstanceGroups,
  );
  return groups.map((group) => nodeGroup(id, group)).filter(({ state }) => !ended.includes(state));
}

const ended = ['TERMINATING', 'TERMINATED', 'SHUTTING_DOWN', 'ENDED'];
const working = ['PROVISIONING', 'BOOTSTRAPPING', 'RECONFIGURING', 'RESIZING'];

function nodeGroup(cluster: string, group: InstanceGroup): NodeGroup {
  const { Id: id, InstanceGroupType: role, Status, RequestedInstanceCount: requested } = group;
  const { RunningInstanceCount: running, AutoScalingPolicy: policy } = group;
  const state = Status?.State;
  if (!id || !role || !state || requested === undefined || running === undefined) {
    throw new Error(`EMR answered a group of ${cluster} without id, state or size`);
  }
  return { id, role, state, requested, running, isScaled: policy !== undefined && policy.Status?.State !== 'DETACHED' };
}

/** Whether EMR has given up resizing it: too many nodes failed to start. */
export function isStuck({ state }: NodeGroup): boolean {
  return state === 'ARRESTED' || state === 'SUSPENDED';
}

/** Whether it has fewer nodes than it should, and nothing is under way. */
export function isShort({ state, requested, running }: NodeGroup): boolean {
  return state === 'RUNNING' && running < requested;
}

/** The group in words. */
export function groupName({ id, role }: NodeGroup): string {
  return `the ${role.toLowerCase()} group ${id}`;
}

/** What EMR is doing to the cluster right now, in one line. */
export function workOnEmrCluster(cluster: EmrCluster, groups: readonly NodeGroup[]): string | undefined {
  if (!takesWork(cluster) && !hasEnded(cluster)) return `the cluster ${cluster.id} is ${cluster.state}`;
  const group = groups.find(({ state }) => working.includes(state));
  return group && `${groupName(group)} of ${cluster.id} is ${group.state}`;
}
