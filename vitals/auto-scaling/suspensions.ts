import type { AutoScalingGroup } from './group';

/** Processes by which a group heals itself: without them it neither notices what is sick nor replaces it. */
export const healingProcesses = ['Launch', 'Terminate', 'HealthCheck', 'ReplaceUnhealthy'] as const;

/** Those of these processes that are suspended, and why, in Auto Scaling's words: `User suspended at 2026-…Z`. */
export function suspendedOf(
  { suspended }: Pick<AutoScalingGroup, 'suspended'>,
  processes: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(suspended).filter(([process]) => processes.includes(process)));
}
