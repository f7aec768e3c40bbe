import { z } from 'zod';

/** Capacity units per second. */
const units = z.number().nonnegative();
const perSecond = z.strictObject({ read: units.default(0), write: units.default(0) });
const maximum = z.strictObject({ read: units.optional(), write: units.optional() });

const side = {
  /** Provisioned units; without meaning on demand. */
  capacity: z.strictObject({ read: z.int().positive(), write: z.int().positive() }).default({ read: 100, write: 100 }),
  /** Ceiling of an on-demand table; none unless told. */
  maximum: maximum.default({}),
  /** What its users ask for. */
  load: perSecond.default({ read: 10, write: 10 }),
  /** What they ask of one key beyond what one partition gives: throttled whatever the capacity. */
  hotKey: perSecond.default({ read: 0, write: 0 }),
};

const index = z.strictObject({ name: z.string().min(3), ...side });

const replica = z.strictObject({
  region: z.string(),
  status: z
    .enum(['ACTIVE', 'CREATING', 'UPDATING', 'INACCESSIBLE_ENCRYPTION_CREDENTIALS', 'REPLICATION_NOT_AUTHORIZED'])
    .default('ACTIVE'),
});

/** A DynamoDB table as a description of an account writes it; everything but the name has a default. */
export const tableSchema = z.strictObject({
  name: z.string().regex(/^[\w.-]{3,255}$/, 'a table is named by 3 to 255 letters, digits, and _ . -'),
  billing: z.enum(['provisioned', 'on-demand']).default('provisioned'),
  ...side,
  indexes: z.array(index).default([]),
  /** Its copies in other Regions. */
  replicas: z.array(replica).default([]),
  /** Write units between which auto scaling holds a global table, in all its Regions; off unless told. */
  replicaWrites: z.strictObject({ min: z.int().positive(), max: z.int().positive() }).optional(),
  status: z
    .enum([
      'ACTIVE',
      'CREATING',
      'UPDATING',
      'DELETING',
      'INACCESSIBLE_ENCRYPTION_CREDENTIALS',
      'ARCHIVED',
      'REPLICATION_NOT_AUTHORIZED',
    ])
    .default('ACTIVE'),
  sizeGiB: z.number().nonnegative().default(1),
  /** Whether it can be restored to any moment of the last 35 days. */
  pointInTimeRecovery: z.boolean().default(true),
  deletionProtection: z.boolean().default(true),
  tags: z.record(z.string(), z.string()).default({}),
});

/** A table as one describes it: what has a default may be left out. */
export type TableInput = z.input<typeof tableSchema>;
export type DescribedTable = z.infer<typeof tableSchema>;

/** What befalls a table, or one of its indexes. */
export const tableHappeningSchema = z.strictObject({
  name: z.string(),
  index: z.string().optional(),
  /** What its users ask for from now on; what is not told stays. */
  load: maximum.optional(),
  /** Somebody switches off that it can be restored. */
  unprotected: z.literal(true).optional(),
});
