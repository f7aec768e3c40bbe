import { z } from 'zod';
import { fileSystemOrReason, fileSystemReads, workOnFileSystem, type FileSystem } from '../../vitals/efs/file-system';
import { faultInWords, mountReads, readMounts, type Mounts } from '../../vitals/efs/mount-fault';
import { workOnMountTargets } from '../../vitals/efs/mount-target';
import { busyWith, refusedFor, startRefused, type Hindrance } from '../hindrance';
import { defineRemediation } from '../remediation';
import { checkOfSteps, dueAmong } from '../steps';
import { objectionTo, objectionToBroken, repair, repairOf, repairStanding } from './repair-mount-target/repair';

const planned = z.object({ fileSystem: z.string(), repairs: z.array(repair).min(1) });

const mountTargets = 'arn:*:elasticfilesystem:*:*:file-system/*';
const interfaces = 'arn:*:ec2:*:*:network-interface/*';
const securityGroups = 'arn:*:ec2:*:*:security-group/*';

/** Lets a file system be mounted again where its owner says that it should be. */
export const repairMountTarget = defineRemediation({
  name: 'repair-mount-target',
  title: 'Repair the mount targets of a file system',
  when: 'A mount target was deleted, or its security groups were changed, in a zone where the tags of the file system want it.',
  whenNot: 'Somebody did so on purpose: change the tags first. What routes and rules let through is not looked at.',
  heals: ['file-system-unreachable'],
  takes: ['file-system'],
  risk: 'low',
  needsApproval: false,
  parameters: z.strictObject({}),
  permissions: {
    read: [...fileSystemReads, ...mountReads],
    write: [
      { action: 'elasticfilesystem:CreateMountTarget', on: mountTargets, tagged: true },
      { action: 'elasticfilesystem:ModifyMountTargetSecurityGroups', on: mountTargets, tagged: true },
    ],
    // EFS puts a network interface into the subnet in the name of the caller.
    implied: [
      { action: 'ec2:CreateNetworkInterface', on: interfaces, tagged: false },
      { action: 'ec2:CreateNetworkInterface', on: 'arn:*:ec2:*:*:subnet/*', tagged: false },
      { action: 'ec2:CreateNetworkInterface', on: securityGroups, tagged: false },
      { action: 'ec2:ModifyNetworkInterfaceAttribute', on: interfaces, tagged: false },
      { action: 'ec2:ModifyNetworkInterfaceAttribute', on: securityGroups, tagged: false },
    ],
  },
  // EFS makes a mount target within minutes.
  patience: { checkEvery: 30, giveUpAfter: 1_200 },
  snapshots: 'losesNoData',
  planned,

  async plan({ resource }, _parameters, aws) {
    const { id } = resource;
    const found = await fileSystemOrReason(id, aws);
    if (typeof found === 'string') return { kind: 'refused', reason: found };
    const mounts = await readMounts(found, aws);
    const hindrance = hindranceTo(found, mounts);
    if (hindrance) return hindrance;
    if (mounts.faults.length === 0)
      return { kind: 'refused', reason: `${id} is mounted where its tags say: ${elsewhere}` };
    const zones = mounts.faults.map(({ zone }) => zone).join(' and ');
    return {
      kind: 'planned',
      plan: { fileSystem: id, repairs: mounts.faults.flatMap(repairOf) },
      summary: `make ${id} mountable in ${zones} as its tags say: ${mounts.faults.map(faultInWords).join(', ')}`,
      touches: [resource],
      // What can be mounted elsewhere stays so meanwhile.
      group: 'alone',
    };
  },

  async start({ fileSystem: id, repairs }, aws) {
    const found = await fileSystemOrReason(id, aws);
    if (typeof found === 'string') return { kind: 'refused', reason: found };
    const mounts = await readMounts(found, aws);
    const next = dueAmong(repairs, (each) => repairStanding(each, mounts), mountingOf(id));
    if ('answer' in next) return next.answer;
    const hindrance = hindranceTo(found, mounts);
    if (hindrance) return startRefused(hindrance);
    const { due } = next;
    if (due.how === 'create') {
      const { subnet: SubnetId, groups: SecurityGroups } = due;
      // A zone takes one mount target, so a second call would be refused.
      await aws.elasticfilesystem.createMountTarget({ FileSystemId: id, SubnetId, SecurityGroups });
    } else {
      const { mountTarget: MountTargetId, to: SecurityGroups } = due;
      await aws.elasticfilesystem.modifyMountTargetSecurityGroups({ MountTargetId, SecurityGroups });
    }
    return { kind: 'started' };
  },

  async check({ fileSystem: id, repairs }, _handle, aws) {
    const found = await fileSystemOrReason(id, aws);
    if (typeof found === 'string') return { kind: 'failed', detail: found };
    const mounts = await readMounts(found, aws);
    const work = workOn(found, mounts);
    if (work) return { kind: 'pending', detail: work };
    const broken = objectionToBroken(mounts);
    if (broken) return { kind: 'failed', detail: broken };
    return checkOfSteps(repairs, (each) => repairStanding(each, mounts), mountingOf(id));
  },
});

const elsewhere = 'look at routes, rules of the security groups and the clients';

function mountingOf(id: string): string {
  return `how ${id} is mounted`;
}

/** Why its mount targets are not changed as they stand; undefined when they may be. */
function hindranceTo(found: FileSystem, mounts: Mounts): Hindrance | undefined {
  return busyWith(workOn(found, mounts)) ?? refusedFor(objectionTo(found, mounts));
}

function workOn(fileSystem: FileSystem, { targets }: Mounts): string | undefined {
  return workOnFileSystem(fileSystem) ?? workOnMountTargets(targets);
}
