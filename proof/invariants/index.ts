import { answersInTime, approvedWrites, handsOff } from './answers';
import { belief } from './belief';
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
import { holdDown, settled } from './evidence';
import { absorbingEnd, eventOnce, replay, singleWriter, timers, versionSafety } from './history';
import type { Invariant } from './invariant';
import { attempts, blastRadius, rate, storm } from './limits';
import { observedAccount, openWindow } from './mode';
import { oneIncident, oneInGroup } from './neighbours';
import { ownRelease } from './release';
import {
  endedBreach,
  escalation,
  neverStuck,
  nothingLost,
  noSelfFeeding,
  provenance,
  verifiedResolution,
} from './resolution';
import { keptFirst } from './snapshots';

/** All that holds after every event of a trial. */
export const invariants: readonly Invariant[] = [
  replay,
  singleWriter,
  eventOnce,
  oneIncident,
  intentFirst,
  noBlindRepeat,
  belief,
  fencing,
  absorbingEnd,
  peopleHaveIt,
  handsOff,
  oneMutation,
  oneInGroup,
  oneClaim,
  blastRadius,
  rate,
  storm,
  attempts,
  scope,
  approvedPlan,
  approvalOnce,
  approvedWrites,
  answersInTime,
  killSwitch,
  freshEvidence,
  holdDown,
  verifiedResolution,
  endedBreach,
  settled,
  neverStuck,
  nothingLost,
  timers,
  escalation,
  dryRun,
  observedAccount,
  openWindow,
  authority,
  keptFirst,
  provenance,
  versionSafety,
  ownRelease,
  noSelfFeeding,
];
