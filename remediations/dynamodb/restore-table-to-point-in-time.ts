import { z } from 'zod';
import type { Calls } from '../../vitals/aws';
import { readTable, tableOrReason, workOnTable } from '../../vitals/dynamodb/table';
import { readRecovery } from '../../vitals/dynamodb/table-recovery';
import { momentText } from '../../vitals/moment-text';
import { checkOfCreated, createdInfix, derivedName } from '../named-creation';
import { defineRemediation } from '../remediation';
import { createdIn } from './restore-table-to-point-in-time/created';

const minute = 60_000;
const longestName = 255;

/** What DynamoDB does not bring back: somebody must set it up before the restored table is used. */
const notRestored = 'auto scaling, alarms, tags, streams, TTL, point-in-time recovery, IAM policies';

const planned = z.object({
  table: z.string(),
  /** By it the new table says where it came from. It is the same of a table that was deleted and made anew: of that the window tells. */
  arn: z.string(),
  /** Name of the table that is made. */
  target: z.string(),
  /** Moment that it is restored to, in milliseconds. */
  to: z.number(),
});

const restored = `arn:*:dynamodb:*:*:table/*${createdInfix}*`;
const rowActions = ['BatchWriteItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'];

/** Restores a table as it was some time ago, into a new table beside it. Which of the two is used is for people to say. */
export const restoreTableToPointInTime = defineRemediation({
  name: 'restore-table-to-point-in-time',
  title: 'Restore a table beside itself',
  when: 'Data of a table was deleted or overwritten, and it can be restored to a moment before that.',
  whenNot: 'Nobody knows when it was still right; or it serves, and the data that came since is worth more.',
  heals: ['table-data-lost'],
  takes: ['table'],
  risk: 'medium',
  needsApproval: true,
  parameters: z.strictObject({
    /** Minutes before the plan to which it is restored: long enough that the data was still right. */
    minutesBack: z
      .int()
      .min(5)
      .max(35 * 24 * 60)
      .default(60),
  }),
  permissions: {
    read: ['dynamodb:DescribeTable', 'dynamodb:DescribeContinuousBackups'],
    write: [
      { action: 'dynamodb:RestoreTableToPointInTime', on: 'arn:*:dynamodb:*:*:table/*', tagged: true },
      { action: 'dynamodb:RestoreTableToPointInTime', on: restored, tagged: false },
    ],
    // DynamoDB writes the rows of the new table with the rights of whoever restores it.
    implied: rowActions.map((action) => ({ action: `dynamodb:${action}`, on: restored, tagged: false })),
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 120, giveUpAfter: 6 * 3_600 },
  planned,

  async plan({ resource, attemptKey, since }, { minutesBack }, aws) {
    const table = await tableOrReason(resource.id, aws);
    if (typeof table === 'string') return { kind: 'refused', reason: table };
    const work = workOnTable(table);
    if (work) return { kind: 'busy', reason: work };
    // DynamoDB knows moments to the second.
    const to = Math.floor(((since ?? aws.now()) - minutesBack * minute) / 1_000) * 1_000;
    const objection = await objectionTo(table.name, to, aws);
    if (objection) return { kind: 'refused', reason: objection };
    const target = derivedName(table.name, attemptKey, longestName);
    return {
      kind: 'planned',
      plan: { table: table.name, arn: table.arn, target, to },
      summary: `restore ${table.name} as of ${momentText(to)} into ${target}, a table that costs money until it is deleted`,
      touches: [resource],
      group: 'alone',
    };
  },

  async start(plan, aws) {
    const table = await tableOrReason(plan.table, aws);
    if (typeof table === 'string') return { kind: 'refused', reason: table };
    const made = createdIn(plan, await readTable(plan.target, aws));
    if (made.kind === 'found') return { kind: 'started' };
    if (made.kind === 'foreign') return { kind: 'refused', reason: `somebody else has a table ${plan.target}` };
    const objection = workOnTable(table) ?? (await objectionTo(table.name, plan.to, aws));
    if (objection) return { kind: 'refused', reason: objection };
    await aws.dynamodb.restoreTableToPointInTime({
      SourceTableName: plan.table,
      TargetTableName: plan.target,
      RestoreDateTime: new Date(plan.to),
    });
    return { kind: 'started' };
  },

  async check(plan, _handle, aws) {
    const answer = checkOfCreated(createdIn(plan, await readTable(plan.target, aws)), `table ${plan.target}`);
    if (answer.kind !== 'done') return answer;
    const next = `Set up what is not restored (${notRestored}), then point the application at it`;
    return { kind: 'done', detail: `${plan.target} holds ${plan.table} as of ${momentText(plan.to)}. ${next}` };
  },
});

/** Why it can't be restored to that moment; undefined when it can. */
async function objectionTo(
  name: string,
  to: number,
  aws: Calls<'dynamodb:DescribeContinuousBackups'>,
): Promise<string | undefined> {
  const { isOn, window } = await readRecovery(name, aws);
  if (!isOn) return `${name} has no point-in-time recovery: look for a backup of it`;
  if (window && to >= window.earliest && to <= window.latest) return undefined;
  const can = window ? `from ${momentText(window.earliest)} to ${momentText(window.latest)}` : 'to no moment yet';
  return `${name} can be restored ${can}, and not to ${momentText(to)}`;
}
