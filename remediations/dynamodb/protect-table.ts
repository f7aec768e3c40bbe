import { z } from 'zod';
import type { Calls } from '../../vitals/aws';
import { faultOf, tableOrReason, workOnTable } from '../../vitals/dynamodb/table';
import { protections, readLacking } from '../../vitals/dynamodb/table-recovery';
import { defineRemediation } from '../remediation';

const gibibyte = 1024 ** 3;

const planned = z.object({
  table: z.string(),
  /** Before-image: what it lacks, of which each step gives it one. */
  lacks: z.array(z.enum(protections)),
  recoveryDays: z.number(),
});

type Writes = Calls<'dynamodb:UpdateContinuousBackups' | 'dynamodb:UpdateTable'>;

/** Lets a table be restored to any moment from now on, then keeps it from being deleted. */
export const protectTable = defineRemediation({
  name: 'protect-table',
  title: 'Protect a table from loss',
  when: 'A table cannot be restored to a moment of the past, or anybody may delete it.',
  whenNot: 'Its data is already lost, since only what comes after can be restored; or it is meant to be thrown away.',
  heals: ['table-unprotected'],
  takes: ['table'],
  risk: 'low',
  needsApproval: false,
  parameters: z.strictObject({
    /** Days back to which it can be restored. */
    recoveryDays: z.int().min(1).max(35).default(35),
    /** A larger table is left to people: recovery is paid by the gibibyte. */
    atMostGiB: z.number().positive().default(100),
  }),
  permissions: {
    read: ['dynamodb:DescribeTable', 'dynamodb:DescribeContinuousBackups'],
    write: [
      { action: 'dynamodb:UpdateContinuousBackups', on: 'arn:*:dynamodb:*:*:table/*', tagged: true },
      { action: 'dynamodb:UpdateTable', on: 'arn:*:dynamodb:*:*:table/*', tagged: true },
    ],
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 15, giveUpAfter: 600 },
  planned,

  async plan({ resource }, { recoveryDays, atMostGiB }, aws) {
    const table = await tableOrReason(resource.id, aws);
    if (typeof table === 'string') return { kind: 'refused', reason: table };
    const { name, sizeBytes } = table;
    const work = workOnTable(table);
    if (work) return { kind: 'busy', reason: work };
    const fault = faultOf(table);
    if (fault) return { kind: 'refused', reason: fault };
    const lacks = await readLacking(table, aws);
    if (lacks.length === 0) return { kind: 'notNeeded', reason: `${name} can be restored, and is protected` };
    const sizeGiB = Math.ceil(sizeBytes / gibibyte);
    if (lacks.includes('point-in-time recovery') && sizeGiB > atMostGiB) {
      return {
        kind: 'refused',
        reason: `${name} has ${sizeGiB} GiB, and the policy pays recovery for ${atMostGiB}: a person decides`,
      };
    }
    return {
      kind: 'planned',
      plan: { table: name, lacks: [...lacks], recoveryDays },
      summary: `give ${name} ${lacks.join(' and ')}`,
      touches: [resource],
      group: 'alone',
    };
  },

  async start({ table: name, lacks, recoveryDays }, aws) {
    const table = await tableOrReason(name, aws);
    if (typeof table === 'string') return { kind: 'refused', reason: table };
    const [next] = (await readLacking(table, aws)).filter((one) => lacks.includes(one));
    if (!next) return { kind: 'started' };
    const objection = workOnTable(table) ?? faultOf(table);
    if (objection) return { kind: 'refused', reason: objection };
    await give(name, next, recoveryDays, aws);
    return { kind: 'started' };
  },

  async check({ table: name, lacks }, _handle, aws) {
    const table = await tableOrReason(name, aws);
    if (typeof table === 'string') return { kind: 'failed', detail: table };
    // What it has lost since is another plan's to give: this one has not weighed what that costs.
    const now = (await readLacking(table, aws)).filter((one) => lacks.includes(one));
    const work = workOnTable(table);
    if (work) return { kind: 'pending', detail: work };
    if (now.length === 0) return { kind: 'done', detail: `${name} has ${lacks.join(' and ')}` };
    const detail = `${name} lacks ${now.join(' and ')}`;
    return { kind: now.length < lacks.length ? 'continue' : 'notStarted', detail };
  },
});

async function give(
  TableName: string,
  what: (typeof protections)[number],
  RecoveryPeriodInDays: number,
  aws: Writes,
): Promise<void> {
  if (what === 'deletion protection') await aws.dynamodb.updateTable({ TableName, DeletionProtectionEnabled: true });
  else {
    await aws.dynamodb.updateContinuousBackups({
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays },
    });
  }
}
