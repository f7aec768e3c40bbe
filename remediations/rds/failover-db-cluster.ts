import { z } from 'zod';
import type { Resource } from '../../signals/signal';
import { type DbClusterMember, readDbCluster, readLags } from '../../vitals/rds/db-cluster';
import { serves } from '../../vitals/rds/db-instance';
import { readFailovers } from '../../vitals/rds/failovers';
import { defineRemediation } from '../remediation';
import { cannotCheck, cannotPlan } from '../unread';
import { chooseTarget } from './failover-db-cluster/target';
import { hindranceTo } from './failover-db-cluster/objections';
import { promote } from './failover-db-cluster/promotion';

const planned = z.object({
  account: z.string(),
  region: z.string(),
  cluster: z.string(),
  /** Member that wrote when the plan was made. */
  writer: z.string(),
  /** Member that is to write. */
  target: z.string(),
});
export type Plan = z.infer<typeof planned>;

const parameters = z.object({
  /** Names of Availability Zones that must not be failed over to, such as one that is impaired. */
  avoidZones: z.array(z.string().min(1)).default([]),
  /** Whether a reader of another instance class than the writer's may be promoted; names of classes don't tell which is smaller. */
  allowSmaller: z.boolean().default(false),
  /** Seconds that a reader may lag behind the writer, if CloudWatch tells its lag. */
  maxLagSeconds: z.number().nonnegative().default(30),
});
export type Parameters = z.infer<typeof parameters>;

const reads = [
  'cloudwatch:GetMetricData',
  'rds:DescribeDBClusters',
  'rds:DescribeDBInstances',
  'rds:DescribeEvents',
  'rds:DescribeGlobalClusters',
] as const;

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
    read: reads,
    // RDS asks about the member, too, that a failover names as the next writer.
    write: [
      { action: 'rds:FailoverDBCluster', on: 'arn:*:rds:*:*:cluster:*', tagged: true },
      { action: 'rds:FailoverDBCluster', on: 'arn:*:rds:*:*:db:*', tagged: true },
    ],
  },
  // Readers of Aurora share its storage, and those of a Multi-AZ cluster have what was committed.
  snapshots: 'losesNoData',
  patience: { checkEvery: 15, giveUpAfter: 600 },
  planned,

  async plan({ resource }, wishes, aws) {
    const reading = await readDbCluster(resource.id, aws);
    if (reading.kind !== 'found') return cannotPlan(reading, resource.id);
    const { cluster } = reading;
    const hindrance = await hindranceTo(cluster, aws);
    if (hindrance) return hindrance;
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
    if (reading.kind !== 'found') return cannotCheck(reading, plan.cluster);
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
