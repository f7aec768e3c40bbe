import { z } from 'zod';
import type { EpochMillis, Resource } from '../../signals/signal';
import type { Calls } from '../../vitals/aws';
import { readDbCluster } from '../../vitals/rds/db-cluster';
import { readDbInstance, serves, workOnDatabase, type DbInstance } from '../../vitals/rds/db-instance';
import { readRestarts } from '../../vitals/rds/db-restarts';
import { readFailovers, restMinutes } from '../../vitals/rds/failovers';
import { defineRemediation, type Group } from '../remediation';
import { cannotCheck, cannotPlan } from '../unread';

const planned = z.object({
  instance: z.string(),
  /** Cluster that it writes in. */
  cluster: z.string().optional(),
  parametersMayWait: z.boolean(),
  /** Of the last restart before the plan: later ones are of the plan, or of others who came before it. */
  at: z.number(),
});
type Plan = z.infer<typeof planned>;

type Reads = Calls<'rds:DescribeDBClusters' | 'rds:DescribeDBInstances' | 'rds:DescribeEvents'>;
type Sound = { readonly instance: DbInstance; readonly group: Group | 'alone' } | { readonly reason: string };

/** Restarts the engine of a database, or of a cluster's writer, on the host that it is on. */
export const rebootDbInstance = defineRemediation({
  name: 'reboot-db-instance',
  title: 'Restart a database where it is',
  when: 'The engine hangs, and a failover did not help or cannot be made.',
  whenNot: 'The load comes from queries, it restarted just now, or parameters wait that the restart would apply.',
  heals: ['db-instance-impaired', 'db-writer-unhealthy'],
  takes: ['db-instance', 'db-cluster'],
  risk: 'medium',
  needsApproval: true,
  parameters: z.object({
    /** Whether it may restart though that applies parameters that somebody has changed and that wait for it. */
    evenIfParametersWait: z.boolean().default(false),
  }),
  permissions: {
    read: ['rds:DescribeDBClusters', 'rds:DescribeDBInstances', 'rds:DescribeEvents'],
    write: [{ action: 'rds:RebootDBInstance', on: 'arn:*:rds:*:*:db:*', tagged: true }],
  },
  snapshots: {
    kinds: ['db-instance', 'db-cluster'],
    of: ({ instance, cluster }) =>
      cluster ? { kind: 'db-cluster', id: cluster } : { kind: 'db-instance', id: instance },
  },
  patience: { checkEvery: 30, giveUpAfter: 1_800 },
  planned,

  async plan({ resource, since }, { evenIfParametersWait }, aws) {
    const sound = await (resource.kind === 'db-cluster' ? writerOf(resource, aws) : soundInstance(resource, aws));
    if ('reason' in sound) return { kind: 'refused', reason: sound.reason };
    const { instance, group } = sound;
    const work = workOnDatabase(instance);
    if (work) return { kind: 'busy', reason: `${work}: RDS restarts only what is available` };
    const objection = objectionTo(instance, evenIfParametersWait) ?? (await restlessness(instance, aws));
    if (objection) return { kind: 'refused', reason: objection };
    const { id, cluster } = instance;
    const touched: Resource = { ...resource, kind: 'db-instance', id };
    const at = await lastRestart(id, since ?? aws.now(), aws);
    return {
      kind: 'planned',
      plan: { instance: id, ...(cluster && { cluster }), parametersMayWait: evenIfParametersWait, at },
      summary: `restart ${id}${cluster ? `, the writer of ${cluster},` : ''} where it is: it is down for some minutes`,
      touches: resource.kind === 'db-cluster' ? [resource, touched] : [touched],
      group,
    };
  },

  async start(plan, aws) {
    const reading = await readDbInstance(plan.instance, aws);
    if (reading.kind !== 'found') return { kind: 'refused', reason: `${plan.instance} can't be read any more` };
    const objection =
      workOnDatabase(reading.instance) ??
      objectionTo(reading.instance, plan.parametersMayWait) ??
      (await change(plan, aws));
    if (objection) return { kind: 'refused', reason: objection };
    await aws.rds.rebootDBInstance({ DBInstanceIdentifier: plan.instance, ForceFailover: false });
    return { kind: 'started' };
  },

  async check(plan, _handle, aws) {
    const reading = await readDbInstance(plan.instance, aws);
    if (reading.kind !== 'found') return cannotCheck(reading, plan.instance);
    const { id, status } = reading.instance;
    if (!serves(status)) return { kind: 'pending', detail: `${id} is ${status}` };
    const last = (await readRestarts(id, plan.at, aws)).at(-1);
    // `start` made sure that there was none between the plan and it.
    return last
      ? { kind: 'done', detail: `${id} is ${status}, and RDS says of it: ${last.message}` }
      : { kind: 'notStarted', detail: `${id} is ${status}, and RDS knows of no restart` };
  },
});

async function soundInstance({ id }: Resource, aws: Reads): Promise<Sound> {
  const reading = await readDbInstance(id, aws);
  if (reading.kind !== 'found') return cannotPlan(reading, id);
  const { instance } = reading;
  if (instance.cluster) return { reason: `${id} is a member of the cluster ${instance.cluster}, whose writer counts` };
  // Its standby, if it has one, does not serve while it restarts.
  return { instance, group: 'alone' };
}

async function writerOf(resource: Resource, aws: Reads): Promise<Sound> {
  const reading = await readDbCluster(resource.id, aws);
  if (reading.kind !== 'found') return cannotPlan(reading, resource.id);
  const { id, engine, members } = reading.cluster;
  if (!engine.startsWith('aurora')) return { reason: `${id} is a Multi-AZ cluster, of which RDS restarts all members` };
  const [writer, ...more] = members.filter((member) => member.writer);
  if (!writer || more.length > 0) return { reason: `RDS does not show exactly one writer in ${id}` };
  const healthyOthers = members.filter((each) => each !== writer && serves(each.status)).length;
  const group = { resource: { ...resource, id }, size: members.length, healthyOthers };
  return { instance: writer, group };
}

/** Why this instance must not be restarted as it stands; undefined when it may. */
function objectionTo({ id, status, pending, parametersWait }: DbInstance, mayWait: boolean): string | undefined {
  if (status !== 'available') return `${id} is ${status}: RDS restarts only what is available`;
  if (pending.length > 0) return `${id} has changes waiting that the restart may apply: ${pending.join(', ')}`;
  if (parametersWait.length === 0 || mayWait) return undefined;
  return `${id} waits for a restart to apply parameters of ${parametersWait.join(', ')} (evenIfParametersWait would accept it)`;
}

/** When it last restarted before the plan, or when it fell sick: the same for each plan that is made of one sickness. */
async function lastRestart(id: string, since: EpochMillis, aws: Reads): Promise<EpochMillis> {
  return (await readRestarts(id, since - restMinutes * 60_000, aws)).at(-1)?.at ?? since;
}

/** Says so when it restarted lately, and not in a failover: this follows one that did not help. */
async function restlessness({ id, cluster }: DbInstance, aws: Reads): Promise<string | undefined> {
  const last = (await readRestarts(id, aws.now() - restMinutes * 60_000, aws)).at(-1);
  if (!last) return undefined;
  const failovers = await readFailovers(cluster ?? id, cluster ? 'db-cluster' : 'db-instance', aws);
  if (failovers.messages.length > 0) return undefined;
  return `${id} restarted in the last ${restMinutes} minutes, and did not get well by it: ${last.message}`;
}

/** What has changed since the plan; undefined when nothing has. */
async function change({ instance, cluster, at }: Plan, aws: Reads): Promise<string | undefined> {
  if ((await readRestarts(instance, at, aws)).length > 0) return `${instance} has restarted since the plan`;
  if (!cluster) return undefined;
  const reading = await readDbCluster(cluster, aws);
  const writes =
    reading.kind === 'found' && reading.cluster.members.some(({ id, writer }) => writer && id === instance);
  return writes ? undefined : `${instance} does not write in ${cluster} any more`;
}
