import { z } from 'zod';
import type { Calls } from '../../vitals/aws';
import { readDbInstance, workOnDatabase, type DbInstance } from '../../vitals/rds/db-instance';
import { iopsWithSize, lastStorageChange, storageRestHours } from '../../vitals/rds/db-storage';
import { answerBefore, checkOf, standingOf } from '../absolute-change';
import { defineRemediation } from '../remediation';
import { cannotCheck, cannotPlan } from '../unread';
import { how, leftBehind, limit, nothingToRaise, valueOf, whatOf } from './expand-db-storage/growth';

const planned = z.object({
  instance: z.string(),
  how,
  /** GiB of what is raised, when the plan was made; storage that it awaits counts as there. */
  from: z.number(),
  to: z.number(),
});

const parameters = z.object({
  /** `ceiling`: how far RDS may grow the storage by itself. `storage`: the storage, at once. */
  how: how.default('ceiling'),
  /** Percent by which it is raised. RDS takes no less than 10; of a ceiling, it warns again at once below 26. */
  growBy: z.number().min(10).max(100).default(30),
  /** GiB that neither is ever raised above: storage costs by its size, and never shrinks again. */
  atMost: z.number().int().positive().default(1_000),
});

type Reads = Calls<'rds:DescribeDBInstances' | 'rds:DescribeEvents'>;

/** Gives a database that runs out of storage more of it, or lets RDS do so. */
export const expandDbStorage = defineRemediation({
  name: 'expand-db-storage',
  title: 'Give a database more storage',
  when: 'A database that is not of a cluster runs out of storage, or has none left and stands still.',
  whenNot:
    'Something fills the disk that can be cleared, such as a replication slot or logs; or storage was changed just now.',
  heals: ['db-storage-low'],
  takes: ['db-instance'],
  risk: 'low',
  needsApproval: false,
  parameters,
  permissions: {
    read: ['rds:DescribeDBInstances', 'rds:DescribeEvents'],
    write: [{ action: 'rds:ModifyDBInstance', on: 'arn:*:rds:*:*:db:*', tagged: true }],
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 60, giveUpAfter: 3_600 },
  planned,

  async plan({ resource }, wishes, aws) {
    const reading = await readDbInstance(resource.id, aws);
    if (reading.kind !== 'found') return cannotPlan(reading, resource.id);
    const { instance } = reading;
    const work = instance.cluster === undefined ? workOnDatabase(instance) : undefined;
    if (work) return { kind: 'busy', reason: `${work}: RDS takes no other change meanwhile` };
    const objection = await objectionTo(instance, aws);
    if (objection) return { kind: 'refused', reason: objection };
    const from = valueOf(wishes.how, instance);
    if (from === undefined) return { kind: 'refused', reason: nothingToRaise(wishes.how, instance) };
    const to = Math.min(Math.ceil(from * (1 + wishes.growBy / 100)), wishes.atMost);
    const reason = limit(wishes.how, instance, from, to);
    if (reason) return { kind: 'refused', reason };
    const plan = { instance: instance.id, how: wishes.how, from, to };
    const summary = `raise ${whatOf(plan)} from ${from} to ${to} GiB, which costs more from then on${leftBehind(instance)}`;
    // Its storage grows while it serves.
    return { kind: 'planned', plan, summary, touches: [{ ...resource, id: instance.id }], group: 'alone' };
  },

  async start(plan, aws) {
    const reading = await readDbInstance(plan.instance, aws);
    if (reading.kind !== 'found') return { kind: 'refused', reason: `${plan.instance} can't be read any more` };
    const { instance } = reading;
    const answer = answerBefore(standingOf(plan, valueOf(plan.how, instance)), whatOf(plan));
    if (answer) return answer;
    const objection = workOnDatabase(instance) ?? (await objectionTo(instance, aws));
    if (objection) return { kind: 'refused', reason: objection };
    await aws.rds.modifyDBInstance({
      DBInstanceIdentifier: plan.instance,
      ...(plan.how === 'ceiling'
        ? { MaxAllocatedStorage: plan.to }
        : { AllocatedStorage: plan.to, Iops: iopsWithSize(instance, plan.to) }),
      // Without it storage would wait for the maintenance window. Nothing else waits that it would bring about.
      ApplyImmediately: true,
    });
    return { kind: 'started' };
  },

  // Storage is there in minutes, and usable; that RDS optimizes it for hours after is no reason to wait.
  async check(plan, _handle, aws) {
    const reading = await readDbInstance(plan.instance, aws);
    if (reading.kind !== 'found') return cannotCheck(reading, plan.instance);
    const { instance } = reading;
    const { awaited } = instance.storage;
    const work =
      workOnDatabase(instance) ?? (awaited && `${instance.id} is to get ${awaited} GiB and has them not yet`);
    return checkOf(standingOf(plan, valueOf(plan.how, instance)), whatOf(plan), work || undefined);
  },
});

/** Why its storage must not be changed as it stands; undefined when it may. */
async function objectionTo({ id, cluster, status, pending }: DbInstance, aws: Reads): Promise<string | undefined> {
  if (cluster) return `${id} is a member of the cluster ${cluster}, whose storage is not its own`;
  if (status !== 'available' && status !== 'storage-full') return `${id} is ${status}: RDS changes no storage then`;
  if (pending.length > 0) return `${id} has changes waiting that would be applied with it: ${pending.join(', ')}`;
  const last = await lastStorageChange(id, aws);
  return (
    last && `the storage of ${id} was changed in the last ${storageRestHours} hours, and RDS lets it rest: ${last}`
  );
}
