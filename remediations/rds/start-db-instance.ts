import { z } from 'zod';
import { readDbInstance, serves, workOnDatabase, type DbInstance } from '../../vitals/rds/db-instance';
import { defineRemediation } from '../remediation';
import { cannotCheck, cannotPlan } from '../unread';
import { isBroken } from './creation/created-instance';

const planned = z.object({
  instance: z.string(),
  /** Tag by which its owner says that it must always run. */
  alwaysOn: z.string(),
});

/** Starts a database that was stopped and should not have been. */
export const startDbInstance = defineRemediation({
  name: 'start-db-instance',
  title: 'Start a stopped database',
  when: 'A database that must always run was stopped, and its owner says so by a tag.',
  whenNot: 'It was stopped on purpose, to save money or before it is deleted, or it is stopped with its cluster.',
  heals: ['db-instance-stopped'],
  takes: ['db-instance'],
  risk: 'low',
  needsApproval: false,
  parameters: z.object({
    /** Tag of what must always run, with the value `yes`. RDS does not say who stopped an instance, nor why. */
    alwaysOn: z.string().min(1).max(128).default('homeostat:always-on'),
  }),
  permissions: {
    read: ['rds:DescribeDBInstances'],
    write: [{ action: 'rds:StartDBInstance', on: 'arn:*:rds:*:*:db:*', tagged: true }],
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 60, giveUpAfter: 3_600 },
  planned,

  async plan({ resource }, { alwaysOn }, aws) {
    const reading = await readDbInstance(resource.id, aws);
    if (reading.kind !== 'found') return cannotPlan(reading, resource.id);
    const { instance } = reading;
    const { id, status } = instance;
    if (serves(status)) return { kind: 'notNeeded', reason: `${id} is ${status}` };
    const unwanted = unwantedness(instance, alwaysOn);
    if (unwanted) return { kind: 'refused', reason: unwanted };
    const work = workOnDatabase(instance);
    if (work) return { kind: 'busy', reason: work };
    if (status !== 'stopped') return { kind: 'refused', reason: `${id} is ${status}, not stopped` };
    return {
      kind: 'planned',
      plan: { instance: id, alwaysOn },
      summary: `start ${id}, which is stopped and tagged ${alwaysOn}=yes`,
      touches: [{ ...resource, id }],
      group: 'alone',
    };
  },

  // A second start finds it starting, or started.
  async start({ instance: id, alwaysOn }, aws) {
    const reading = await readDbInstance(id, aws);
    if (reading.kind !== 'found') return { kind: 'refused', reason: `${id} can't be read any more` };
    const { status } = reading.instance;
    const objection = status === 'stopped' ? unwantedness(reading.instance, alwaysOn) : `${id} is ${status} now`;
    if (objection) return { kind: 'refused', reason: objection };
    await aws.rds.startDBInstance({ DBInstanceIdentifier: id });
    return { kind: 'started' };
  },

  async check({ instance: id }, _handle, aws) {
    const reading = await readDbInstance(id, aws);
    if (reading.kind !== 'found') return cannotCheck(reading, id);
    const { status } = reading.instance;
    const detail = `${id} is ${status}`;
    if (serves(status)) return { kind: 'done', detail };
    if (isBroken(status)) return { kind: 'failed', detail };
    return { kind: status === 'stopped' ? 'notStarted' : 'pending', detail };
  },
});

/** Why nobody wants it started; undefined when its owner does. */
function unwantedness({ id, cluster, tags }: DbInstance, alwaysOn: string): string | undefined {
  if (cluster) return `${id} is a member of the cluster ${cluster}, which is started as a whole`;
  return tags[alwaysOn] === 'yes'
    ? undefined
    : `nobody says that ${id} must always run, so it may be stopped on purpose: its owner can tag it ${alwaysOn}=yes`;
}
