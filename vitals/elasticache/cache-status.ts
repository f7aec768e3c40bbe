import type { Calls } from '../aws';

/** Ids of replication groups and clusters, and names of serverless caches, as ElastiCache accepts them. */
export const cacheIdentifier = /^[a-zA-Z](?:-?[a-zA-Z0-9]){0,49}$/;

/** What is wrong with an id that `cacheIdentifier` doesn't accept: quoted and cut, since anybody may have written it. */
export function notACacheId(id: string): string {
  return `${JSON.stringify(id.slice(0, 60))} is no id that ElastiCache gives: letters, digits and single hyphens`;
}

/** Statuses in which clients are answered. */
const serving = new Set(['available', 'modifying', 'snapshotting']);

/** Whether what is of this status answers its clients; a status that is not known doesn't. */
export function cacheServes(status: string): boolean {
  return serving.has(status);
}

/** Statuses in which ElastiCache or people are changing it; each is over by itself. */
const atWork = new Set(['creating', 'modifying', 'snapshotting', 'rebooting cluster nodes']);

/** What ElastiCache or people are doing to it now, in one line; undefined when it is nothing that is known here. */
export function workOnCache({ id, status }: { readonly id: string; readonly status: string }): string | undefined {
  return atWork.has(status) ? `${id} is ${status}` : undefined;
}

/** Tags of what has this ARN. */
export async function readCacheTags(
  arn: string,
  aws: Calls<'elasticache:ListTagsForResource'>,
): Promise<Readonly<Record<string, string>>> {
  const { TagList = [] } = await aws.elasticache.listTagsForResource({ ResourceName: arn });
  return Object.fromEntries(TagList.flatMap(({ Key, Value }) => (Key ? [[Key, Value ?? '']] : [])));
}

/** Names of the settings that wait for the maintenance window, or for somebody who applies changes at once. */
export function waitingChanges(pending: object | undefined): readonly string[] {
  return Object.entries(pending ?? {}).flatMap(([name, value]) =>
    value === undefined || value === null || (Array.isArray(value) && value.length === 0) ? [] : [name],
  );
}
