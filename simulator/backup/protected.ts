import { z } from 'zod';

/** Something that AWS Backup protects, as a description of an account writes it. What it is itself is described elsewhere. */
export const protectedResourceSchema = z.strictObject({
  arn: z.string(),
  /** Name of the vault that its plan backs it up into. */
  vault: z.string().default('nightly'),
  /** Days that its plan keeps a backup; null is for ever. */
  keepDays: z.int().positive().nullable().default(35),
  /** How many hours ago each of its recovery points was made. */
  points: z.array(z.number().nonnegative()).default([26]),
  /** Its recovery points are in cold storage. */
  cold: z.boolean().default(false),
  /** A job of its plan that has ended since the last of these. */
  lastJob: z
    .strictObject({
      id: z.string().optional(),
      state: z.enum(['ABORTED', 'COMPLETED', 'EXPIRED', 'FAILED', 'PARTIAL']).default('FAILED'),
      message: z.string().default(''),
      /** How long ago it was created. */
      minutesAgo: z.number().nonnegative().default(60),
    })
    .optional(),
  /** What every further job says when it fails; without it they are complete. */
  failing: z.string().optional(),
  /** How long a backup takes, and a restore. */
  minutes: z.number().positive().default(12),
});

export type ProtectedInput = z.input<typeof protectedResourceSchema>;
export type ProtectedDescription = z.infer<typeof protectedResourceSchema>;

/** Something that befalls what is protected. */
export const backupHappeningSchema = z.strictObject({
  resource: z.string(),
  /** Its plan begins a backup now. */
  begins: z.literal(true).optional(),
  /** What further jobs fail with; null where they do not any more. */
  failing: z.string().nullable().optional(),
});
export type BackupHappening = z.infer<typeof backupHappeningSchema>;

/** As AWS Backup calls the type of what an ARN names. */
export function typeOf(arn: string): string {
  const types = {
    ':volume/': 'EBS',
    ':instance/': 'EC2',
    ':file-system/': 'EFS',
    ':table/': 'DynamoDB',
    ':db:': 'RDS',
    ':cluster:': 'Aurora',
    ':s3:::': 'S3',
  };
  return Object.entries(types).find(([part]) => arn.includes(part))?.[1] ?? 'CloudFormation';
}

/** The last part of an ARN: an id or a name. */
export const idIn = (arn: string): string => arn.replace(/^.*[:/]/, '');
