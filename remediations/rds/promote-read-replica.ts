import { z } from 'zod';
import { readDbInstance, serves, workOnDatabase, type DbInstance } from '../../vitals/rds/db-instance';
import type { Calls } from '../../vitals/aws';
import { readFollowedUntil, readSource, unfitToPromote } from '../../vitals/rds/db-replication';
import { momentText } from '../../vitals/moment-text';
import { defineRemediation } from '../remediation';
import { cannotCheck, cannotPlan } from '../unread';

const parameters = z.strictObject({
  /** Days that its automated backups are kept from then on. */
  backupDays: z.int().min(1).max(35).default(7),
  /** Also a replica that has no automated backups yet: until its first one, nothing could bring it back. */
  evenWithoutBackups: z.boolean().default(false),
  /**
   * Also a replica of a source in another Region, which cannot be read from here. Whoever approves then answers for it that
   * the source takes no more writes.
   */
  evenFromElsewhere: z.boolean().default(false),
});
type Parameters = z.infer<typeof parameters>;

const planned = parameters.extend({
  replica: z.string(),
  /** Before-image: what it follows. It follows nothing any more once it has been promoted. */
  source: z.string(),
});

type Reads = Calls<'rds:DescribeDBInstances'>;

/** Makes a read replica a database of its own when what it follows is lost. It never follows that again. */
export const promoteReadReplica = defineRemediation({
  name: 'promote-read-replica',
  title: 'Make a read replica a database of its own',
  when: 'The database that a read replica follows is lost for good, and nothing but the replica can take writes soon.',
  whenNot: 'The source may come back and take writes as well, it can fail over, or it is Aurora.',
  heals: ['db-source-lost'],
  takes: ['db-instance'],
  risk: 'high',
  needsApproval: true,
  parameters,
  permissions: {
    read: ['cloudwatch:GetMetricData', 'rds:DescribeDBInstances'],
    write: [{ action: 'rds:PromoteReadReplica', on: 'arn:*:rds:*:*:db:*', tagged: true }],
  },
  // What it has not got is with the source, which is lost.
  snapshots: 'noneCanBeMade',
  patience: { checkEvery: 60, giveUpAfter: 3_600 },
  planned,

  async plan({ resource }, chosen, aws) {
    const reading = await readDbInstance(resource.id, aws);
    if (reading.kind !== 'found') return cannotPlan(reading, resource.id);
    const { instance } = reading;
    const { id, source } = instance;
    if (source === undefined) return { kind: 'notNeeded', reason: `${id} follows no other database` };
    const work = workOnDatabase(instance);
    if (work) return { kind: 'busy', reason: `${work}: RDS promotes only what is available` };
    const objection = await objectionTo(instance, source, chosen, aws);
    if (objection) return { kind: 'refused', reason: objection };
    const until = await readFollowedUntil(instance, aws);
    if (until === undefined) {
      return { kind: 'refused', reason: `ReplicaLag does not tell how far ${id} has followed ${source}` };
    }
    const moment = momentText(until);
    return {
      kind: 'planned',
      plan: { ...chosen, replica: id, source },
      summary: `make ${id} a database of its own, as ${source} was at ${moment}; clients must then be sent there`,
      touches: [{ ...resource, id }],
      group: 'alone',
      destroys: [`what was written to ${source} after ${moment}, which ${id} has not got`],
    };
  },

  async start(plan, aws) {
    const reading = await readDbInstance(plan.replica, aws);
    if (reading.kind !== 'found') return { kind: 'refused', reason: `${plan.replica} can't be read any more` };
    const { instance } = reading;
    if (instance.source === undefined) return { kind: 'started' };
    if (instance.source !== plan.source) {
      return { kind: 'refused', reason: `${plan.replica} follows ${instance.source} now, and not ${plan.source}` };
    }
    const objection = await objectionTo(instance, plan.source, plan, aws);
    if (objection) return { kind: 'refused', reason: objection };
    await aws.rds.promoteReadReplica({ DBInstanceIdentifier: plan.replica, BackupRetentionPeriod: plan.backupDays });
    return { kind: 'started' };
  },

  async check({ replica, source }, _handle, aws) {
    const reading = await readDbInstance(replica, aws);
    if (reading.kind !== 'found') return cannotCheck(reading, replica);
    const { status, source: follows, address } = reading.instance;
    if (!serves(status)) return { kind: 'pending', detail: `${replica} is ${status}` };
    if (follows !== undefined) return { kind: 'notStarted', detail: `${replica} is ${status} and follows ${source}` };
    const detail = `${replica} follows ${source} no longer and takes writes: send clients to ${address ?? 'it'}`;
    return { kind: 'done', detail };
  },
});

/** Why this replica must not be promoted as things stand; undefined when it may. */
async function objectionTo(
  replica: DbInstance,
  source: string,
  { evenWithoutBackups, evenFromElsewhere }: Parameters,
  aws: Reads,
): Promise<string | undefined> {
  const unfit = unfitToPromote(replica, evenWithoutBackups);
  if (unfit) return unfit;
  if (replica.replication !== 'broken') return `RDS does not say that ${replica.id} has lost ${source}`;
  const { kind, detail } = await readSource(source, aws);
  if (kind === 'lives') return `${detail}: it could take writes beside ${replica.id}; fence or fail it over first`;
  return kind === 'elsewhere' && !evenFromElsewhere ? `${detail}, where it cannot be seen to be lost` : undefined;
}
