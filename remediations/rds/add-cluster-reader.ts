import { z } from 'zod';
import type { Resource } from '../../signals/signal';
import { readDbCluster } from '../../vitals/rds/db-cluster';
import { serves } from '../../vitals/rds/db-instance';
import { emptiestZone } from '../../vitals/rds/db-readers';
import { startRefused } from '../hindrance';
import { checkOfCreated, derivedName } from '../named-creation';
import { defineRemediation } from '../remediation';
import { cannotPlan } from '../unread';
import { hindranceTo, writerOf } from './add-cluster-reader/objections';
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
export type Plan = z.infer<typeof planned>;

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
    ...leaveToAdd('rds:CreateDBInstance', 'cluster'),
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 60, giveUpAfter: 3_600 },
  planned,

  async plan({ resource, condition, attemptKey }, chosen, aws) {
    const reading = await readDbCluster(resource.id, aws);
    if (reading.kind !== 'found') return cannotPlan(reading, resource.id);
    const { cluster } = reading;
    const hindrance = await hindranceTo(cluster, { ...chosen, condition }, aws);
    if (hindrance) return hindrance;
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
    const answer = await answerBeforeCreating(plan.reader, plan.attemptKey, aws);
    if (answer) return answer;
    const reading = await readDbCluster(plan.cluster, aws);
    if (reading.kind !== 'found') return { kind: 'refused', reason: `${plan.cluster} can't be read any more` };
    const { cluster } = reading;
    const hindrance = await hindranceTo(cluster, plan, aws);
    if (hindrance) return startRefused(hindrance);
    const model = writerOf(cluster);
    if (!model) return { kind: 'refused', reason: `${cluster.id} has no writer` };
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

  undo({ cluster: id, reader, attemptKey }, aws) {
    const whyKept = async () => {
      const reading = await readDbCluster(id, aws);
      if (reading.kind !== 'found') return `${id} can't be read any more`;
      return writerOf(reading.cluster)?.id === reader ? `${reader} is the writer of ${id} by now` : undefined;
    };
    return deleteCreated(reader, attemptKey, whyKept, aws);
  },
});
