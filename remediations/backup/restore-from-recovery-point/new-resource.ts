import type { Calls } from '../../../vitals/aws';
import type { Protected } from '../../../vitals/backup/protected';
import { readVolume } from '../../../vitals/ec2/volume';
import { clientToken } from '../../client-token';
import { derivedName } from '../../named-creation';

/** How a recovery point is restored: keys and values differ from type to type, and AWS takes a key in any case. */
export type Metadata = Readonly<Record<string, string>>;

/** What makes AWS Backup restore a type beside what there is, and what people do with it then. */
export interface Way {
  /** Replaces what the recovery point says of the old one. */
  readonly changes: Metadata;
  /** What it will be, such as `the table orders-homeostat-1a2b3c4d`. */
  readonly makes: string;
  readonly next: string;
}

/**
 * How a resource of this type is restored into a new one, or why it can't be here. What each type takes is in AWS Backup's guide,
 * under the restore of that type. Never is it restored over the old one.
 */
export async function wayOf(
  { type, id, arn }: Protected,
  attemptKey: string,
  aws: Calls<'ec2:DescribeVolumes'>,
): Promise<Way | string> {
  switch (type) {
    case 'EBS':
      return volumeWay(id, aws);
    case 'EFS':
      return {
        changes: { newFileSystem: 'true', CreationToken: clientToken(attemptKey) },
        makes: 'a file system',
        next: 'it has no mount targets yet, and the files are in a folder aws-backup-restore_… of it',
      };
    case 'DynamoDB': {
      const name = derivedName(id, attemptKey, 255);
      const next = 'set up its scaling, alarms, streams and point-in-time recovery, then point the application at it';
      return { changes: { targetTableName: name }, makes: `the table ${name}`, next };
    }
    case 'RDS': {
      const name = derivedName(id, attemptKey, 63);
      const next = `rename ${id} to another name and ${name} to ${id}, or send clients to the copy`;
      return { changes: { DBInstanceIdentifier: name }, makes: `the database ${name}`, next };
    }
    default:
      return `how ${arn} is restored beside itself is not known here: of EBS, EFS, DynamoDB and RDS instances it is`;
  }
}

async function volumeWay(id: string, aws: Calls<'ec2:DescribeVolumes'>): Promise<Way | string> {
  const volume = await readVolume(id, aws);
  if (volume.kind === 'absent' || volume.zone === 'unknown') {
    return `in which zone the volume ${id} was EC2 does not say: only people know where another one is needed`;
  }
  const { zone, type } = volume;
  return {
    changes: { availabilityZone: zone, ...(type !== 'unknown' && { volumeType: type }) },
    makes: `a volume in ${zone}`,
    next: `attach it in the place of ${id}`,
  };
}

/** What the recovery point says, with the changes in the place of whatever it says in their keys. */
export function metadataFor(told: Metadata, { changes }: Way): Metadata {
  const replaced = new Set(Object.keys(changes).map((key) => key.toLowerCase()));
  const kept = Object.entries(told).filter(([key]) => !replaced.has(key.toLowerCase()));
  return { ...Object.fromEntries(kept), ...changes };
}
