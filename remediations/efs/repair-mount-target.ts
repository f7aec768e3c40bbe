import { z } from 'zod';
import { plainText } from '../../signals/plain-text';
import {
  fileSystemReads,
  isFileSystemId,
  readFileSystem,
  workOnFileSystem,
  type FileSystem,
} from '../../vitals/efs/file-system';
import { faultInWords, mountReads, readMounts, type Mounts } from '../../vitals/efs/mount-fault';
import { workOnMountTargets } from '../../vitals/efs/mount-target';
import { answerBefore } from '../absolute-change';
import { defineRemediation } from '../remediation';
import { objectionTo, repair, repairOf, repairStanding } from './repair-mount-target/repair';

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
    if (!isFileSystemId(id)) return { kind: 'refused', reason: `${plainText(id)} is not the id of a file system` };
    const found = await readFileSystem(id, aws);
    if (found.kind === 'absent') return { kind: 'refused', reason: `${id} no longer exists` };
    const mounts = await readMounts(found, aws);
    const work = workOn(found, mounts);
    if (work) return { kind: 'busy', reason: work };
    const objection = objectionTo(found, mounts);
    if (objection) return { kind: 'refused', reason: objection };
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
    const found = await readFileSystem(id, aws);
    if (found.kind === 'absent') return { kind: 'refused', reason: `${id} no longer exists` };
    const mounts = await readMounts(found, aws);
    const next = repairs.find((each) => repairStanding(each, mounts) !== 'made');
    const answer = answerBefore(next ? repairStanding(next, mounts) : 'made', `how ${id} is mounted`);
    if (answer || !next) return answer ?? { kind: 'started' };
    const objection = workOn(found, mounts) ?? objectionTo(found, mounts);
    if (objection) return { kind: 'refused', reason: objection };
    if (next.how === 'create') {
      const { subnet: SubnetId, groups: SecurityGroups } = next;
      // A zone takes one mount target, so a second call would be refused.
      await aws.elasticfilesystem.createMountTarget({ FileSystemId: id, SubnetId, SecurityGroups });
    } else {
      const { mountTarget: MountTargetId, to: SecurityGroups } = next;
      await aws.elasticfilesystem.modifyMountTargetSecurityGroups({ MountTargetId, SecurityGroups });
    }
    return { kind: 'started' };
  },

  async check({ fileSystem: id, repairs }, _handle, aws) {
    const found = await readFileSystem(id, aws);
    if (found.kind === 'absent') return { kind: 'failed', detail: `${id} no longer exists` };
    const mounts = await readMounts(found, aws);
    const work = workOn(found, mounts);
    if (work) return { kind: 'pending', detail: work };
    const standings = repairs.map((each) => repairStanding(each, mounts));
    if (standings.includes('overtaken')) {
      return { kind: 'failed', detail: `how ${id} is mounted was changed by others since the plan` };
    }
    const made = standings.filter((each) => each === 'made').length;
    if (made === repairs.length) return { kind: 'done', detail: `${id} is mountable where its tags say` };
    if (made === 0)
      return { kind: 'notStarted', detail: `the mount targets of ${id} are as they were before the plan` };
    return { kind: 'continue', detail: `${made} of ${repairs.length} mount targets of ${id} are repaired` };
  },
});

const elsewhere = 'look at routes, rules of the security groups and the clients';

function workOn(fileSystem: FileSystem, { targets }: Mounts): string | undefined {
  return workOnFileSystem(fileSystem) ?? workOnMountTargets(targets);
}
