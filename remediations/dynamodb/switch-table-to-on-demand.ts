import { z } from 'zod';
import type { Calls } from '../../vitals/aws';
import { faultOf, tableOrReason, workOnTable, type Table } from '../../vitals/dynamodb/table';
import { futility, readThrottling, spotName } from '../../vitals/dynamodb/table-throttling';
import { answerBefore, checkOf, standingOf } from '../absolute-change';
import { defineRemediation } from '../remediation';

const hour = 60 * 60_000;

const units = { read: z.number(), write: z.number() };

const planned = z.object({
  table: z.string(),
  /** Before-image of what is provisioned: for the way back. */
  units: z.object(units),
  indexes: z.array(z.object({ name: z.string(), units: z.object(units) })),
});
type Plan = z.infer<typeof planned>;

const onDemand = { from: 'provisioned', to: 'on-demand' } as const;
const provisioned = { from: 'on-demand', to: 'provisioned' } as const;

/** Lets a table take whatever comes, and be paid by the request. */
export const switchTableToOnDemand = defineRemediation({
  name: 'switch-table-to-on-demand',
  title: 'Switch a table to on-demand capacity',
  when: 'A provisioned table is throttled, and nobody can tell how much it will be asked for.',
  whenNot: 'It must help at once: the switch takes minutes, and the table has its old capacity meanwhile.',
  heals: ['table-throttled'],
  takes: ['table'],
  risk: 'medium',
  needsApproval: true,
  parameters: z.strictObject({
    /** Hours from one switch to the next; AWS allows four in any 24 hours. */
    restHours: z.int().min(6).max(168).default(24),
  }),
  permissions: {
    read: ['dynamodb:DescribeTable', 'cloudwatch:GetMetricData'],
    write: [{ action: 'dynamodb:UpdateTable', on: 'arn:*:dynamodb:*:*:table/*', tagged: true }],
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 60, giveUpAfter: 3_600 },
  planned,

  async plan({ resource }, { restHours }, aws) {
    const table = await tableOrReason(resource.id, aws);
    if (typeof table === 'string') return { kind: 'refused', reason: table };
    const work = workOnTable(table);
    if (work) return { kind: 'busy', reason: work };
    const { name, billing } = table;
    if (billing === 'on-demand') return { kind: 'refused', reason: `${name} is on demand already: look for a hot key` };
    const objection = objectionTo(table) ?? restlessness(table, restHours, aws.now());
    if (objection) return { kind: 'refused', reason: objection };
    const [worst] = await readThrottling(table, aws);
    if (!worst) return { kind: 'notNeeded', reason: `no request to ${name} was throttled in the last minutes` };
    const futile = futility(name, worst);
    if (futile) return { kind: 'refused', reason: futile };
    return {
      kind: 'planned',
      plan: {
        table: name,
        units: table.units,
        indexes: table.indexes.map((index) => ({ name: index.name, units: index.units })),
      },
      summary: `switch ${name} to on-demand, since ${spotName(name, worst)} are throttled; it is paid by the request then`,
      touches: [resource],
      group: 'alone',
    };
  },

  async start(plan, aws) {
    const table = await tableOrReason(plan.table, aws);
    if (typeof table === 'string') return { kind: 'refused', reason: table };
    const answer = answerBefore(standingOf(onDemand, table.billing), modeOf(plan));
    if (answer) return answer;
    const objection = workOnTable(table) ?? objectionTo(table);
    if (objection) return { kind: 'refused', reason: objection };
    await aws.dynamodb.updateTable({ TableName: plan.table, BillingMode: 'PAY_PER_REQUEST' });
    return { kind: 'started' };
  },

  async check(plan, _handle, aws) {
    const table = await tableOrReason(plan.table, aws);
    if (typeof table === 'string') return { kind: 'failed', detail: table };
    return checkOf(standingOf(onDemand, table.billing), modeOf(plan), workOnTable(table));
  },

  // Auto scaling settings are kept by a switch, and hold again after the way back.
  async undo(plan, aws) {
    const table = await tableOrReason(plan.table, aws);
    if (typeof table === 'string') return { kind: 'refused', reason: table };
    const objection = workOnTable(table) ?? strangers(plan, table);
    if (objection) return { kind: 'refused', reason: objection };
    const answer = answerBefore(standingOf(provisioned, table.billing), modeOf(plan));
    if (answer) return answer;
    await provision(plan, aws);
    return { kind: 'started' };
  },
});

const modeOf = ({ table }: Pick<Plan, 'table'>): string => `the capacity mode of ${table}`;

/** Why this table must not be switched; undefined when it may. */
function objectionTo(table: Table): string | undefined {
  const [copy] = table.replicas;
  return (
    faultOf(table) ??
    (copy && `${table.name} has a copy in ${copy.region}, and a switch loses the auto scaling of both: a person must`)
  );
}

/** AWS tells of the last switch only, so they are kept apart rather than counted. */
function restlessness({ name, switchedAt }: Table, restHours: number, now: number): string | undefined {
  if (switchedAt === undefined || now - switchedAt >= restHours * hour) return undefined;
  const ago = Math.floor((now - switchedAt) / hour);
  return `${name} was switched to on-demand ${ago} hours ago, and the policy wants ${restHours} between two switches`;
}

/** Without its units no index can be provisioned. */
function strangers({ table: name, indexes }: Plan, table: Table): string | undefined {
  const known = new Set(indexes.map((index) => index.name));
  const stranger = table.indexes.find((index) => !known.has(index.name));
  return stranger && `the index ${stranger.name} of ${name} is newer than the plan: nobody knows its capacity`;
}

async function provision({ table, units: own, indexes }: Plan, aws: Calls<'dynamodb:UpdateTable'>): Promise<void> {
  const throughput = (given: Plan['units']) => ({
    ProvisionedThroughput: { ReadCapacityUnits: given.read, WriteCapacityUnits: given.write },
  });
  await aws.dynamodb.updateTable({
    TableName: table,
    BillingMode: 'PROVISIONED',
    ...throughput(own),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexUpdates: indexes.map((index) => ({
        Update: { IndexName: index.name, ...throughput(index.units) },
      })),
    }),
  });
}
