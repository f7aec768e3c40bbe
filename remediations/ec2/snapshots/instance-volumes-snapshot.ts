import { instanceReads, readInstance } from '../../../vitals/ec2/instance';
import { hasInstanceStore, instanceStoreReads } from '../../../vitals/ec2/instance-store';
import { snapshotReads } from '../../../vitals/ec2/snapshot';
import { defineSnapshotKind } from '../../snapshot-kind';
import { ebsGivesUpAfter, leaveToTagSnapshots, saidOfSnapshots, standingOfSnapshots } from './ebs-snapshots';

/** Snapshots of all EBS volumes of an instance, of one moment. EC2 asks for consent of the instance and of each volume. */
export const instanceVolumesSnapshot = defineSnapshotKind({
  of: 'ec2-instance',
  permissions: {
    read: [...instanceReads, ...instanceStoreReads, ...snapshotReads],
    write: [
      { action: 'ec2:CreateSnapshots', on: 'arn:*:ec2:*:*:instance/*', tagged: true },
      { action: 'ec2:CreateSnapshots', on: 'arn:*:ec2:*:*:volume/*', tagged: true },
      { action: 'ec2:CreateSnapshots', on: 'arn:*:ec2:*::snapshot/*', tagged: false },
    ],
    implied: [leaveToTagSnapshots('CreateSnapshots')],
  },
  giveUpAfter: ebsGivesUpAfter,

  async look(id, aws) {
    const instance = await readInstance(id, aws);
    if (instance.kind === 'absent') return { kind: 'refused', reason: `${id} no longer exists` };
    if (await hasInstanceStore(instance, aws)) {
      return { kind: 'refused', reason: `no snapshot can be made of the instance store of ${id} (${instance.type})` };
    }
    const holds = instance.volumes.map((volume) => ({ kind: 'volume' as const, id: volume }));
    return holds.length > 0
      ? { kind: 'possible', holds }
      : { kind: 'refused', reason: `EC2 shows no volume of ${id} that a snapshot could be made of` };
  },

  async create(snapshot, aws) {
    await aws.ec2.createSnapshots({
      InstanceSpecification: { InstanceId: snapshot.of.id },
      ...saidOfSnapshots(snapshot),
    });
  },

  read: standingOfSnapshots,
});
