import { z } from 'zod';
import type { Resource } from '../../signals/signal';
import type { Calls } from '../../vitals/aws';
import { readDbCluster, type DbCluster, type DbClusterMember } from '../../vitals/rds/db-cluster';
import { serves, workOnDatabase } from '../../vitals/rds/db-instance';
import { emptiestZone, readReaderScaling } from '../../vitals/rds/db-readers';
import { checkOfCreated, derivedName } from '../named-creation';
import { defineRemediation } from '../remediation';
import { cannotPlan } from '../unread';
import {
  answerToCreated,
  createdTags,
  createOnce,
  deleteCreated,
  longestIdentifier,
  readCreated,
} from './creation/created-instance';
import { leaveToEncrypt, leaveToMake, leaveToTag } from './creation/leave';

const parameters = z.strictObject({
  /** Readers that a cluster may have in all, whoever made them. Aurora takes 15. */
  mostReaders: z.int().min(1).max(15).default(3),
  /** Promotion tier of the reader: 0 takes over first when the writer fails, 15 last. */
  promotionTier: z.int().min(0).max(15).default(1),
  /** Names of Availability Zones that it must not be put into, such as one that is impaired. */
  avoidZones: z.array(z.string().min(1)).default([]),
});

const planned = parameters.extend({
  attemptKey: z.string(),
  condition: z.string(),
  cluster: z.string(),
  reader: z.string(),
  zone: z.string(),
});
type Plan = z.infer<typeof planned>;

type Reads = Calls<'application-autoscaling:DescribeScalableTargets'>;

/** Adds a reader of the writer's class to an Aurora cluster. It shares their storage: nothing is copied. */
export const addClusterReader = defineRemediation({
  name: 'add-cluster-reader',
  title: 'Add a reader to an Aurora cluster',
  when: 'Its readers cannot carry the load, or a sick writer has no reader that could take over.',
  whenNot: 'The load is writes, auto scaling keeps the number of readers, or a reader could take over already.',
  heals: ['db-overloaded', 'db-writer-unhealthy'],
  takes: ['db-cluster'],
  risk: 'low',
  needsApproval: true,
  parameters,
  permissions: {
    read: ['application-autoscaling:DescribeScalableTargets', 'rds:DescribeDBClusters', 'rds:DescribeDBInstances'],
    write: [
      { action: 'rds:CreateDBInstance', on: 'arn:*:rds:*:*:cluster:*', tagged: true },
      ...leaveToMake('rds:CreateDBInstance', 'db', ['og', 'pg', 'subgrp']),
      { action: 'rds:DeleteDBInstance', on: 'arn:*:rds:*:*:db:*-homeostat-*', tagged: true },
    ],
    implied: [...leaveToTag('db'), ...leaveToEncrypt],
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 60, giveUpAfter: 3_600 },
  planned,

  async plan({ resource, condition, attemptKey }, chosen, aws) {
    const reading = await readDbCluster(resource.id, aws);
    if (reading.kind !== 'found') return cannotPlan(reading, resource.id);
    const { cluster } = reading;
    const work = workOn(cluster);
    if (work) return { kind: 'busy', reason: work };
    const objection = await objectionTo(cluster, { ...chosen, condition }, aws);
    if (objection) return { kind: 'refused', reason: objection };
    const zone = emptiestZone(cluster, chosen.avoidZones);
    if (zone === undefined) return { kind: 'refused', reason: `every zone of ${cluster.id} is one to avoid` };
    const reader = derivedName(cluster.id, attemptKey, longestIdentifier);
    const touched: Resource = { ...resource, id: cluster.id };
    const healthyOthers = cluster.members.filter(({ status }) => serves(status)).length;
    return {
      kind: 'planned',
      plan: { ...chosen, attemptKey, condition, cluster: cluster.id, reader, zone },
      summary: `add the reader ${reader} to ${cluster.id}, in ${zone} and of the class of its writer`,
      touches: [touched],
      group: { resource: touched, size: cluster.members.length, healthyOthers },
    };
  },

  async start(plan, aws) {
    const answer = answerToCreated((await readCreated(plan.reader, plan.attemptKey, aws)).created, plan.reader);
    if (answer) return answer;
    const reading = await readDbCluster(plan.cluster, aws);
    if (reading.kind !== 'found') return { kind: 'refused', reason: `${plan.cluster} can't be read any more` };
    const { cluster } = reading;
    const objection = workOn(cluster) ?? (await objectionTo(cluster, plan, aws));
    const model = writerOf(cluster);
    if (objection || !model) return { kind: 'refused', reason: objection ?? `${cluster.id} has no writer` };
    return createOnce(() =>
      aws.rds.createDBInstance({
        ...model.settings.ofMember,
        DBInstanceIdentifier: plan.reader,
        DBClusterIdentifier: plan.cluster,
        DBInstanceClass: model.instanceClass,
        Engine: cluster.engine,
        AvailabilityZone: plan.zone,
        PromotionTier: plan.promotionTier,
        Tags: createdTags(model.tags, plan.attemptKey),
      }),
    );
  },

  async check({ reader, attemptKey }, _handle, aws) {
    return checkOfCreated((await readCreated(reader, attemptKey, aws)).created, `the reader ${reader}`);
  },

  undo: ({ reader, attemptKey }, aws) => deleteCreated(reader, attemptKey, aws),
});

function writerOf({ members }: DbCluster): DbClusterMember | undefined {
  return members.find(({ writer }) => writer);
}

/** What is under way in the cluster: a reader that comes or goes changes what is needed. */
function workOn(cluster: DbCluster): string | undefined {
  const moving = cluster.members.find(({ status }) => status === 'creating' || status === 'deleting');
  return workOnDatabase(cluster) ?? (moving && `${moving.id} of ${cluster.id} is ${moving.status}`);
}

/** Why this cluster must not be given a reader as it stands; undefined when it may. */
async function objectionTo(
  cluster: DbCluster,
  { condition, mostReaders }: Pick<Plan, 'condition' | 'mostReaders'>,
  aws: Reads,
): Promise<string | undefined> {
  const { id, engine, status, members } = cluster;
  if (!engine.startsWith('aurora')) return `${id} runs ${engine}: only an Aurora cluster takes further readers`;
  if (status !== 'available') return `${id} is ${status}: RDS adds a reader only to what is available`;
  if (!writerOf(cluster)) return `${id} has no writer whose class a reader could have`;
  const readers = members.filter(({ writer }) => !writer);
  if (condition === 'db-writer-unhealthy' && readers.length > 0) {
    return `${id} has ${readers.length === 1 ? 'a reader' : 'readers'} already: use failover-db-cluster`;
  }
  if (readers.length >= mostReaders) return `${id} has ${readers.length} readers, and may have ${mostReaders}`;
  const scaling = await readReaderScaling(id, aws);
  return scaling && `auto scaling keeps ${scaling.min} to ${scaling.max} readers in ${id}: raise its bounds instead`;
}
