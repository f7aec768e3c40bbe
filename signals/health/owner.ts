import { z } from 'zod';
import type { Envelope } from '../envelope';
import type { Resource } from '../signal';

const ownerSchema = z.object({
  affectedAccount: z.string().regex(/^\d+$/).optional(),
  eventRegion: z.string().optional(),
});

/**
 * Whose resources an AWS Health event is about, and where they are: under the organizational view another account delivers
 * it, and each event also comes to a backup region.
 */
export function healthOwner(event: Envelope): Pick<Resource, 'account' | 'region'> {
  const said = ownerSchema.safeParse(event.detail).data ?? {};
  return { account: said.affectedAccount ?? event.account, region: said.eventRegion ?? event.region };
}
