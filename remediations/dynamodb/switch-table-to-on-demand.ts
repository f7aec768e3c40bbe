import { z } from 'zod';
import { faultOf, tableOrReason, workOnTable, type Table } from '../../vitals/dynamodb/table';
import { futility, readThrottling, spotName } from '../../vitals/dynamodb/table-throttling';
import { answerBefore, backFrom, checkOf, standingOf } from '../absolute-change';
import { defineRemediation } from '../remediation';
import { provision, provisioning, provisioningOf, strangers } from './switch-table-to-on-demand/provisioning';

const hour = 60 * 60_000;

const change = { from: 'provisioned', to: 'on-demand' } as const;

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
  // The before-image of what is provisioned: for the way back.
  planned: provisioning,

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
      plan: provisioningOf(table),
      summary: `switch ${name} to on-demand, since ${spotName(name, worst)} are throttled; it is paid by the request then`,
      touches: [resource],
      group: 'alone',
    };
  },

  async start(plan, aws) {
    const table = await tableOrReason(plan.table, aws);
    if (typeof table === 'string') return { kind: 'refused', reason: table };
    const answer = answerBefore(standingOf(change, table.billing), modeOf(plan));
    if (answer) return answer;
    const objection = workOnTable(table) ?? objectionTo(table);
    if (objection) return { kind: 'refused', reason: objection };
    await aws.dynamodb.updateTable({ TableName: plan.table, BillingMode: 'PAY_PER_REQUEST' });
    return { kind: 'started' };
  },

  async check(plan, _handle, aws) {
    const table = await tableOrReason(plan.table, aws);
    if (typeof table === 'string') return { kind: 'failed', detail: table };
    return checkOf(standingOf(change, table.billing), modeOf(plan), workOnTable(table));
  },

  // Auto scaling settings are kept by a switch, and hold again after the way back.
  async undo(plan, aws) {
    const table = await tableOrReason(plan.table, aws);
    if (typeof table === 'string') return { kind: 'refused', reason: table };
    const objection = workOnTable(table) ?? strangers(plan, table);
    if (objection) return { kind: 'refused', reason: objection };
    const answer = answerBefore(standingOf(backFrom(change), table.billing), modeOf(plan));
    if (answer) return answer;
    await provision(plan, table, aws);
    return { kind: 'started' };
  },
});

const modeOf = ({ table }: z.infer<typeof provisioning>): string => `the capacity mode of ${table}`;

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
