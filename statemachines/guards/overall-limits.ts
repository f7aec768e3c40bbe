import type { StormLimits } from '../storm';

/** Limits over all rules of a policy together. */
export interface OverallLimits {
  readonly account: {
    /** Incidents of one account that may be touching something at one time. */
    readonly atOnce: number;
    /** Remediations that may be started in one account in any 60 minutes. */
    readonly perHour: number;
  };
  /** Remediations that may be started on one group, or on its members, in any 60 minutes. One at a time, always. */
  readonly group: { readonly perHour: number };
  readonly storm: StormLimits;
}
