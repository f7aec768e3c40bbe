import { z } from 'zod';
import { faultOf, tableOrReason, workOnTable, type Table } from '../../vitals/dynamodb/table';
import { boundOf, limitKinds, readLimit, roomUnder } from '../../vitals/dynamodb/table-limit';
import { futility, readThrottling, spotName } from '../../vitals/dynamodb/table-throttling';
import { answerBefore, backFrom, checkOf } from '../absolute-change';
import { busyWith, refusedFor, startRefused, type Hindrance } from '../hindrance';
import { defineRemediation } from '../remediation';
import { leaveToSetBounds } from '../scalable-target';
import { limitName, nameOfLimit, setLimit, standingIn } from './raise-table-capacity/limit';

const parameters = z.strictObject({
  /** By how much it is raised, in percent of what it is. */
  step: z.int().min(1).max(400).default(100),
  /** Units per second above which nothing is raised: what is raised costs money until somebody lowers it. */
  ceiling: z.int().min(1).default(1_000),
});

const values = z.record(z.string(), z.number());

const planned = z.object({
  table: z.string(),
  index: z.string().optional(),
  side: z.enum(['read', 'write']),
  kind: z.enum(limitKinds),
  /** Before-image of the limit. */
  from: values,
  /** Decided once: a start that is repeated sets the same numbers. */
  to: values,
});

/** Raises what bounds a table or an index that is throttled: reads or writes, whichever is the worst. */
export const raiseTableCapacity = defineRemediation({
  name: 'raise-table-capacity',
  title: 'Raise the capacity of a table',
  when: 'A table or one of its indexes takes as much as it was given, and turns the rest away.',
  whenNot: 'One key gets most of the requests: no capacity helps then. Nor if copies in other Regions must keep up.',
  heals: ['table-throttled'],
  takes: ['table'],
  risk: 'low',
  needsApproval: false,
  parameters,
  permissions: {
    read: ['dynamodb:DescribeTable', 'cloudwatch:GetMetricData', 'application-autoscaling:DescribeScalableTargets'],
    write: [
      { action: 'dynamodb:UpdateTable', on: 'arn:*:dynamodb:*:*:table/*', tagged: true },
      leaveToSetBounds('dynamodb'),
    ],
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 30, giveUpAfter: 900 },
  planned,

  async plan({ resource }, { step, ceiling }, aws) {
    const table = await tableOrReason(resource.id, aws);
    if (typeof table === 'string') return { kind: 'refused', reason: table };
    const hindrance = hindranceTo(table);
    if (hindrance) return hindrance;
    const [worst] = await readThrottling(table, aws);
    if (!worst) return { kind: 'notNeeded', reason: `no request to ${table.name} was throttled in the last minutes` };
    const name = spotName(table.name, worst);
    const futile = futility(table.name, worst);
    if (futile) return { kind: 'refused', reason: futile };
    const limit = await readLimit(table, worst, aws);
    if (!limit) return { kind: 'refused', reason: `nothing that could be raised bounds ${name}` };
    const room = roomUnder(limit, table, worst);
    if (room) return { kind: 'refused', reason: room };
    const bound = boundOf(limit, worst);
    const from = limit.values[bound] ?? 0;
    const to = Math.min(ceiling, Math.ceil(from * (1 + step / 100)));
    if (to <= from) return { kind: 'refused', reason: `${name} have ${from} units, and the policy allows ${ceiling}` };
    const { index, side } = worst;
    return {
      kind: 'planned',
      plan: {
        table: table.name,
        ...(index !== undefined && { index }),
        side,
        kind: limit.kind,
        from: limit.values,
        to: { ...limit.values, [bound]: to },
      },
      summary: `raise ${limitName[limit.kind]} for ${name} from ${from} to ${to} units`,
      touches: [resource],
      group: 'alone',
    };
  },

  async start(plan, aws) {
    const table = await tableOrReason(plan.table, aws);
    if (typeof table === 'string') return { kind: 'refused', reason: table };
    const limit = await readLimit(table, plan, aws);
    const answer = answerBefore(standingIn(plan, limit), nameOfLimit(plan));
    if (answer) return answer;
    const hindrance = hindranceTo(table);
    if (hindrance) return startRefused(hindrance);
    await setLimit(plan, plan.to, aws);
    return { kind: 'started' };
  },

  async check(plan, _handle, aws) {
    const table = await tableOrReason(plan.table, aws);
    if (typeof table === 'string') return { kind: 'failed', detail: table };
    const limit = await readLimit(table, plan, aws);
    return checkOf(standingIn(plan, limit), nameOfLimit(plan), workOnTable(table));
  },

  async undo(plan, aws) {
    const table = await tableOrReason(plan.table, aws);
    if (typeof table === 'string') return { kind: 'refused', reason: table };
    // What is under way shows the old numbers still.
    const work = workOnTable(table);
    if (work) return { kind: 'refused', reason: work };
    const back = { kind: plan.kind, ...backFrom(plan) };
    const answer = answerBefore(standingIn(back, await readLimit(table, plan, aws)), nameOfLimit(plan));
    if (answer) return answer;
    await setLimit(plan, plan.from, aws);
    return { kind: 'started' };
  },
});

/** Why this table is not raised as it stands, however it is bounded; undefined when it may be. */
function hindranceTo(table: Table): Hindrance | undefined {
  const [copy] = table.replicas;
  const shared =
    copy && `${table.name} has a copy in ${copy.region}, which needs the same capacity: change all of them together`;
  return busyWith(workOnTable(table)) ?? refusedFor(faultOf(table) ?? shared);
}
