import { z } from 'zod';
import { plainText } from '../../signals/plain-text';
import type { Calls } from '../../vitals/aws';
import { shortageOfAddresses, subnetReads } from '../../vitals/ec2/subnet-room';
import { emrClusterReads, isEmrClusterId } from '../../vitals/emr/cluster';
import { groupName, isShort, nodeGroupReads, workOnEmrCluster } from '../../vitals/emr/node-group';
import { scalingLimitReads, withMost } from '../../vitals/emr/scaling-limits';
import { answerBefore, checkOf } from '../absolute-change';
import { defineRemediation, type Check } from '../remediation';
import * as changes from './resize-emr-group/change';

const planned = z.object({ cluster: z.string(), change: changes.change });
type Plan = z.infer<typeof planned>;

const clusters = 'arn:*:elasticmapreduce:*:*:cluster/*';

/** Gives a cluster more nodes, or those back that it should have. */
export const resizeEmrGroup = defineRemediation({
  name: 'resize-emr-group',
  title: 'Resize an EMR cluster',
  when: 'The work of a cluster waits for nodes or for storage, nodes of it are lost, or a group of it could not be resized.',
  whenNot:
    'It is about to end, one job holds all of it up, or HDFS has lost blocks, which no node brings back; and it never shrinks.',
  heals: ['emr-cluster-overloaded', 'emr-storage-low', 'emr-nodes-lost', 'emr-group-stuck'],
  takes: ['emr-cluster'],
  risk: 'low',
  needsApproval: false,
  parameters: changes.parameters,
  permissions: {
    read: [...emrClusterReads, ...nodeGroupReads, ...scalingLimitReads, ...subnetReads],
    write: [
      { action: 'elasticmapreduce:ModifyInstanceGroups', on: clusters, tagged: true },
      { action: 'elasticmapreduce:PutManagedScalingPolicy', on: clusters, tagged: true },
      { action: 'elasticmapreduce:SetUnhealthyNodeReplacement', on: clusters, tagged: true },
    ],
  },
  patience: { checkEvery: 60, giveUpAfter: 2_400 },
  unseen: 'EMR does not show who set a count again: nodes that came back by themselves look the same',
  snapshots: 'losesNoData',
  planned,

  async plan({ resource, condition }, wishes, aws) {
    const { id } = resource;
    if (!isEmrClusterId(id)) return { kind: 'refused', reason: `${plainText(id)} is not the id of an EMR cluster` };
    const ground = await changes.readGround(id, aws);
    if (!ground) return { kind: 'refused', reason: `${id} no longer exists` };
    const work = workOnEmrCluster(ground.cluster, ground.groups);
    if (work) return { kind: 'busy', reason: work };
    const objection = changes.objectionTo(ground.cluster);
    if (objection) return { kind: 'refused', reason: objection };
    const change = changes.changeFor(condition, ground, wishes);
    if (typeof change === 'string') return { kind: 'refused', reason: change };
    const crowded = await roomObjection(change, ground, aws);
    if (crowded) return { kind: 'refused', reason: crowded };
    return {
      kind: 'planned',
      plan: { cluster: id, change },
      summary: changes.changeInWords(change, ground),
      touches: [resource],
      // No node stops for it.
      group: 'alone',
    };
  },

  async start({ cluster: id, change }, aws) {
    const ground = await changes.readGround(id, aws);
    if (!ground) return { kind: 'refused', reason: `${id} no longer exists` };
    const answer = answerBefore(changes.changeStanding(change, ground), whatOf(id));
    if (answer) return answer;
    const objection =
      workOnEmrCluster(ground.cluster, ground.groups) ??
      changes.objectionTo(ground.cluster) ??
      (await roomObjection(change, ground, aws));
    if (objection) return { kind: 'refused', reason: objection };
    const { elasticmapreduce } = aws;
    if (change.how === 'replacement') {
      await elasticmapreduce.setUnhealthyNodeReplacement({ JobFlowIds: [id], UnhealthyNodeReplacement: true });
    } else if (change.how === 'limits') {
      const ManagedScalingPolicy = ground.limits && withMost(ground.limits, change.to);
      await elasticmapreduce.putManagedScalingPolicy({ ClusterId: id, ManagedScalingPolicy });
    } else {
      const InstanceCount = change.how === 'count' ? change.to : change.count;
      await elasticmapreduce.modifyInstanceGroups({
        ClusterId: id,
        InstanceGroups: [{ InstanceGroupId: change.group, InstanceCount }],
      });
    }
    return { kind: 'started', handle: 'accepted' };
  },

  async check({ cluster: id, change }, handle, aws) {
    const ground = await changes.readGround(id, aws);
    if (!ground) return { kind: 'failed', detail: `${id} no longer exists` };
    const standing = changes.changeStanding(change, ground);
    const work = workOnEmrCluster(ground.cluster, ground.groups);
    return (
      (standing === 'overtaken' ? undefined : lagging(change, ground, handle)) ?? checkOf(standing, whatOf(id), work)
    );
  },
});

function whatOf(id: string): string {
  return `the size of ${id}`;
}

/** What a group says that has been told a count, and has not as many nodes. */
function lagging({ how, ...change }: Plan['change'], { groups }: changes.Ground, handle?: string): Check | undefined {
  const group = groups.find(({ id }) => 'group' in change && id === change.group);
  if (!group || (how === 'again' && handle === undefined)) return undefined;
  const nodes = `${groupName(group)} is ${group.state} with ${group.running} of ${group.requested} nodes`;
  if (group.state === 'ARRESTED' || group.state === 'SUSPENDED') {
    return { kind: 'failed', detail: `${nodes}: they do not start, look at their bootstrap logs` };
  }
  return isShort(group) ? { kind: 'pending', detail: nodes } : undefined;
}

/** Why the subnet of the cluster has no room for the nodes that are added; undefined when it has. */
async function roomObjection(
  change: Plan['change'],
  { cluster: { id, subnet } }: changes.Ground,
  aws: Calls<(typeof subnetReads)[number]>,
): Promise<string | undefined> {
  if (change.how !== 'count' || subnet === undefined) return undefined;
  return shortageOfAddresses(id, [subnet], change.to - change.from, aws);
}
