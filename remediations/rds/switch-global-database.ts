import { z } from 'zod';
import { readDbCluster } from '../../vitals/rds/db-cluster';
import { serves } from '../../vitals/rds/db-instance';
import { readGlobalDatabase } from '../../vitals/rds/global-database';
import { defineRemediation } from '../remediation';
import { secondaryOf, type Secondary } from './switch-global-database/secondary';
import { givenUp, handedOver } from './switch-global-database/telling';

const how = z.enum(['switchover', 'failover']);

const planned = z.object({
  how,
  global: z.string(),
  cluster: z.string(),
  arn: z.string(),
  /** ARN of the cluster that wrote when the plan was made. */
  from: z.string(),
});
type Plan = z.infer<typeof planned>;

/** Makes a secondary cluster of an Aurora global database its primary. It is asked for, and done, in the secondary's Region. */
export const switchGlobalDatabase = defineRemediation({
  name: 'switch-global-database',
  title: 'Move the primary of a global database to this Region',
  when: 'The Region of the primary fails, people have decided to leave it, and a secondary of this Region is well.',
  whenNot:
    'The old primary may still take writes and nobody has cut it off, or one Availability Zone alone is at fault.',
  heals: ['db-source-lost'],
  takes: ['db-cluster'],
  risk: 'high',
  needsApproval: true,
  parameters: z.object({
    /** `switchover`: the primary hands over, and nothing is lost; it must be well for that. `failover`: it is given up. */
    how: how.default('switchover'),
  }),
  permissions: {
    read: [
      'cloudwatch:GetMetricData',
      'rds:DescribeDBClusters',
      'rds:DescribeDBInstances',
      'rds:DescribeGlobalClusters',
    ],
    // RDS asks about the global database, too, which carries tags of its own.
    write: [
      { action: 'rds:SwitchoverGlobalCluster', on: 'arn:*:rds:*:*:cluster:*', tagged: true },
      { action: 'rds:SwitchoverGlobalCluster', on: 'arn:*:rds::*:global-cluster:*', tagged: true },
      { action: 'rds:FailoverGlobalCluster', on: 'arn:*:rds:*:*:cluster:*', tagged: true },
      { action: 'rds:FailoverGlobalCluster', on: 'arn:*:rds::*:global-cluster:*', tagged: true },
    ],
  },
  // What was not copied is in the other Region, out of reach from here.
  snapshots: 'noneCanBeMade',
  patience: { checkEvery: 60, giveUpAfter: 3_600 },
  planned,

  async plan({ resource }, wishes, aws) {
    const found = await secondaryOf(resource.id, aws);
    if (found.kind !== 'found') return found;
    const { cluster, global, from } = found;
    const { id, arn, members } = cluster;
    return {
      kind: 'planned',
      plan: { how: wishes.how, global: global.name, cluster: id, arn, from },
      ...(wishes.how === 'switchover' ? handedOver(cluster, from) : await givenUp(cluster, from, aws)),
      touches: [{ ...resource, id }],
      group: {
        resource: { ...resource, id },
        size: members.length,
        healthyOthers: members.filter(({ status }) => serves(status)).length,
      },
    };
  },

  async start(plan, aws) {
    const found = await secondaryOf(plan.cluster, aws);
    if (found.kind === 'notNeeded') return { kind: 'started' };
    if (found.kind !== 'found') return { kind: 'refused', reason: found.reason };
    const objection = change(plan, found);
    if (objection) return { kind: 'refused', reason: objection };
    const target = { GlobalClusterIdentifier: plan.global, TargetDbClusterIdentifier: plan.arn };
    if (plan.how === 'switchover') await aws.rds.switchoverGlobalCluster(target);
    else await aws.rds.failoverGlobalCluster({ ...target, AllowDataLoss: true });
    return { kind: 'started' };
  },

  async check({ cluster: id, arn, global: name, from }, _handle, aws) {
    const { primary, movement } = await readGlobalDatabase(name, aws);
    if (movement) return { kind: 'pending', detail: movement };
    if (primary === from) return { kind: 'notStarted', detail: `${from} is still the primary of ${name}` };
    if (primary !== arn) return { kind: 'failed', detail: `${primary ?? 'nobody'} became the primary of ${name}` };
    const reading = await readDbCluster(id, aws);
    if (reading.kind !== 'found')
      return { kind: 'pending', detail: `${id}, now the primary of ${name}, can't be read` };
    const writer = reading.cluster.members.find((member) => member.writer);
    const detail = `${id} is the primary of ${name}, and its writer is ${writer?.status ?? 'not there yet'}`;
    return { kind: writer && serves(writer.status) ? 'done' : 'pending', detail };
  },
});

/** What has changed since the plan; undefined when nothing has. */
function change(plan: Plan, { cluster, global, from }: Secondary): string | undefined {
  if (global.name !== plan.global || cluster.arn !== plan.arn)
    return `${cluster.id} is not the cluster of the plan any more`;
  return from === plan.from ? undefined : `${from} is the primary of ${global.name} now, and not ${plan.from}`;
}
