import { approvalOnce, approvedPlan, freshEvidence, killSwitch } from './consent';
import {
  authority,
  dryRun,
  fencing,
  intentFirst,
  noBlindRepeat,
  oneClaim,
  oneMutation,
  peopleHaveIt,
  scope,
} from './effects';
import { absorbingEnd, eventOnce, replay, singleWriter, timers, versionSafety } from './history';
import type { Invariant } from './invariant';
import { attempts, blastRadius, rate, storm } from './limits';
import { escalation, neverStuck, noSelfFeeding, provenance, verifiedResolution } from './resolution';

/** All that holds after every event of a trial. */
export const invariants: readonly Invariant[] = [
  replay,
  singleWriter,
  eventOnce,
  intentFirst,
  noBlindRepeat,
  fencing,
  absorbingEnd,
  peopleHaveIt,
  oneMutation,
  oneClaim,
  blastRadius,
  rate,
  storm,
  attempts,
  scope,
  approvedPlan,
  approvalOnce,
  killSwitch,
  freshEvidence,
  verifiedResolution,
  neverStuck,
  timers,
  escalation,
  dryRun,
  authority,
  provenance,
  versionSafety,
  noSelfFeeding,
];
