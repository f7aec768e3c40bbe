import { z } from 'zod';
import { primaryStates } from './cluster';

/** Something that befalls a database, or a cluster, by its identifier. */
export const databaseHappeningSchema = z.union([
  /** GiB that are left to it. */
  z.strictObject({ fill: z.string(), freeGiB: z.number().nonnegative() }),
  /** People stop it. */
  z.strictObject({ stop: z.string() }),
  /** People restart it where it is. */
  z.strictObject({ restart: z.string() }),
  /** Of a secondary of a global database: its primary, in another region. */
  z.strictObject({ primaryOf: z.string(), is: primaryStates }),
]);

export type DatabaseHappening = z.infer<typeof databaseHappeningSchema>;
