/** How far a rule may go: `observe` only records what it would do, `approve` asks a person first, `act` does. */
export const modes = ['observe', 'approve', 'act'] as const;
export type Mode = (typeof modes)[number];

/** Plain JSON, as stored and as compared. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One step of a ladder. */
export interface Rung {
  readonly remediation: string;
  /** Whether a person must agree before it starts, or two. */
  readonly approval: 'twoPeople' | 'required' | 'notRequired';
  readonly parameters: { readonly [key: string]: Json };
  /** A snapshot of what it could lose is taken first, or it does not start. */
  readonly snapshotFirst?: true;
}

/** The smallest number of members of a group that must stay healthy. */
export type MinHealthy = { readonly count: number } | { readonly percent: number };

export interface Limits {
  /** Incidents of this rule that may be touching something at one time. */
  readonly atOnce: number;
  /** Remediations that this rule may start in any 60 minutes. */
  readonly perHour: number;
  /** Applies to what the plan says of the group; a remediation on a resource that stands alone is not held by it. */
  readonly minHealthy: MinHealthy;
  /** Remediations that may be started for one sickness: also those of incidents before, if it came back soon after them. */
  readonly attempts: number;
  /** Seconds from an attempt to the next on the same sickness; doubled after each. */
  readonly backoffSeconds: number;
  /** A sickness that comes back this soon, in seconds, was not healed: it goes on where the incident before left off. */
  readonly recursWithinSeconds: number;
}

/** A tier of escalation. */
export interface Tier {
  /** Name of a contact of the policy. */
  readonly contact: string;
  /** Seconds after the tier before, without acknowledgement, at which this one is called; 0 for the first. */
  readonly afterSeconds: number;
}

/** A policy rule as the machine uses it: every default filled in, every duration in seconds. Pinned to the incident it opens. */
export interface Rule {
  readonly name: string;
  readonly mode: Mode;
  /** Seconds that AWS's own healing gets first. */
  readonly waitSeconds: number;
  /** Seconds that it must have been sick without a break before anything starts. */
  readonly holdDownSeconds: number;
  /** From the gentlest up; may be empty: then people are called at once. */
  readonly ladder: readonly Rung[];
  /** The symptom must be gone this soon after a remediation is done, and stay gone this long. */
  readonly verify: { readonly withinSeconds: number; readonly healthyForSeconds: number };
  readonly limits: Limits;
  /** Seconds that people have to answer a request for approval. */
  readonly approvalWithinSeconds: number;
  readonly escalate: readonly [Tier, ...Tier[]];
}
