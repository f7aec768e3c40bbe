import { z } from 'zod';
import { plainText } from '../signals/plain-text';

/** Who made a call that CloudTrail tells of, as far as it concerns us. */
const schema = z.object({
  detail: z
    .object({
      userIdentity: z
        .object({ arn: z.string().optional().catch(undefined) })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
});

/**
 * Why an event is of Homeostat's own doing, if it is: it tells of a call under one of its roles. What such an event shows to be
 * sick is what Homeostat did, and opens nothing.
 */
export function ownDoing(event: unknown, rolePrefix: string | undefined): string | undefined {
  const { detail } = schema.safeParse(event).data ?? {};
  const [, role, session] = /:assumed-role\/([^/]+)\/(.+)$/.exec(detail?.userIdentity?.arn ?? '') ?? [];
  if (rolePrefix === undefined || role === undefined || !role.startsWith(rolePrefix)) return undefined;
  return `it tells of what Homeostat itself did${session ? `, for ${plainText(session, 40)}` : ''}`;
}
