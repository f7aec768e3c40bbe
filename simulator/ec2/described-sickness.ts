import { z } from 'zod';

/** How an instance is ill; what helps is what helps at AWS unless `curedBy` says otherwise. */
export const sicknessSchema = z.strictObject({
  kind: z.enum(['instance', 'system', 'application', 'process', 'retiring']),
  curedBy: z.array(z.enum(['reboot', 'stop-start', 'runbook', 'command'])).optional(),
  passesHealthChecks: z.boolean().optional(),
});
