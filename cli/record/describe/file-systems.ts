import type { FileSystemDescription } from '@aws-sdk/client-efs';
import { mountTags } from '../../../vitals/efs/mount-fault';
import { readFileSystem } from '../../../vitals/efs/file-system';
import { readMountTargets } from '../../../vitals/efs/mount-target';
import { isNotFound } from '../../aws-fault';
import { type Describer, type Describing, eachOf, type Entry, item, missing, pairs } from './describer';

/** EFS file systems with their mount targets, which lead to the subnets that the tags name. */
export const fileSystems: Describer = {
  atOnce: 10,
  describe: async (ids, describing) => {
    const found = (
      await eachOf(ids, async (id) => {
        const described = await find(id, describing);
        return described ? [{ id, described }] : [];
      })
    ).flat();
    const entries = await eachOf(found, ({ id, described }) => entryOf(id, described, describing));
    const subnets = found.flatMap(({ described }) => idsIn(tagsOf(described).get(mountTags.subnets)));
    return {
      entries: [...entries, ...missing(ids, entries)],
      leads: subnets.map((id) => ({ kind: 'subnets', id })),
    };
  },
};

async function find(FileSystemId: string, { aws }: Describing): Promise<FileSystemDescription | undefined> {
  try {
    return (await aws.elasticfilesystem.describeFileSystems({ FileSystemId })).FileSystems?.[0];
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function entryOf(of: string, described: FileSystemDescription, { aws, redaction }: Describing): Promise<Entry> {
  const reads = { ...aws, now: () => 0 };
  const found = await readFileSystem(of, reads);
  const targets = found.kind === 'absent' ? [] : await readMountTargets(found, reads);
  const tags = tagsOf(described);
  const named = Object.values(mountTags).flatMap((key) => {
    const ids = idsIn(tags.get(key));
    return ids.length > 0 ? [[key, ids.map((id) => redaction.name(id)).join(' ')]] : [];
  });
  return {
    of,
    item: item({
      id: redaction.name(of),
      mode: described.ThroughputMode,
      provisioned: described.ProvisionedThroughputInMibps,
      performance: described.PerformanceMode,
      sizeGiB: (described.SizeInBytes?.ValueInStandard ?? 0) / 1024 ** 3,
      zone: described.AvailabilityZoneName,
      mountTargets: targets.map(({ id, zone, groups }) => ({
        id: redaction.name(id),
        zone,
        securityGroups: groups.map((group) => redaction.name(group)),
      })),
      tags: { ...redaction.tags(tags), ...(Object.fromEntries(named) as Record<string, string>) },
    }),
    notes: ['how many burst credits it has left, and how much it moves'],
  };
}

function tagsOf({ Tags }: FileSystemDescription): ReadonlyMap<string, string> {
  return new Map(pairs(Tags));
}

function idsIn(tag = ''): readonly string[] {
  return tag.split(/\s+/).filter((id) => id !== '');
}
