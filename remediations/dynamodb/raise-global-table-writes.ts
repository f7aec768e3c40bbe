import { z } from 'zod';
import { faultOf, tableOrReason, workOnTable } from '../../vitals/dynamodb/table';
import { readReplicaWrites, type ReplicaWrites } from '../../vitals/dynamodb/table-replica-writes';
import { answerBefore, checkOf, standingOf } from '../absolute-change';
import { defineRemediation } from '../remediation';
import { leaveOnCopies } from '../scalable-target';

const planned = z.object({
  table: z.string(),
  /** Before-image of the most write units that auto scaling may give each of its copies. */
  from: z.number(),
  /** Decided once. */
  to: z.number(),
});
type Plan = z.infer<typeof planned>;

/** Raises how far auto scaling may take the writes of a global table, in all its Regions at once. */
export const raiseGlobalTableWrites = defineRemediation({
  name: 'raise-global-table-writes',
  title: 'Raise the writes of a global table',
  when: 'Copies of a global table follow late, and auto scaling has given them all the write units that it may.',
  whenNot: 'A copy is late since DynamoDB lost the right to replicate, or the use of a key: no capacity helps then.',
  heals: ['table-replication-late'],
  takes: ['table'],
  risk: 'low',
  needsApproval: false,
  parameters: z.strictObject({
    /** By how much the maximum is raised, in percent of what it is. */
    step: z.int().min(1).max(400).default(100),
    /** Units per second above which nothing is raised: every Region is paid for what auto scaling gives it. */
    ceiling: z.int().min(1).default(1_000),
  }),
  permissions: {
    read: ['dynamodb:DescribeTable', 'dynamodb:DescribeTableReplicaAutoScaling'],
    write: [{ action: 'dynamodb:UpdateTableReplicaAutoScaling', on: 'arn:*:dynamodb:*:*:table/*', tagged: true }],
    ...leaveOnCopies,
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 30, giveUpAfter: 900 },
  planned,

  async plan({ resource }, { step, ceiling }, aws) {
    const table = await tableOrReason(resource.id, aws);
    if (typeof table === 'string') return { kind: 'refused', reason: table };
    const { name, replicas, billing, units } = table;
    if (replicas.length === 0) return { kind: 'refused', reason: `${name} has no copy in another Region` };
    const fault = faultOf(table);
    if (fault) return { kind: 'refused', reason: `${fault}. More capacity would not help` };
    const work = workOnTable(table);
    if (work) return { kind: 'busy', reason: work };
    if (billing === 'on-demand') {
      return { kind: 'refused', reason: `${name} is on demand: its writes have no capacity that could be raised` };
    }
    const writes = await readReplicaWrites(name, aws);
    if (writes.kind === 'changing') return { kind: 'busy', reason: writes.reason };
    if (writes.kind === 'unclear') return { kind: 'refused', reason: writes.reason };
    const from = writes.max;
    if (units.write < from) {
      const room = `${name} has ${units.write} write units, and auto scaling may give ${from}`;
      return { kind: 'refused', reason: `${room}: look why it does not` };
    }
    const to = Math.min(ceiling, Math.ceil(from * (1 + step / 100)));
    if (to <= from) {
      return { kind: 'refused', reason: `auto scaling may give ${name} ${from} write units, the policy ${ceiling}` };
    }
    const regions = replicas.map(({ region }) => region).join(', ');
    return {
      kind: 'planned',
      plan: { table: name, from, to },
      summary: `raise the maximum of the writes of ${name} from ${from} to ${to} units, here and in ${regions}`,
      touches: [resource],
      group: 'alone',
    };
  },

  async start(plan, aws) {
    const table = await tableOrReason(plan.table, aws);
    if (typeof table === 'string') return { kind: 'refused', reason: table };
    const writes = await readReplicaWrites(plan.table, aws);
    if (writes.kind === 'changing') return { kind: 'refused', reason: writes.reason };
    const answer = answerBefore(standingIn(plan, writes), whatIn(plan));
    if (answer) return answer;
    const objection = workOnTable(table) ?? faultOf(table);
    if (objection) return { kind: 'refused', reason: objection };
    await aws.dynamodb.updateTableReplicaAutoScaling({
      TableName: plan.table,
      ProvisionedWriteCapacityAutoScalingUpdate: { MaximumUnits: plan.to },
    });
    return { kind: 'started' };
  },

  async check(plan, _handle, aws) {
    const table = await tableOrReason(plan.table, aws);
    if (typeof table === 'string') return { kind: 'failed', detail: table };
    const writes = await readReplicaWrites(plan.table, aws);
    if (writes.kind === 'changing') return { kind: 'pending', detail: writes.reason };
    return checkOf(standingIn(plan, writes), whatIn(plan), workOnTable(table));
  },
});

const whatIn = ({ table }: Plan): string => `the maximum of the writes of ${table}`;

/** Copies that differ, and are not being changed, were changed by others. */
function standingIn({ from, to }: Plan, writes: ReplicaWrites) {
  return writes.kind === 'known' ? standingOf({ from, to }, writes.max) : 'overtaken';
}
