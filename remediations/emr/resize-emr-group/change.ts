import { z } from 'zod';
import type { Calls } from '../../../vitals/aws';
import { readEmrCluster, takesWork, type emrClusterReads, type EmrCluster } from '../../../vitals/emr/cluster';
import {
  groupName,
  isShort,
  isStuck,
  readNodeGroups,
  type NodeGroup,
  type nodeGroupReads,
} from '../../../vitals/emr/node-group';
import { readScalingLimits, type ScalingLimits, type scalingLimitReads } from '../../../vitals/emr/scaling-limits';
import { standingOf, type ChangeStanding } from '../../absolute-change';

/** What is done to a cluster. */
export const change = z.discriminatedUnion('how', [
  /** A group gets more nodes. */
  z.object({ how: z.literal('count'), group: z.string(), from: z.number(), to: z.number() }),
  /** A group is told once more how many nodes it should have. */
  z.object({ how: z.literal('again'), group: z.string(), count: z.number() }),
  /** EMR, which scales it, may give it more. */
  z.object({ how: z.literal('limits'), unit: z.string(), from: z.number(), to: z.number() }),
  /** EMR replaces core nodes that are not well, from now on. */
  z.object({ how: z.literal('replacement') }),
]);
export type Change = z.infer<typeof change>;

export const parameters = z.object({
  /** Percent by which a group grows, or the most that EMR may scale to; by one at least. */
  growBy: z.number().min(1).max(200).default(25),
  /** Nodes of a group, or units of managed scaling, that are never grown above: each costs until somebody takes it back. */
  atMost: z.number().int().positive().default(20),
});
type Parameters = z.infer<typeof parameters>;

/** A cluster as it is. */
export interface Ground {
  readonly cluster: EmrCluster;
  readonly groups: readonly NodeGroup[];
  readonly limits: ScalingLimits | undefined;
}

type GroundReads = Calls<
  (typeof emrClusterReads)[number] | (typeof nodeGroupReads)[number] | (typeof scalingLimitReads)[number]
>;

/** Reads it; undefined where there is no such cluster. */
export async function readGround(id: string, aws: GroundReads): Promise<Ground | undefined> {
  const cluster = await readEmrCluster(id, aws);
  if (cluster.kind === 'absent') return undefined;
  const limits = cluster.isOfFleets ? undefined : await readScalingLimits(cluster, aws);
  return { cluster, groups: await readNodeGroups(cluster, aws), limits };
}

/** What helps against the condition; why nothing does. */
export function changeFor(condition: string, ground: Ground, wishes: Parameters): Change | string {
  const { cluster, limits } = ground;
  if (condition === 'emr-group-stuck' || condition === 'emr-nodes-lost') return again(condition, ground);
  if (condition === 'emr-storage-low' && limits) {
    return `EMR scales ${cluster.id} by what YARN needs, and not by its storage: people decide about its core nodes`;
  }
  return limits ? wider(ground, limits, wishes) : larger(condition, ground, wishes);
}

/** The count of a group of core or task nodes, once more: EMR takes none for the master group. */
function again(condition: string, { cluster, groups }: Ground): Change | string {
  const lacking = [...groups.filter((one) => isStuck(one)), ...groups.filter((one) => isShort(one))];
  const group = lacking.find(({ role }) => role !== 'MASTER');
  if (group) return { how: 'again', group: group.id, count: group.requested };
  const [master] = lacking;
  if (master) {
    const { state, running, requested } = master;
    return `${groupName(master)} of ${cluster.id} is ${state} with ${running} of ${requested} nodes: nobody can resize it, so wait for EMR to replace them or start a new cluster`;
  }
  return condition === 'emr-group-stuck' ? `no group of ${cluster.id} is stuck any more` : replacement(cluster);
}

function replacement({ id, replacesUnhealthyNodes, terminationProtected }: EmrCluster): Change | string {
  if (replacesUnhealthyNodes) return `EMR replaces unhealthy core nodes of ${id} already: look at why they are lost`;
  return terminationProtected
    ? { how: 'replacement' }
    : `EMR would terminate unhealthy core nodes of ${id} at once, with what they hold: turn termination protection on first`;
}

/** More nodes: of the task group, which holds no data; of the core group where there is none, or where storage is short. */
function larger(condition: string, { cluster, groups }: Ground, { growBy, atMost }: Parameters): Change | string {
  const task = condition === 'emr-storage-low' ? undefined : groups.find(({ role }) => role === 'TASK');
  const group = task ?? groups.find(({ role }) => role === 'CORE');
  if (!group) return `${cluster.id} has no group of core or task nodes`;
  if (group.isScaled) return `${groupName(group)} of ${cluster.id} has a scaling policy of its own: raise its limits`;
  if (isStuck(group))
    return `${groupName(group)} of ${cluster.id} is ${group.state}: more nodes would fail to start as well`;
  const { requested: from } = group;
  const to = Math.min(grown(from, growBy), atMost);
  return to > from
    ? { how: 'count', group: group.id, from, to }
    : `${groupName(group)} of ${cluster.id} has ${from} nodes, and the policy allows ${atMost} (atMost)`;
}

function wider({ cluster, groups }: Ground, limits: ScalingLimits, { growBy, atMost }: Parameters): Change | string {
  const { unit, most: from } = limits;
  const nodes = groups.filter(({ role }) => role !== 'MASTER').reduce((sum, { requested }) => sum + requested, 0);
  if (unit === 'Instances' && nodes < from) {
    return `EMR may still scale ${cluster.id} by itself, from ${nodes} nodes to ${from}`;
  }
  const to = Math.min(grown(from, growBy), atMost);
  return to > from
    ? { how: 'limits', unit, from, to }
    : `EMR may scale ${cluster.id} to ${from} ${unit}, and the policy allows ${atMost} (atMost)`;
}

/** By so many percent, and by one at least. Whole percents are multiplied: 1.1 times 20 is a little more than 22. */
function grown(from: number, growBy: number): number {
  return Math.max(from + 1, Math.ceil((from * (100 + growBy)) / 100));
}

/** Where a change stands. Of a count that is set again, only the state of the group tells. */
export function changeStanding(made: Change, { cluster, groups, limits }: Ground): ChangeStanding {
  const group = 'group' in made ? groups.find(({ id }) => id === made.group) : undefined;
  switch (made.how) {
    case 'count':
      return standingOf(made, group?.requested ?? NaN);
    case 'again':
      return group?.requested === made.count ? standingOfNodes(group) : 'overtaken';
    case 'limits':
      return standingOf(made, limits?.unit === made.unit ? limits.most : NaN);
    case 'replacement':
      return cluster.replacesUnhealthyNodes ? 'made' : 'due';
  }
}

function standingOfNodes(group: NodeGroup): ChangeStanding {
  return isStuck(group) || isShort(group) ? 'due' : 'made';
}

/** The change in words, future tense. */
export function changeInWords(made: Change, { cluster: { id }, groups }: Ground): string {
  const group = groups.find((one) => 'group' in made && one.id === made.group);
  const name = group ? groupName(group) : 'a group';
  switch (made.how) {
    case 'count':
      return `give ${name} of ${id} ${made.to} nodes instead of ${made.from}, which cost until somebody takes them back`;
    case 'again':
      return `tell ${name} of ${id} once more to have ${made.count} nodes`;
    case 'limits':
      return `let EMR scale ${id} to ${made.to} ${made.unit} instead of ${made.from}, which cost while they are used`;
    case 'replacement':
      return `let EMR replace core nodes of ${id} that are not well`;
  }
}

/** Why a cluster must not be changed as it stands; undefined when it may. */
export function objectionTo(cluster: EmrCluster): string | undefined {
  const { id, state } = cluster;
  if (!takesWork(cluster)) return `the cluster ${id} is ${state}`;
  return cluster.isOfFleets ? `the nodes of ${id} are of instance fleets, whose mix people choose` : undefined;
}
