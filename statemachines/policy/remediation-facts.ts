import type { z } from 'zod';
import type { ResourceKind } from '../../signals/signal';

/** What a policy is checked against of one remediation. A `Remediation` is one, so that the list can be handed in as it is. */
export interface RemediationFacts {
  readonly name: string;
  readonly title: string;
  /** When to use it, in one sentence. */
  readonly when: string;
  /** Conditions that it can help. */
  readonly heals: readonly string[];
  readonly takes: readonly ResourceKind[];
  /** Whether a person must agree unless the policy says otherwise. */
  readonly needsApproval: boolean;
  /** What `snapshotFirst` means to it: an object where a snapshot can be made of what it could lose. */
  readonly snapshots?: 'losesNoData' | 'noneCanBeMade' | object;
  /** What a policy may set: an object with a default for every field that may be left out. */
  readonly parameters: z.ZodType;
}
