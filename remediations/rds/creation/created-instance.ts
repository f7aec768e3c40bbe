import type { Tag } from '@aws-sdk/client-rds';
import type { Calls } from '../../../vitals/aws';
import { readDbInstance, serves, type DbInstance } from '../../../vitals/rds/db-instance';
import { attemptTag, type Created } from '../../named-creation';
import type { Start } from '../../remediation';

/** Characters that RDS takes in an identifier. */
export const longestIdentifier = 63;

/** RDS takes 50 tags. */
const mostTags = 50;

/** Statuses from which an instance or cluster that comes up does not come to serve by itself, by RDS's tables of statuses. */
const broken = /^(failed|deleting|inaccessible-|incompatible-|insufficient-|restore-error|storage-full)/;

/** Whether what was created, started or restarted has ended up in a status that only people get it out of. */
export function isBroken(status: string): boolean {
  return broken.test(status);
}

/** Tags of what is created: those of its model, so that the same people own and heal it, and the attempt that it is of. */
export function createdTags(model: Readonly<Record<string, string>>, attemptKey: string): Tag[] {
  const own = Object.entries(model).filter(([key]) => !key.startsWith('aws:') && key !== attemptTag);
  return [[attemptTag, attemptKey] as const, ...own].slice(0, mostTags).map(([Key, Value]) => ({ Key, Value }));
}

interface Shown {
  readonly status: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What RDS shows, as seen by the attempt that may have made it. */
export function createdOf({ status, tags }: Shown, attemptKey: string): Created {
  if (tags[attemptTag] !== attemptKey) return { kind: 'foreign' };
  const standing = serves(status) ? 'ready' : isBroken(status) ? 'broken' : 'underWay';
  return { kind: 'found', status, standing };
}

/** An instance of that name, and how it stands to the attempt. Throws what RDS doesn't answer whole. */
export async function readCreated(
  id: string,
  attemptKey: string,
  aws: Calls<'rds:DescribeDBInstances'>,
): Promise<{ readonly created: Created; readonly instance?: DbInstance }> {
  const reading = await readDbInstance(id, aws);
  if (reading.kind === 'absent') return { created: { kind: 'absent' } };
  if (reading.kind === 'unreadable') throw new Error(reading.detail);
  return { created: createdOf(reading.instance, attemptKey), instance: reading.instance };
}

/** What `start` answers before it creates; undefined when nothing of that name is there yet. */
export async function answerBeforeCreating(
  id: string,
  attemptKey: string,
  aws: Calls<'rds:DescribeDBInstances'>,
): Promise<Start | undefined> {
  return answerToCreated((await readCreated(id, attemptKey, aws)).created, id);
}

/** The same, where it has been read already. */
export function answerToCreated(created: Created, id: string): Start | undefined {
  if (created.kind === 'absent') return undefined;
  return created.kind === 'found'
    ? { kind: 'started' }
    : { kind: 'refused', reason: `${id} is not of this attempt: somebody else made it` };
}

/** Creates, and takes it for done when RDS has one of that name already: `check` looks whose it is. */
export async function createOnce(create: () => Promise<unknown>): Promise<Start> {
  try {
    await create();
  } catch (error) {
    if (!(error instanceof Error && /^DB(Instance|Cluster)AlreadyExistsFault$/.test(error.name))) throw error;
  }
  return { kind: 'started' };
}

/**
 * Deletes the instance if this attempt made it and `whyKept` does not say that it has become more than a copy since. It holds no
 * data of its own then: there is nothing to snapshot.
 */
export async function deleteCreated(
  id: string,
  attemptKey: string,
  whyKept: (instance: DbInstance) => Promise<string | undefined>,
  aws: Calls<'rds:DescribeDBInstances' | 'rds:DeleteDBInstance'>,
): Promise<Start> {
  const { created, instance } = await readCreated(id, attemptKey, aws);
  if (created.kind === 'absent' || instance?.status === 'deleting') return { kind: 'started' };
  if (created.kind === 'foreign') return { kind: 'refused', reason: `${id} is not of this attempt: it stays` };
  const kept = instance && (await whyKept(instance));
  if (kept) return { kind: 'refused', reason: kept };
  await aws.rds.deleteDBInstance({ DBInstanceIdentifier: id, SkipFinalSnapshot: true });
  return { kind: 'started' };
}
