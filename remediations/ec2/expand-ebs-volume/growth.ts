import { z } from 'zod';
import { ownCommand } from '../../own-command';
import { documentVersion, ownDocument } from '../../ssm-document';

/** What a policy may say of it. */
export const parameters = z.strictObject({
  /** Your command document that grows the filesystem. It gets `VolumeId` if it takes that; a second run must do no harm. */
  document: ownDocument,
  version: documentVersion,
  /** Device of the volume, such as `/dev/sdf`, on an instance that has several. */
  device: z.string().min(1).max(64).optional(),
  /** By how many percent it grows, and by how many GiB at the least. */
  growByPercent: z.int().min(1).max(100).default(50),
  growByAtLeastGiB: z.int().min(1).max(1_000).default(10),
  /** A volume that would be larger is left to people: what is added costs money for good. */
  ceilingGiB: z.int().min(1).max(65_536).default(500),
  /** One that was changed in the last so many hours is left to people: it fills by something that more room does not heal. */
  restHours: z.int().min(0).max(24).default(6),
});

/** What is planned, and what was seen. */
export const planned = z.object({
  volume: z.string(),
  /** GiB. */
  size: z.object({ from: z.int(), to: z.int() }),
  /** Before-image: when the volume was last changed before the plan. A later change to the planned size is ours. */
  lastChangeAt: z.number().nullable(),
  restHours: z.number(),
  command: ownCommand,
});
export type Plan = z.infer<typeof planned>;

/** GiB that a volume of this size is to have. */
export function grown(sizeGiB: number, chosen: z.infer<typeof parameters>): number {
  return sizeGiB + Math.max(chosen.growByAtLeastGiB, Math.ceil((sizeGiB * chosen.growByPercent) / 100));
}
