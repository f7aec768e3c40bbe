import type { FileSystemHappening, FileSystemInput } from '../../../simulator/elasticfilesystem/file-system';
import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';

/** What befalls the file system that is mounted. */
export type Befalls = OfThat<FileSystemHappening>;
type OfThat<Happening> = Happening extends unknown ? Omit<Happening, 'id'> : never;

const id = 'fs-0123456789abcdef0';
const zones = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];
const securityGroups = ['sg-0f11e5000000f11e5'];

/** A file system that is mounted in three zones, as its tags say; one that was there before is replaced. */
export function mounted({ account, resource }: Bench, described: Partial<FileSystemInput> = {}): Resource {
  const { ec2, elasticfilesystem } = account.services;
  for (const zone of zones) ec2.addSubnet({ id: `subnet-${zone.slice(-1)}0000001`, zone });
  elasticfilesystem.add({
    id,
    mountTargets: zones.map((zone) => ({ zone, securityGroups, clients: 10 })),
    tags: {
      'homeostat:mount-subnets': 'subnet-a0000001 subnet-b0000001 subnet-c0000001',
      'homeostat:mount-groups': securityGroups.join(' '),
    },
    ...described,
  });
  return resource('file-system', id);
}
