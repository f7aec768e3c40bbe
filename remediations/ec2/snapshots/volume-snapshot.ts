import { snapshotReads } from '../../../vitals/ec2/snapshot';
import { readVolume, volumeReads } from '../../../vitals/ec2/volume';
import { defineSnapshotKind } from '../../snapshot-kind';
import { ebsGivesUpAfter, leaveToTagSnapshots, saidOfSnapshots, standingOfSnapshots } from './ebs-snapshots';

/** A snapshot of one EBS volume. */
export const volumeSnapshot = defineSnapshotKind({
  of: 'volume',
  permissions: {
    read: [...volumeReads, ...snapshotReads],
    write: [
      { action: 'ec2:CreateSnapshot', on: 'arn:*:ec2:*:*:volume/*', tagged: true },
      { action: 'ec2:CreateSnapshot', on: 'arn:*:ec2:*::snapshot/*', tagged: false },
    ],
    implied: [leaveToTagSnapshots('CreateSnapshot')],
  },
  giveUpAfter: ebsGivesUpAfter,

  async look(id, aws) {
    const volume = await readVolume(id, aws);
    if (volume.kind === 'absent') return { kind: 'refused', reason: `${id} no longer exists` };
    return ['in-use', 'available'].includes(volume.state)
      ? { kind: 'possible', holds: [{ kind: 'volume', id }] }
      : { kind: 'refused', reason: `no snapshot can be made of ${id} while it is ${volume.state}` };
  },

  async create(snapshot, aws) {
    await aws.ec2.createSnapshot({ VolumeId: snapshot.of.id, ...saidOfSnapshots(snapshot) });
  },

  read: standingOfSnapshots,
});
