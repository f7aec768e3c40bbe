import { z } from 'zod';

export const parameters = z.strictObject({
  /** Names of the vaults that it may restore from. */
  vaults: z
    .array(z.string().regex(/^[\w/-]{2,50}$/, 'a vault has 2 to 50 letters, digits and hyphens'))
    .min(1)
    .default(['Default']),
  /** Minutes before the sickness was told of: what was backed up later is not restored. */
  minutesBack: z.int().nonnegative().default(0),
  /** ARN of the role that AWS Backup restores with; without one, that of whatever made the backup. */
  role: z
    .string()
    .regex(/^arn:[a-z-]+:iam::\d{12}:role\/\S+$/, 'a role is named by its ARN')
    .optional(),
});

export const planned = z.object({
  account: z.string(),
  region: z.string(),
  /** ARN of what is restored. */
  resource: z.string(),
  /** As AWS Backup calls it: `EBS`, … */
  type: z.string(),
  vault: z.string(),
  /** ARN of the recovery point, and when it was made. */
  point: z.string(),
  madeAt: z.number(),
  role: z.string(),
  metadata: z.record(z.string(), z.string()),
  /** What people do with the new one. */
  next: z.string(),
  token: z.string(),
  /** Before-image: ids of the jobs that have restored this recovery point before. */
  before: z.array(z.string()),
});
export type Plan = z.infer<typeof planned>;
