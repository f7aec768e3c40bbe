import type { Instance } from './instance';

/** How many processes the CloudWatch agent finds of the one that it looks for: one, or none while that is down. */
export function processCount(name: string, { sicknesses }: Instance): number | undefined {
  if (name !== 'procstat_lookup_pid_count') return undefined;
  return sicknesses.has('process') ? 0 : 1;
}
