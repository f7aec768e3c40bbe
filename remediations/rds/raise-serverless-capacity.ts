import { z } from 'zod';
import type { Calls } from '../../vitals/aws';
import { capacityUsed } from '../../vitals/rds/db-capacity';
import { readDbCluster } from '../../vitals/rds/db-cluster';
import { unsettled, workOnDatabase } from '../../vitals/rds/db-instance';
import { answerBefore, backFrom, checkOf, standingOf, type AbsoluteChange } from '../absolute-change';
import { defineRemediation, type Start } from '../remediation';
import { cannotCheck, cannotPlan } from '../unread';

const planned = z.object({
  cluster: z.string(),
  /** Most capacity units (ACU) of each member. */
  from: z.number(),
  to: z.number(),
});

type Writes = Calls<'rds:DescribeDBClusters' | 'rds:DescribeDBInstances' | 'rds:ModifyDBCluster'>;

/** Share of the range that is in use when a cluster counts as held back by it. */
const usedUp = 0.9;

/** Lets the members of an Aurora Serverless v2 cluster grow further. */
export const raiseServerlessCapacity = defineRemediation({
  name: 'raise-serverless-capacity',
  title: 'Let a serverless database grow further',
  when: 'The members of an Aurora Serverless v2 cluster are as large as its maximum capacity lets them be.',
  whenNot:
    'They have room left, and something else holds them up; or more connections are needed, which takes a restart.',
  heals: ['db-overloaded'],
  takes: ['db-cluster'],
  risk: 'low',
  needsApproval: true,
  parameters: z.object({
    /** Percent by which the maximum is raised, to the next half unit. */
    growBy: z.number().min(1).max(200).default(50),
    /** Capacity units that the maximum is never raised above: each costs for as long as it is in use. */
    atMost: z.number().positive().max(256).default(64),
  }),
  permissions: {
    read: ['cloudwatch:GetMetricData', 'rds:DescribeDBClusters', 'rds:DescribeDBInstances'],
    write: [{ action: 'rds:ModifyDBCluster', on: 'arn:*:rds:*:*:cluster:*', tagged: true }],
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 30, giveUpAfter: 900 },
  planned,

  async plan({ resource }, { growBy, atMost }, aws) {
    const reading = await readDbCluster(resource.id, aws);
    if (reading.kind !== 'found') return cannotPlan(reading, resource.id);
    const { cluster } = reading;
    const { id, capacity } = cluster;
    if (!capacity)
      return { kind: 'refused', reason: `${id} has no range of Serverless v2: its members are of fixed size` };
    const work = workOnDatabase(cluster);
    if (work) return { kind: 'busy', reason: work };
    const objection = unsettled(cluster, 'changes');
    if (objection) return { kind: 'refused', reason: objection };
    const used = await capacityUsed(cluster, aws);
    if (used === undefined)
      return { kind: 'refused', reason: `how much capacity ${id} uses is not told by CloudWatch` };
    const from = capacity.most;
    if (used < from * usedUp) {
      return { kind: 'refused', reason: `${id} uses ${used} of ${from} ACU at most: its range does not hold it back` };
    }
    const to = Math.min(Math.ceil(from * (1 + growBy / 100) * 2) / 2, atMost);
    if (to <= from) {
      return {
        kind: 'refused',
        reason: `${id} may have ${from} ACU already, and the policy allows ${atMost} (atMost)`,
      };
    }
    return {
      kind: 'planned',
      plan: { cluster: id, from, to },
      summary: `let each member of ${id} grow to ${to} ACU instead of ${from}, which costs more while it is in use`,
      touches: [{ ...resource, id }],
      // They grow while they serve.
      group: 'alone',
    };
  },

  start: (plan, aws) => set(plan.cluster, plan, aws),

  async check(plan, _handle, aws) {
    const reading = await readDbCluster(plan.cluster, aws);
    if (reading.kind !== 'found') return cannotCheck(reading, plan.cluster);
    const { cluster } = reading;
    return checkOf(standingOf(plan, cluster.capacity?.most), whatOf(plan.cluster), workOnDatabase(cluster));
  },

  undo: (plan, aws) => set(plan.cluster, backFrom(plan), aws),
});

function whatOf(id: string): string {
  return `the maximum capacity of ${id}`;
}

/** Sets the maximum, if it is still as it was. */
async function set(id: string, change: AbsoluteChange<number>, aws: Writes): Promise<Start> {
  const reading = await readDbCluster(id, aws);
  if (reading.kind !== 'found') return { kind: 'refused', reason: `${id} can't be read any more` };
  const { cluster } = reading;
  const { least, most, pauseAfter } = cluster.capacity ?? {};
  const answer = answerBefore(standingOf(change, most), whatOf(id));
  if (answer) return answer;
  const objection = unsettled(cluster, 'changes');
  if (objection) return { kind: 'refused', reason: objection };
  await aws.rds.modifyDBCluster({
    DBClusterIdentifier: id,
    ServerlessV2ScalingConfiguration: {
      MinCapacity: least,
      MaxCapacity: change.to,
      ...(pauseAfter !== undefined && { SecondsUntilAutoPause: pauseAfter }),
    },
    // Nothing else waits that it would bring about.
    ApplyImmediately: true,
  });
  return { kind: 'started' };
}
