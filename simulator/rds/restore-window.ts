import type { DBCluster, DBInstance } from '@aws-sdk/client-rds';

const day = 24 * 60 * 60_000;
/** The log is put away every five minutes. */
const behind = 5 * 60_000;

/** What can be brought back: any moment from the first to the last of these, in milliseconds. */
export interface RestoreWindow {
  readonly from: number;
  readonly to: number;
}

interface BackedUp {
  readonly backupDays: number;
  readonly failedAt?: number | undefined;
}

/** The moments that backups can bring back now; undefined where there are none. */
export function restoreWindow({ backupDays, failedAt }: BackedUp, now: number): RestoreWindow | undefined {
  return backupDays > 0 ? { from: now - backupDays * day, to: Math.min(now, failedAt ?? now) - behind } : undefined;
}

/** How DescribeDBInstances shows it, which says nothing of the first. */
export function describeLatest(window: RestoreWindow | undefined): DBInstance {
  return window ? { LatestRestorableTime: new Date(window.to) } : {};
}

/** How DescribeDBClusters shows it. */
export function describeWindow(window: RestoreWindow | undefined): DBCluster {
  if (!window) return {};
  return { EarliestRestorableTime: new Date(window.from), LatestRestorableTime: new Date(window.to) };
}
