import { z } from 'zod';
import type { DbInstance } from '../../../vitals/rds/db-instance';

/** What is raised: how far RDS may grow the storage by itself, or the storage. */
export const how = z.enum(['ceiling', 'storage']);
type How = z.infer<typeof how>;

/** GiB of it now; undefined where there is none. */
export function valueOf(raised: How, { storage }: DbInstance): number | undefined {
  return raised === 'ceiling' ? storage.ceiling : (storage.awaited ?? storage.size);
}

/** What it is called. */
export function whatOf({ how: raised, instance }: { readonly how: How; readonly instance: string }): string {
  return raised === 'ceiling' ? `the ceiling of the storage of ${instance}` : `the storage of ${instance}`;
}

/** What does not grow with it, for people: a replica whose storage is full follows no more. */
export function leftBehind({ replicas }: DbInstance): string {
  return replicas.length > 0 ? `; its replicas keep what they have: ${replicas.join(', ')}` : '';
}

/** Why there is none. */
export function nothingToRaise(raised: How, { id }: DbInstance): string {
  return raised === 'ceiling'
    ? `${id} has no storage autoscaling, which its owner has to turn on: raise the storage itself (how: storage)`
    : `RDS does not say how much storage ${id} has`;
}

/** Why raising it so far is of no use, or too much. */
export function limit(raised: How, { id, storage }: DbInstance, from: number, to: number): string | undefined {
  const { size = 0, ceiling, type, iops } = storage;
  if (to < from * 1.1)
    return `${from} GiB are near the most that the policy allows (atMost), and RDS adds a tenth at least`;
  if (raised === 'ceiling') {
    return ceiling !== undefined && size < ceiling * 0.8
      ? `RDS may still grow the storage of ${id} by itself, from ${size} GiB up to ${ceiling} GiB`
      : undefined;
  }
  if (ceiling !== undefined && to > ceiling) {
    return `${to} GiB are above the ceiling of ${ceiling} GiB that ${id} has: raise that first (how: ceiling)`;
  }
  return type?.startsWith('io') && iops === undefined ? `RDS does not say which IOPS ${id} has to keep` : undefined;
}
