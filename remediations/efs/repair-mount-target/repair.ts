import { z } from 'zod';
import { faultInWords, mountTags, type MountFault, type Mounts } from '../../../vitals/efs/mount-fault';
import type { FileSystem } from '../../../vitals/efs/file-system';
import { standingOf, type ChangeStanding } from '../../absolute-change';

const groups = z.array(z.string());

/** One zone that is put right: by a mount target that is missing, or by the security groups of one that is there. */
export const repair = z.discriminatedUnion('how', [
  z.object({ how: z.literal('create'), zone: z.string(), subnet: z.string(), groups }),
  z.object({ how: z.literal('regroup'), zone: z.string(), mountTarget: z.string(), from: groups, to: groups }),
]);
export type Repair = z.infer<typeof repair>;

/** What puts it right; nothing does what is broken. */
export function repairOf(fault: MountFault): Repair[] {
  const { zone } = fault;
  switch (fault.kind) {
    case 'missing':
      return [{ how: 'create', zone, subnet: fault.subnet, groups: [...(fault.groups ?? [])] }];
    case 'groups':
      return [{ how: 'regroup', zone, mountTarget: fault.mountTarget, from: [...fault.from], to: [...fault.to] }];
    case 'broken':
      return [];
  }
}

/** Where a repair stands. A mount target that others have made in the zone will do. */
export function repairStanding(one: Repair, { targets }: Mounts): ChangeStanding {
  if (one.how === 'create') return targets.some(({ zone }) => zone === one.zone) ? 'made' : 'due';
  const now = targets.find(({ id }) => id === one.mountTarget);
  return now ? standingOf(one, [...now.groups]) : 'overtaken';
}

/** Why its mount targets must not be changed as they stand; undefined when they may. */
export function objectionTo({ id, state, zone }: FileSystem, { declared, faults }: Mounts): string | undefined {
  if (state !== 'available') return `${id} is ${state}: EFS changes only what is available`;
  if (!declared && faults.length === 0) {
    return `no tag ${mountTags.subnets} says in which subnets ${id} should be mounted`;
  }
  return faults.map((fault) => objectionToFault(id, zone, fault)).find((each) => each !== undefined);
}

function objectionToFault(id: string, only: string | undefined, fault: MountFault): string | undefined {
  if (fault.kind === 'broken') return leftToPeople(fault);
  if (fault.kind === 'groups') return undefined;
  const { zone, subnet, freeAddresses } = fault;
  if (only !== undefined && zone !== only) return `${id} is kept in ${only} only, and ${subnet} is in ${zone}`;
  if (freeAddresses < 1) return `the subnet ${subnet} in ${zone} has no free address`;
  return fault.groups
    ? undefined
    : `no tag ${mountTags.groups} says which security groups ${id} should have, and its mount targets do not agree`;
}

/** Why nothing more comes of it: a mount target that EFS could not finish stands in its zone. Undefined where none does. */
export function objectionToBroken({ faults }: Mounts): string | undefined {
  const broken = faults.find(({ kind }) => kind === 'broken');
  return broken && leftToPeople(broken);
}

function leftToPeople(broken: MountFault): string {
  return `${faultInWords(broken)}: people have to delete it first`;
}
