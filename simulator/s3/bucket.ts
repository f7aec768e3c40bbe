import { z } from 'zod';

const block = z.strictObject({
  BlockPublicAcls: z.boolean().default(false),
  IgnorePublicAcls: z.boolean().default(false),
  BlockPublicPolicy: z.boolean().default(false),
  RestrictPublicBuckets: z.boolean().default(false),
});

/** The settings of Block Public Access, of a bucket or of the account. */
export const publicAccessBlockSchema = block;
export type PublicAccessBlock = z.infer<typeof block>;

/** A bucket as a description of an account writes it; everything but the name has a default. */
export const bucketSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'a bucket has 3 to 63 small letters, digits, dots and -'),
  /** What its policy allows: nobody but people of the account unless told. */
  policy: z.enum(['none', 'private', 'public']).default('none'),
  /** What its access list does. */
  list: z.enum(['private', 'public']).default('private'),
  /** None of the settings were ever set unless told. */
  block: block.optional(),
  website: z.boolean().default(false),
  /** Names of the buckets that it is replicated into. */
  replicatedInto: z.array(z.string()).default([]),
  tags: z.record(z.string(), z.string()).default({}),
});
export type BucketInput = z.input<typeof bucketSchema>;
export type Bucket = z.infer<typeof bucketSchema>;

/** What people do to a bucket. */
export const bucketHappeningSchema = z.strictObject({
  name: z.string(),
  policy: z.enum(['none', 'private', 'public']).optional(),
  list: z.enum(['private', 'public']).optional(),
  /** The block is taken away. */
  unblocked: z.literal(true).optional(),
});
export type BucketHappening = z.infer<typeof bucketHappeningSchema>;

const route = z.strictObject({ bucket: z.string(), region: z.string(), active: z.boolean() });

/** A multi-Region access point: its alias, and where it sends requests. */
export const accessPointSchema = z.strictObject({
  alias: z.string().regex(/^[a-z0-9]{1,50}\.mrap$/, 'an alias is written like mfzwi23gnjvgw.mrap'),
  routes: z.array(route).min(1),
});
export type AccessPointInput = z.input<typeof accessPointSchema>;
