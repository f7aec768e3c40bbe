import { z } from 'zod';
import { cacheSicknessSchema } from './sickness';

/** Something that befalls a cache, or a node of one, by its id. */
export const cacheHappeningSchema = z.union([
  /** `node`: of a cluster, such as `0002`; its first one unless told. Of a replication group the first primary is meant. */
  z.strictObject({ sicken: z.string(), node: z.string().optional(), sick: cacheSicknessSchema }),
  z.strictObject({ load: z.string(), is: z.number().nonnegative() }),
  z.strictObject({ data: z.string(), is: z.number().nonnegative() }),
  /** One slot of the keys of a serverless cache is so many percent full. */
  z.strictObject({ fillSlot: z.string(), percent: z.int().positive() }),
]);

export type CacheHappening = z.infer<typeof cacheHappeningSchema>;
