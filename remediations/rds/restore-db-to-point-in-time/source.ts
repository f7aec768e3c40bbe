import type { Resource } from '../../../signals/signal';
import { readDbCluster, type DbCluster } from '../../../vitals/rds/db-cluster';
import { readDbInstance, type DbInstance } from '../../../vitals/rds/db-instance';
import { readBeginningWith, readRestorable, type Restorable } from '../../../vitals/rds/db-restore';
import { createdPrefix } from '../../named-creation';
import { longestIdentifier } from '../creation/created-instance';
import { objectionToCluster } from './cluster';
import { objectionToInstance } from './instance';
import type { Parameters, Reads } from './plan';

/** The database whose backups are restored. */
type Source =
  { readonly kind: 'db-instance'; readonly of: DbInstance } | { readonly kind: 'db-cluster'; readonly of: DbCluster };

/** Reads the database that is sick; or says why it can't be restored from. */
export async function readSource(
  kind: Resource['kind'],
  id: string,
  aws: Reads,
): Promise<Source | { readonly refused: string }> {
  const reading = kind === 'db-cluster' ? await readDbCluster(id, aws) : await readDbInstance(id, aws);
  if (reading.kind === 'absent') return { refused: `${id} no longer exists: only people know which backup to take` };
  if (reading.kind === 'unreadable') return { refused: reading.detail };
  return 'cluster' in reading
    ? { kind: 'db-cluster', of: reading.cluster }
    : { kind: 'db-instance', of: reading.instance };
}

/** Why this database must not be restored as it stands; undefined when it may. */
export function objectionTo(
  source: Source,
  condition: string,
  { minutesBack }: Pick<Parameters, 'minutesBack'>,
): string | undefined {
  if (condition === 'db-data-lost' && minutesBack === 0) {
    return `the last moment of ${source.of.id} has the damage in it, too: let the policy say minutesBack`;
  }
  return source.kind === 'db-instance' ? objectionToInstance(source.of, condition) : objectionToCluster(source.of);
}

/** Says so when as many copies of it exist as the policy allows. */
export async function tooMany(
  { kind, of: { id } }: Source,
  { mostCopies }: Parameters,
  aws: Reads,
): Promise<string | undefined> {
  const copies = await readBeginningWith(createdPrefix(id, longestIdentifier), kind, aws);
  return copies.length < mostCopies
    ? undefined
    : `${id} has been restored already, as ${copies.join(' and ')}: cut over to that, or delete it`;
}

/** The moments that its backups bring back. */
export function restorableOf(source: Source, aws: Reads): Promise<Restorable | undefined> {
  return source.kind === 'db-instance' ? readRestorable(source.of, aws) : Promise.resolve(source.of.restorable);
}
