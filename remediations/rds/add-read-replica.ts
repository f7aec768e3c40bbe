import { z } from 'zod';
import type { Resource } from '../../signals/signal';
import { readDbInstance, workOnDatabase, type DbInstance } from '../../vitals/rds/db-instance';
import { checkOfCreated, derivedName } from '../named-creation';
import { defineRemediation } from '../remediation';
import { cannotPlan } from '../unread';
import {
  answerBeforeCreating,
  createdTags,
  createOnce,
  deleteCreated,
  longestIdentifier,
  readCreated,
} from './creation/created-instance';
import { leaveToAdd } from './creation/leave';

const parameters = z.strictObject({
  /** Read replicas that an instance may have in all, whoever made them. RDS takes 15 of most engines, and fewer of some. */
  mostReplicas: z.int().min(1).max(15).default(2),
  /** Class of the replica, such as `db.r6g.large`; the source's if it is left out. */
  instanceClass: z
    .string()
    .regex(/^db\.[a-z0-9-]+(\.[a-z0-9-]+)?$/)
    .optional(),
});

const planned = parameters.extend({
  attemptKey: z.string(),
  source: z.string(),
  replica: z.string(),
});
type Plan = z.infer<typeof planned>;

/** Adds a read replica to a database instance. It serves reads only once clients are told of it. */
export const addReadReplica = defineRemediation({
  name: 'add-read-replica',
  title: 'Add a read replica to a database',
  when: 'A database has more reads than it can carry, and its clients can send reads elsewhere.',
  whenNot: 'The load is writes, clients know one endpoint only, it has no automated backups, or its storage is full.',
  heals: ['db-overloaded'],
  takes: ['db-instance'],
  risk: 'medium',
  needsApproval: true,
  parameters,
  permissions: {
    read: ['rds:DescribeDBInstances'],
    ...leaveToAdd('rds:CreateDBInstanceReadReplica', 'db'),
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 60, giveUpAfter: 7_200 },
  planned,

  async plan({ resource, attemptKey }, chosen, aws) {
    const reading = await readDbInstance(resource.id, aws);
    if (reading.kind !== 'found') return cannotPlan(reading, resource.id);
    const { instance } = reading;
    const work = workOnDatabase(instance);
    if (work) return { kind: 'busy', reason: `${work}: RDS copies only what is available` };
    const objection = objectionTo(instance, chosen.mostReplicas);
    if (objection) return { kind: 'refused', reason: objection };
    const touched: Resource = { ...resource, id: instance.id };
    const replica = derivedName(instance.id, attemptKey, longestIdentifier);
    return {
      kind: 'planned',
      plan: { ...chosen, attemptKey, source: instance.id, replica },
      summary: `add the read replica ${replica} of class ${classOf(instance, chosen)} to ${instance.id}`,
      touches: [touched],
      // The source goes on serving: nobody has to stand in for it.
      group: 'alone',
    };
  },

  async start(plan, aws) {
    const answer = await answerBeforeCreating(plan.replica, plan.attemptKey, aws);
    if (answer) return answer;
    const reading = await readDbInstance(plan.source, aws);
    if (reading.kind !== 'found') return { kind: 'refused', reason: `${plan.source} can't be read any more` };
    const { instance } = reading;
    const objection = objectionTo(instance, plan.mostReplicas);
    if (objection) return { kind: 'refused', reason: objection };
    return createOnce(() =>
      aws.rds.createDBInstanceReadReplica({
        ...instance.settings.ofReplica,
        DBInstanceIdentifier: plan.replica,
        SourceDBInstanceIdentifier: plan.source,
        DBInstanceClass: classOf(instance, plan),
        Tags: createdTags(instance.tags, plan.attemptKey),
      }),
    );
  },

  async check({ source, replica, attemptKey }, _handle, aws) {
    const { created, instance } = await readCreated(replica, attemptKey, aws);
    const answer = checkOfCreated(created, `the replica ${replica}`);
    if (answer.kind !== 'done' || !instance) return answer;
    const { replication, address } = instance;
    if (replication === 'untold') return { kind: 'pending', detail: `${replica} does not follow ${source} yet` };
    if (replication === 'broken') return { kind: 'failed', detail: `${replica} does not follow ${source}` };
    return { kind: 'done', detail: `${replica} follows ${source}: send reads to ${address ?? 'its endpoint'}` };
  },

  undo({ replica, source, attemptKey }, aws) {
    const whyKept = async (instance: DbInstance) =>
      instance.source === source ? undefined : `${replica} does not follow ${source} any more: it has data of its own`;
    return deleteCreated(replica, attemptKey, whyKept, aws);
  },
});

function classOf({ instanceClass }: DbInstance, chosen: Pick<Plan, 'instanceClass'>): string {
  return chosen.instanceClass ?? instanceClass;
}

/** Why this instance must not be given a replica as it stands; undefined when it may. */
function objectionTo(
  { id, status, cluster, source, backupDays, replicas }: DbInstance,
  most: number,
): string | undefined {
  if (cluster !== undefined) return `${id} is a member of the cluster ${cluster}: use add-cluster-reader`;
  if (source !== undefined) return `${id} is a read replica itself, of ${source}: add one to that`;
  if (status === 'storage-full') return `${id} is storage-full: it needs storage before it can be copied`;
  if (status !== 'available') return `${id} is ${status}: RDS copies only what is available`;
  if (backupDays === 0) return `${id} has no automated backups, from which RDS makes replicas: enable them`;
  return replicas.length < most ? undefined : `${id} has ${replicas.length} read replicas, and may have ${most}`;
}
