import type { Calls } from '../../../vitals/aws';
import { findSnapshot, snapshotReads } from '../../../vitals/ec2/snapshot';
import type { Volume } from '../../../vitals/ec2/volume';
import type { VolumeChange } from '../../../vitals/ec2/volume-change';
import { standingOf } from '../../absolute-change';
import { attemptTag } from '../../named-creation';
import type { Plan } from './growth';

export type Phase =
  | { readonly kind: 'untouched' }
  /** The snapshot that was asked for has been begun: it holds what was there. */
  | { readonly kind: 'secured'; readonly snapshot: string }
  | { readonly kind: 'growing' }
  | { readonly kind: 'grown' }
  | { readonly kind: 'lost'; readonly why: string };

/** How far it has come, by what EC2 shows alone. */
export async function phaseOf(
  plan: Plan,
  volume: Volume,
  changes: readonly VolumeChange[],
  aws: Calls<(typeof snapshotReads)[number]>,
): Promise<Phase> {
  const { id, sizeGiB } = volume;
  const since = changes.find(({ startedAt }) => startedAt !== plan.lastChangeAt);
  const overtaken: Phase = { kind: 'lost', why: `${id} was changed by others since the plan` };
  if (since && since.to !== plan.size.to) return overtaken;
  if (since?.state === 'modifying') return { kind: 'growing' };
  if (since?.state === 'failed') return { kind: 'lost', why: `EBS could not grow ${id}: ${since.said}` };
  const standing = since ? 'made' : standingOf(plan.size, sizeGiB);
  if (standing !== 'due') return standing === 'made' ? { kind: 'grown' } : overtaken;
  const snapshot = plan.snapshot ? await findSnapshot(id, ownTag(plan), aws) : undefined;
  if (snapshot?.state === 'error') return { kind: 'lost', why: `the snapshot ${snapshot.id} of ${id} has failed` };
  return snapshot ? { kind: 'secured', snapshot: snapshot.id } : { kind: 'untouched' };
}

/** Takes the snapshot of the attempt. */
export async function takeSnapshot(plan: Plan, aws: Calls<'ec2:CreateSnapshot'>): Promise<void> {
  const { key, value } = ownTag(plan);
  await aws.ec2.createSnapshot({
    VolumeId: plan.volume,
    Description: `Homeostat: before it grows to ${plan.size.to} GiB`,
    TagSpecifications: [{ ResourceType: 'snapshot', Tags: [{ Key: key, Value: value }] }],
  });
}

function ownTag({ command }: Plan): { readonly key: string; readonly value: string } {
  return { key: attemptTag, value: command.mark };
}
