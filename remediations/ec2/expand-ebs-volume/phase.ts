import type { Volume } from '../../../vitals/ec2/volume';
import type { VolumeChange } from '../../../vitals/ec2/volume-change';
import { standingOf } from '../../absolute-change';
import type { Plan } from './growth';

export type Phase =
  | { readonly kind: 'untouched' }
  | { readonly kind: 'growing' }
  | { readonly kind: 'grown' }
  | { readonly kind: 'lost'; readonly why: string };

/** How far it has come, by what EC2 shows alone. */
export function phaseOf(plan: Plan, { id, sizeGiB }: Volume, changes: readonly VolumeChange[]): Phase {
  const since = changes.find(({ startedAt }) => startedAt !== plan.lastChangeAt);
  const overtaken: Phase = { kind: 'lost', why: `${id} was changed by others since the plan` };
  if (since && since.to !== plan.size.to) return overtaken;
  if (since?.state === 'modifying') return { kind: 'growing' };
  if (since?.state === 'failed') return { kind: 'lost', why: `EBS could not grow ${id}: ${since.said}` };
  const standing = since ? 'made' : standingOf(plan.size, sizeGiB);
  return standing === 'due' ? { kind: 'untouched' } : standing === 'made' ? { kind: 'grown' } : overtaken;
}
