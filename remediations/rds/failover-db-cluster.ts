import { z } from 'zod';
import type { Resource } from '../../signals/signal';
import type { Calls } from '../../vitals/aws';
import { readDbCluster, readLags, type DbCluster, type DbClusterMember } from '../../vitals/db-cluster';
import { serves, workOnDatabase } from '../../vitals/db-instance';
import { readFailovers, restMinutes } from '../../vitals/failovers';
import { defineRemediation, type Start } from '../remediation';

const planned = z.object({
  account: z.string(),
  region: z.string(),
  cluster: z.string(),
  /** Member that wrote when the plan was made. */
  writer: z.string(),
  /** Member that is to write. */
  target: z.string(),
});
type Plan = z.infer<typeof planned>;

const parameters = z.object({
  /** Names of Availability Zones that must not be failed over to, such as one that is impaired. */
  avoidZones: z.array(z.string().min(1)).default([]),
  /** Whether a reader of another instance class than the writer's may be promoted; names of classes don't tell which is smaller. */
  allowSmaller: z.boolean().default(false),
  /** Seconds that a reader may lag behind the writer, if CloudWatch tells its lag. */
  maxLagSeconds: z.number().nonnegative().default(30),
});
type Parameters = z.infer<typeof parameters>;

type Reads = Calls<
  | 'cloudwatch:GetMetricData'
  | 'rds:DescribeDBClusters'
  | 'rds:DescribeDBInstances'
  | 'rds:DescribeEvents'
  | 'rds:DescribeGlobalClusters'
>;
type Writes = Reads & Calls<'rds:FailoverDBCluster'>;

/** Promotes a named reader of an Aurora or Multi-AZ cluster to writer. */
export const failoverDbCluster = defineRemediation({
  name: 'failover-db-cluster',
  title: 'Promote a reader of a database cluster',
  when: 'The writer of a cluster, or its Availability Zone, is degraded and a reader of the same class is well.',
  whenNot:
    'There is no reader, the load comes from queries, a failover was lately, or the cluster follows another Region.',
  heals: ['db-writer-unhealthy'],
  takes: ['db-cluster'],
  risk: 'medium',
  needsApproval: true,
  parameters,
  permissions: {
    read: [
      'cloudwatch:GetMetricData',
      'rds:DescribeDBClusters',
      'rds:DescribeDBInstances',
      'rds:DescribeEvents',
      'rds:DescribeGlobalClusters',
    ],
    // RDS asks about the member, too, that a failover names as the next writer.
    write: [
      { action: 'rds:FailoverDBCluster', on: 'arn:*:rds:*:*:cluster:*', tagged: true },
      { action: 'rds:FailoverDBCluster', on: 'arn:*:rds:*:*:db:*', tagged: true },
    ],
  },
  patience: { checkEvery: 15, giveUpAfter: 600 },
  planned,

  async plan({ resource }, wishes, aws) {
    const reading = await readDbCluster(resource.id, aws);
    if (reading.kind === 'absent') return { kind: 'refused', reason: `${resource.id} no longer exists` };
    if (reading.kind === 'unreadable') return { kind: 'refused', reason: reading.detail };
    const { cluster } = reading;
    const unfit = unfitness(cluster);
    if (unfit) return { kind: 'refused', reason: unfit };
    const work = workOn(cluster);
    if (work) return { kind: 'busy', reason: work };
    const objection = objectionTo(cluster) ?? (await distantWriter(cluster, aws)) ?? (await restlessness(cluster, aws));
    if (objection) return { kind: 'refused', reason: objection };
    const choice = chooseTarget(cluster, wishes, await readLags(cluster, aws));
    if (choice.kind !== 'found') return choice;
    const { writer, target } = choice;
    const { account, region } = resource;
    const touched: Resource = { kind: 'db-cluster', id: cluster.id, account, region };
    const member = ({ id }: DbClusterMember): Resource => ({ kind: 'db-instance', id, account, region });
    // The target goes on serving while it is promoted; only the writer stops for a while.
    const healthyOthers = cluster.members.filter((each) => each !== writer && serves(each.status)).length;
    return {
      kind: 'planned',
      plan: { account, region, cluster: cluster.id, writer: writer.id, target: target.id },
      summary: `make ${target.id} the writer of ${cluster.id} instead of ${writer.id}`,
      touches: [touched, member(writer), member(target)],
      group: { resource: touched, size: cluster.members.length, healthyOthers },
    };
  },

  start: (plan, aws) => promote(plan, plan.target, plan.writer, aws),

  async check(plan, _handle, aws) {
    const reading = await readDbCluster(plan.cluster, aws);
    if (reading.kind === 'absent') return { kind: 'failed', detail: `${plan.cluster} no longer exists` };
    if (reading.kind === 'unreadable') return { kind: 'pending', detail: reading.detail };
    const { id, status, members } = reading.cluster;
    const writer = members.find((member) => member.writer);
    if (!serves(status)) return { kind: 'pending', detail: `${id} is ${status}` };
    if (writer?.id === plan.target) {
      const detail = `${writer.id}, now the writer of ${id}, is ${writer.status}`;
      return serves(writer.status) ? { kind: 'done', detail } : { kind: 'pending', detail };
    }
    if (writer && writer.id !== plan.writer) {
      return { kind: 'failed', detail: `${writer.id} became the writer of ${id}, and not ${plan.target}` };
    }
    const { messages, givenUp } = await readFailovers(id, 'db-cluster', aws);
    if (givenUp) return { kind: 'failed', detail: `RDS gave the failover of ${id} up: ${givenUp}` };
    const last = messages.at(-1);
    // `start` made sure that any event is of after it; who writes may be shown some seconds late.
    if (last) return { kind: 'pending', detail: `RDS says of ${id}: ${last}; it still shows ${plan.writer} as writer` };
    return { kind: 'notStarted', detail: `${plan.writer} still writes in ${id}, and RDS knows of no failover` };
  },

  undo: (plan, aws) => promote(plan, plan.writer, plan.target, aws),
});

type Choice =
  | { readonly kind: 'found'; readonly writer: DbClusterMember; readonly target: DbClusterMember }
  | { readonly kind: 'busy' | 'refused'; readonly reason: string };

/** The reader that RDS would take first and that can carry the writer's load, in another zone than the writer if there is one. */
function chooseTarget({ id, members }: DbCluster, wishes: Parameters, lags: ReadonlyMap<string, number>): Choice {
  const [writer, ...more] = members.filter((member) => member.writer);
  if (!writer || more.length > 0) return { kind: 'refused', reason: `RDS does not show exactly one writer in ${id}` };
  const readers = members
    .filter((member) => !member.writer)
    .map((reader) => ({
      reader,
      objection: objectionToReader(reader, writer, wishes) ?? objectionToLag(reader, wishes, lags.get(reader.id)),
    }));
  const [target] = readers
    .flatMap(({ reader, objection }) => (objection ? [] : [reader]))
    .toSorted(
      (a, b) =>
        Number(a.instanceClass !== writer.instanceClass) - Number(b.instanceClass !== writer.instanceClass) ||
        a.promotionTier - b.promotionTier ||
        Number(a.zone === writer.zone) - Number(b.zone === writer.zone) ||
        (a.id < b.id ? -1 : 1),
    );
  if (target) return { kind: 'found', writer, target };
  const reason = `no reader of ${id} can take over: ${readers.flatMap(({ objection }) => objection ?? []).join('; ')}`;
  // One that would do but for what is being done to it.
  const comesSoon = readers.some(
    ({ reader }) =>
      workOnDatabase(reader) !== undefined && !objectionToReader({ ...reader, status: 'available' }, writer, wishes),
  );
  return { kind: comesSoon ? 'busy' : 'refused', reason };
}

function objectionToReader(reader: DbClusterMember, writer: DbClusterMember, wishes: Parameters): string | undefined {
  const { id, status, zone, instanceClass } = reader;
  if (status !== 'available') return `${id} is ${status}`;
  if (!zone) return `RDS does not say in which zone ${id} is`;
  if (wishes.avoidZones.includes(zone)) return `${id} is in ${zone}, which the policy says to avoid`;
  if (!wishes.allowSmaller && instanceClass !== writer.instanceClass) {
    return `${id} is a ${instanceClass} and the writer a ${writer.instanceClass} (allowSmaller would accept it)`;
  }
  return undefined;
}

function objectionToLag({ id }: DbClusterMember, { maxLagSeconds }: Parameters, lag = 0): string | undefined {
  return lag > maxLagSeconds ? `${id} lags ${Math.round(lag)} s behind, more than ${maxLagSeconds} s` : undefined;
}

/** What RDS or people are doing to the cluster or to its writer now; a writer that restarts may come up well. */
function workOn(cluster: DbCluster): string | undefined {
  const writer = cluster.members.find((member) => member.writer);
  return (
    workOnDatabase(cluster) ??
    (writer && workOnDatabase(writer) && `${writer.id}, the writer of ${cluster.id}, is ${writer.status}`)
  );
}

/** Why this cluster must not be failed over, whatever state it is in; undefined when it may. */
function unfitness({ id, engine, members, replicaOf, globalCluster }: DbCluster): string | undefined {
  if (engine === 'mysql') return `${id} is a Multi-AZ cluster of RDS for MySQL, where a failover can't name its target`;
  if (!engine.startsWith('aurora') && engine !== 'postgres') return `${id} runs ${engine}, which is not known here`;
  if (replicaOf) return `${id} follows ${replicaOf} and has no writer of its own`;
  if (globalCluster && !members.some((member) => member.writer)) {
    return `${id} follows the primary of the global cluster ${globalCluster} and has no writer of its own`;
  }
  return members.length < 2 ? `${id} has no reader to promote` : undefined;
}

/** Why this cluster must not be failed over as it stands; undefined when it may. */
function objectionTo(cluster: DbCluster): string | undefined {
  const { id, status } = cluster;
  return unfitness(cluster) ?? (status === 'available' ? undefined : `${id} is ${status}, not available`);
}

/** Says so when the cluster's writer is, or may be, in another Region of a global cluster. */
async function distantWriter({ id, arn, globalCluster }: DbCluster, aws: Reads): Promise<string | undefined> {
  if (!globalCluster) return undefined;
  const { GlobalClusters = [] } = await aws.rds.describeGlobalClusters({ GlobalClusterIdentifier: globalCluster });
  const member = GlobalClusters.flatMap((each) => each.GlobalClusterMembers ?? []).find(
    (each) => each.DBClusterArn === arn,
  );
  return member?.IsWriter ? undefined : `${id} is not shown as the primary of the global cluster ${globalCluster}`;
}

async function restlessness({ id }: DbCluster, aws: Reads): Promise<string | undefined> {
  const { messages } = await readFailovers(id, 'db-cluster', aws);
  const last = messages.at(-1);
  return last && `${id} had a failover in the last ${restMinutes} minutes: ${last}`;
}

/** Makes `to` the writer instead of `from`, unless it is so already. */
async function promote(plan: Plan, to: string, from: string, aws: Writes): Promise<Start> {
  const reading = await readDbCluster(plan.cluster, aws);
  if (reading.kind !== 'found') return { kind: 'refused', reason: `${plan.cluster} can't be read any more` };
  const { cluster } = reading;
  if (cluster.members.some(({ id, writer }) => writer && id === to)) return { kind: 'started' };
  const objection =
    objectionToPromotion(cluster, to, from) ??
    objectionTo(cluster) ??
    // Putting back what the plan did follows a failover by nature.
    (to === plan.target ? await restlessness(cluster, aws) : undefined);
  if (objection) return { kind: 'refused', reason: objection };
  try {
    await aws.rds.failoverDBCluster({ DBClusterIdentifier: plan.cluster, TargetDBInstanceIdentifier: to });
  } catch (error) {
    if (!(error instanceof Error && /^InvalidDB(Cluster|Instance)StateFault$/.test(error.name))) throw error;
    return { kind: 'refused', reason: `${plan.cluster} is busy, maybe failing over already: ${error.message}` };
  }
  return { kind: 'started' };
}

function objectionToPromotion({ id, members }: DbCluster, to: string, from: string): string | undefined {
  const writers = members.filter((member) => member.writer).map((member) => member.id);
  if (writers.join() !== from) return `${writers.join(' and ') || 'nobody'} writes in ${id} now, and not ${from}`;
  const target = members.find((member) => member.id === to);
  if (!target) return `${to} is no member of ${id} any more`;
  return target.status === 'available' ? undefined : `${to} is ${target.status} now`;
}
