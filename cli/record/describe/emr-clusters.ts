import type { Cluster, StepSummary } from '@aws-sdk/client-emr';
import { isNotValid } from '../../../vitals/emr/cluster';
import { type Describer, type Describing, eachOf, type Entry, item, missing, pairs } from './describer';

const states = ['BOOTSTRAPPING', 'RUNNING', 'WAITING', 'TERMINATED', 'TERMINATED_WITH_ERRORS'];
const groupStates = ['RUNNING', 'RESIZING', 'ARRESTED', 'SUSPENDED'];
const stepStates = ['PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED'];
const declared = 'homeostat:idempotent-steps';

/** EMR clusters with their groups and their newest steps. */
export const emrClusters: Describer = {
  atOnce: 5,
  describe: async (ids, describing) => {
    const entries = (
      await eachOf(ids, async (id) => {
        const found = await find(id, describing);
        return found ? [await entryOf(id, found, describing)] : [];
      })
    ).flat();
    return { entries: [...entries, ...missing(ids, entries)], leads: [] };
  },
};

async function find(ClusterId: string, { aws }: Describing): Promise<Cluster | undefined> {
  try {
    return (await aws.elasticmapreduce.describeCluster({ ClusterId })).Cluster;
  } catch (error) {
    if (isNotValid(error)) return undefined;
    throw error;
  }
}

async function entryOf(of: string, cluster: Cluster, describing: Describing): Promise<Entry> {
  const { aws, redaction } = describing;
  const tags = new Map(pairs(cluster.Tags));
  const state = cluster.Status?.State ?? '';
  const fleets = cluster.InstanceCollectionType === 'INSTANCE_FLEET';
  const { Steps = [] } = await aws.elasticmapreduce.listSteps({ ClusterId: of });
  return {
    of,
    item: item({
      id: redaction.name(of),
      name: redaction.ifNamed(cluster.Name),
      state: states.includes(state) ? state : undefined,
      fleets: fleets || undefined,
      terminationProtected: cluster.TerminationProtected ?? false,
      replacesUnhealthyNodes: cluster.UnhealthyNodeReplacement ?? false,
      groups: fleets ? [] : await groupsOf(of, describing),
      managedScaling: await limitsOf(of, describing),
      steps: Steps.toReversed().map((step) => stepOf(step, describing)),
      tags: { ...redaction.tags(tags), ...(tags.get(declared) === 'yes' && { [declared]: 'yes' }) },
    }),
    notes: ['how much work and data it has', 'what its steps run, and those before the newest'],
  };
}

async function groupsOf(ClusterId: string, { aws, redaction }: Describing): Promise<readonly object[]> {
  const { InstanceGroups = [] } = await aws.elasticmapreduce.listInstanceGroups({ ClusterId });
  return InstanceGroups.map(({ Id = '', InstanceGroupType: role, Status, AutoScalingPolicy, ...counts }) => ({
    id: redaction.name(Id),
    role,
    nodes: counts.RequestedInstanceCount ?? 0,
    running: counts.RunningInstanceCount ?? 0,
    ...(groupStates.includes(Status?.State ?? '') && { state: Status?.State }),
    ...(AutoScalingPolicy && { scaled: true }),
  }));
}

/** Limits that are not of instances an account file does not know. */
async function limitsOf(ClusterId: string, { aws }: Describing): Promise<object | undefined> {
  const { ManagedScalingPolicy } = await aws.elasticmapreduce.getManagedScalingPolicy({ ClusterId });
  const { UnitType, MinimumCapacityUnits: min, MaximumCapacityUnits: max } = ManagedScalingPolicy?.ComputeLimits ?? {};
  return UnitType === 'Instances' && min !== undefined && max !== undefined ? { min, max } : undefined;
}

/** What it runs is nobody's business. */
function stepOf({ Id = '', Name = '', Status }: StepSummary, { redaction }: Describing): object {
  const name = redaction.ifNamed(Name) ?? 'step';
  const state = Status?.State ?? '';
  return { id: redaction.name(Id), name, args: [name], ...(stepStates.includes(state) && { state }) };
}
