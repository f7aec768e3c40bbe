import { z } from 'zod';
import type { Resource } from '../../signals/signal';
import { readDbInstance, serves, unsettled, workOnDatabase, type DbInstance } from '../../vitals/rds/db-instance';
import { readRestarts } from '../../vitals/rds/db-restarts';
import { defineRemediation } from '../remediation';
import { cannotCheck } from '../unread';
import { isBroken } from './creation/created-instance';
import { engineOf } from './reboot-db-instance/engine';
import { change, lastRestart, restlessness } from './reboot-db-instance/restarts';

const planned = z.object({
  instance: z.string(),
  /** Cluster that it writes in. */
  cluster: z.string().optional(),
  parametersMayWait: z.boolean(),
  /** Of the last restart before the plan: later ones are of the plan, or of others who came before it. */
  at: z.number(),
});
export type Plan = z.infer<typeof planned>;

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
    const engine = await engineOf(resource, aws);
    if ('reason' in engine) return { kind: 'refused', reason: engine.reason };
    const { instance, group } = engine;
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
    if (!serves(status)) return { kind: isBroken(status) ? 'failed' : 'pending', detail: `${id} is ${status}` };
    const last = (await readRestarts(id, plan.at, aws)).at(-1);
    // `start` made sure that there was none between the plan and it.
    return last
      ? { kind: 'done', detail: `${id} is ${status}, and RDS says of it: ${last.message}` }
      : { kind: 'notStarted', detail: `${id} is ${status}, and RDS knows of no restart` };
  },
});

/** Why this instance must not be restarted as it stands; undefined when it may. */
function objectionTo(instance: DbInstance, mayWait: boolean): string | undefined {
  const { id, parametersWait } = instance;
  const early = unsettled(instance, 'restarts');
  if (early) return early;
  if (parametersWait.length === 0 || mayWait) return undefined;
  return `${id} waits for a restart to apply parameters of ${parametersWait.join(', ')} (evenIfParametersWait would accept it)`;
}
