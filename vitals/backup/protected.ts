import { partitionOf } from '../../signals/cloudwatch-alarm/alarm-diagnosis';
import { isPrintable } from '../../signals/plain-text';
import type { Resource } from '../../signals/signal';
import type { Calls } from '../aws';
import { instanceReads, isInstanceId, readInstance } from '../ec2/instance';
import { isVolumeId, readVolume, volumeReads } from '../ec2/volume';
import { fileSystemReads, isFileSystemId, readFileSystem } from '../efs/file-system';
import { everyItem } from '../pages';
import { readDbCluster } from '../rds/db-cluster';
import { dbIdentifier, readDbInstance } from '../rds/db-instance';

/** What AWS Backup protects: its ARN, and what that names. */
export interface Protected {
  readonly arn: string;
  /** As AWS Backup calls it; `other` is any type that nothing here knows. */
  readonly type: keyof typeof forms | 'other';
  /** Its id or name in its own service; of `other` the end of its ARN. */
  readonly id: string;
}

const forms = {
  EBS: { of: /^ec2:volume\/(.+)$/, isId: isVolumeId },
  EC2: { of: /^ec2:instance\/(.+)$/, isId: isInstanceId },
  EFS: { of: /^elasticfilesystem:file-system\/(.+)$/, isId: isFileSystemId },
  DynamoDB: { of: /^dynamodb:table\/(.+)$/, isId: (id: string) => /^[\w.-]{3,255}$/.test(id) },
  RDS: { of: /^rds:db:(.+)$/, isId: (id: string) => dbIdentifier.test(id) },
  Aurora: { of: /^rds:cluster:(.+)$/, isId: (id: string) => dbIdentifier.test(id) },
} as const;

/** What AWS Backup knows this resource as; undefined where it can't be told, or the id has not the shape that it must have. */
export function protectedOf({ kind, id, account, region }: Resource): Protected | undefined {
  const own = `${region}:${account}`;
  switch (kind) {
    case 'protected-resource':
      return fromArn(id);
    case 'volume':
      return fromArn(`arn:${partitionOf(region)}:ec2:${own}:volume/${id}`);
    case 'file-system':
      return fromArn(`arn:${partitionOf(region)}:elasticfilesystem:${own}:file-system/${id}`);
    default:
      return undefined;
  }
}

function fromArn(arn: string): Protected | undefined {
  const [, service = '', end = ''] = /^arn:[a-z-]+:([a-z0-9-]+):[a-z0-9-]*:\d*:(\S.*)$/.exec(arn) ?? [];
  if (service === '' || arn.length > 512 || !isPrintable(arn)) return undefined;
  for (const [type, { of, isId }] of Object.entries(forms)) {
    const [, id] = of.exec(`${service}:${end}`) ?? [];
    if (id !== undefined) return isId(id) ? { arn, type: type as keyof typeof forms, id } : undefined;
  }
  return { arn, type: 'other', id: end };
}

/** The actions of `readTagsOf`. */
export const tagReads = [
  ...instanceReads,
  ...volumeReads,
  ...fileSystemReads,
  'dynamodb:ListTagsOfResource',
  'rds:DescribeDBClusters',
  'rds:DescribeDBInstances',
] as const;

type Tags = Readonly<Record<string, string>>;

/** Tags of what is protected, as its own service tells them: AWS Backup doesn't. Empty when it is gone; of `other` it throws. */
export async function readTagsOf({ type, id, arn }: Protected, aws: Calls<(typeof tagReads)[number]>): Promise<Tags> {
  switch (type) {
    case 'EBS':
      return tagsIn(await readVolume(id, aws));
    case 'EC2':
      return tagsIn(await readInstance(id, aws));
    case 'EFS':
      return tagsIn(await readFileSystem(id, aws));
    case 'DynamoDB':
      return tableTags(arn, aws);
    case 'RDS':
      return databaseTags(await readDbInstance(id, aws));
    case 'Aurora':
      return databaseTags(await readDbCluster(id, aws));
    case 'other':
      throw new Error(`the tags of ${arn} can't be read: nothing here knows what it is`);
  }
}

function tagsIn(found: { readonly kind: 'absent' } | { readonly kind: string; readonly tags: Tags }): Tags {
  return 'tags' in found ? found.tags : {};
}

function databaseTags(
  reading: Awaited<ReturnType<typeof readDbInstance>> | Awaited<ReturnType<typeof readDbCluster>>,
): Tags {
  if (reading.kind === 'unreadable') throw new Error(reading.detail);
  if (reading.kind === 'absent') return {};
  return 'cluster' in reading ? reading.cluster.tags : reading.instance.tags;
}

async function tableTags(ResourceArn: string, aws: Calls<'dynamodb:ListTagsOfResource'>): Promise<Tags> {
  try {
    const tags = await everyItem(
      (token) => aws.dynamodb.listTagsOfResource({ ResourceArn, ...token }),
      (page) => page.Tags,
    );
    return Object.fromEntries(tags.flatMap(({ Key, Value }) => (Key ? [[Key, Value ?? '']] : [])));
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return {};
    throw error;
  }
}
