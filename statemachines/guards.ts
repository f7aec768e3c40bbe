import { atOnceGuard } from './guards/at-once';
import { autoshiftGuard } from './guards/autoshift';
import { backoffGuard } from './guards/backoff';
import { busyGuard } from './guards/busy';
import { consentGuard } from './guards/consent';
import { evidenceGuard } from './guards/evidence';
import type { Guard } from './guards/guard';
import { holdGuard } from './guards/hold';
import { lockGuard } from './guards/lock';
import { minHealthyGuard } from './guards/min-healthy';
import { modeGuard } from './guards/mode';
import { muteGuard } from './guards/mute';
import { perHourGuard } from './guards/per-hour';
import { stormGuard } from './guards/storm';

/** All that stands between a plan and its start. Each says why, and all are asked: nobody is told half of it. */
export const guards: readonly Guard[] = [
  holdGuard, // people have stopped it
  modeGuard, // the policy has become stricter
  consentGuard, // it is not ours to touch
  muteGuard, // people are at work on it
  evidenceGuard, // it may not be sick at all
  backoffGuard, // it was just tried
  stormGuard, // it is not its own sickness
  autoshiftGuard, // AWS has a hand on the zone
  busyGuard, // somebody has a hand on it
  lockGuard, // we have a hand on it
  atOnceGuard, // we have our hands full
  perHourGuard, // we have done enough
  minHealthyGuard, // too few would be left
];
