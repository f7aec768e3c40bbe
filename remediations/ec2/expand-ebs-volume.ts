import { readVolume, volumeReads } from '../../vitals/ec2/volume';
import { changeReads, readChanges } from '../../vitals/ec2/volume-change';
import { findVolume } from '../../vitals/ec2/volume-search';
import { checkCommand, ownCommandWrites, planCommand, sendCommand } from '../own-command';
import { defineRemediation } from '../remediation';
import { grown, parameters, planned, type Plan } from './expand-ebs-volume/growth';
import { objectionReads, objectionTo, workOn } from './expand-ebs-volume/objections';
import { phaseOf } from './expand-ebs-volume/phase';

/** Grows an EBS volume, and the filesystem on it. A volume never shrinks again. */
export const expandEbsVolume = defineRemediation({
  name: 'expand-ebs-volume',
  title: 'Grow a volume and its filesystem',
  when: 'A filesystem on an EBS volume is nearly full, and what fills it is meant to be kept.',
  whenNot: 'Logs or a fault fill it, since they fill any size; or it spans several volumes, as LVM and RAID do.',
  heals: ['volume-full'],
  takes: ['ec2-instance', 'volume'],
  risk: 'low',
  needsApproval: false,
  parameters,
  permissions: {
    read: [...volumeReads, ...changeReads, ...objectionReads],
    write: [{ action: 'ec2:ModifyVolume', on: 'arn:*:ec2:*:*:volume/*', tagged: true }, ...ownCommandWrites],
  },
  snapshots: { kinds: ['volume'], of: ({ volume }) => ({ kind: 'volume', id: volume }) },
  patience: { checkEvery: 30, giveUpAfter: 3600 },
  unseen: 'the command that grows the filesystem is found by the mark of its attempt, which a command of others lacks',
  planned,

  async plan({ resource, attemptKey }, chosen, aws) {
    const found = await findVolume(resource, chosen.device, aws);
    if (found.kind === 'refused') return found;
    const { volume, instance } = found;
    const changes = await readChanges(volume.id, aws);
    const planning = await planCommand(chosen, instance, { VolumeId: volume.id }, attemptKey, aws);
    if (planning.kind === 'refused') return planning;
    const plan: Plan = {
      volume: volume.id,
      size: { from: volume.sizeGiB, to: grown(volume.sizeGiB, chosen) },
      lastChangeAt: changes[0]?.startedAt ?? null,
      restHours: chosen.restHours,
      command: planning.command,
    };
    const work = await workOn(plan, volume, changes, aws);
    if (work) return { kind: 'busy', reason: work };
    const { from, to } = plan.size;
    if (to > chosen.ceilingGiB) {
      return {
        kind: 'refused',
        reason: `${volume.id} would have ${to} GiB, and the policy's ceiling is ${chosen.ceilingGiB}`,
      };
    }
    const objection = await objectionTo(plan, volume, changes, aws);
    if (objection) return { kind: 'refused', reason: objection };
    const { account, region } = resource;
    return {
      kind: 'planned',
      plan,
      summary: `grow ${volume.id} of ${instance} from ${from} to ${to} GiB for good, and its filesystem`,
      touches: [
        { kind: 'volume', id: volume.id, account, region },
        { kind: 'ec2-instance', id: instance, account, region },
      ],
      // Nothing is down meanwhile.
      group: 'alone',
    };
  },

  // Called once for the size and once for the filesystem; each time it goes on from the state that it reads.
  async start(plan, aws) {
    const volume = await readVolume(plan.volume, aws);
    if (volume.kind === 'absent') return { kind: 'refused', reason: `${plan.volume} no longer exists` };
    const changes = await readChanges(volume.id, aws);
    const phase = phaseOf(plan, volume, changes);
    switch (phase.kind) {
      case 'untouched': {
        const objection = (await workOn(plan, volume, changes, aws)) ?? (await objectionTo(plan, volume, changes, aws));
        if (objection) return { kind: 'refused', reason: objection };
        await aws.ec2.modifyVolume({ VolumeId: plan.volume, Size: plan.size.to });
        return { kind: 'started', handle: 'accepted' };
      }
      case 'growing':
        return { kind: 'started' };
      case 'grown':
        return sendCommand(plan.command, aws);
      case 'lost':
        return { kind: 'refused', reason: phase.why };
    }
  },

  async check(plan, handle, aws) {
    const { volume: id, size } = plan;
    const volume = await readVolume(id, aws);
    if (volume.kind === 'absent') return { kind: 'failed', detail: `${id} no longer exists` };
    const phase = phaseOf(plan, volume, await readChanges(id, aws));
    switch (phase.kind) {
      case 'untouched':
        return handle
          ? { kind: 'pending', detail: `${id} was told to grow and still has ${size.from} GiB` }
          : { kind: 'notStarted', detail: `${id} has ${size.from} GiB as before` };
      case 'growing':
        return { kind: 'pending', detail: `${id} grows to ${size.to} GiB` };
      case 'grown':
        return (
          (await checkCommand(plan.command, handle, aws)) ?? {
            kind: 'continue',
            detail: `${id} has ${size.to} GiB: its filesystem must be grown`,
          }
        );
      case 'lost':
        return { kind: 'failed', detail: phase.why };
    }
  },
});
