import { durationText } from '../../../statemachines/duration';
import type { ModeRecord } from '../track-record';
import type { Acted } from './acted';
import type { Approvals } from './approvals';
import type { Watched } from './watched';

/** Fewer outcomes, answers or starts than these say nothing. */
const enoughOutcomes = 5;
const enoughAnswers = 10;
const enoughStarts = 5;

/** Shares from which on a record speaks for going further, from 0 to 1. */
const needsAHand = 0.2;
const agree = 0.95;
const help = 0.8;

/** What a record speaks for, in one line. It decides nothing: the mode is the operator's to write. */
export function verdictOn(record: ModeRecord): string {
  if (record.mode === 'observe') return ofWatched(record.watched);
  return record.mode === 'approve' ? ofApprovals(record.approvals, record.acted) : ofActed(record.acted);
}

function ofWatched({ wouldHaveActed, wouldHaveHeld, recoveredAfterSeconds }: Watched): string {
  const { times, went } = wouldHaveActed;
  if (times + wouldHaveHeld.incidents === 0) return 'says nothing yet: there was nothing that it would have done';
  if (wouldHaveHeld.incidents > times)
    return `speaks for staying in observe: guards would have held ${wouldHaveHeld.incidents} of ${times + wouldHaveHeld.incidents}; see to the causes first`;
  const needed = went.bySomebody + went.stillSick + went.closed;
  const known = needed + went.byItself + went.untold;
  if (known < enoughOutcomes) return tooFew(known, enoughOutcomes, 'outcomes', 'observe');
  if (needed / known < needsAHand) {
    const wait =
      recoveredAfterSeconds === null
        ? ''
        : `; a wait of ${durationText(recoveredAfterSeconds)} would spare half of them`;
    return `speaks for staying in observe: ${known - needed} of ${known} recovered by themselves${wait}`;
  }
  return `speaks for mode approve: ${needed} of ${known} did not recover by themselves`;
}

function ofApprovals({ approved, denied, unanswered }: Approvals, acted: Acted): string {
  const answered = approved + denied;
  if (unanswered > answered)
    return `speaks for staying in approve: ${unanswered} of ${answered + unanswered} requests were not answered; see to who is asked`;
  if (answered < enoughAnswers) return tooFew(answered, enoughAnswers, 'answers', 'approve');
  if (approved / answered < agree)
    return `speaks for staying in approve: people said no to ${denied} of ${answered}; see to why`;
  const { over, helped } = startsOf(acted);
  if (over < enoughStarts) return tooFew(over, enoughStarts, 'starts that are over', 'approve');
  if (helped / over < help) return `speaks for another ladder, not for act: ${helped} of ${over} starts helped`;
  return `speaks for mode act: people agreed to ${approved} of ${answered}, and ${helped} of ${over} starts helped`;
}

function ofActed(acted: Acted): string {
  const { over, helped } = startsOf(acted);
  if (over < enoughStarts) return tooFew(over, enoughStarts, 'starts that are over', 'act');
  if (helped / over < help) return `speaks for going back to approve: ${helped} of ${over} starts helped`;
  return `speaks for staying in act: ${helped} of ${over} starts helped`;
}

function startsOf({ helped, didNotHelp, failed }: Acted): { readonly over: number; readonly helped: number } {
  return { over: helped + didNotHelp + failed, helped };
}

function tooFew(known: number, enough: number, what: string, mode: string): string {
  return `says too little yet: ${known} of at least ${enough} ${what} are known, so stay in ${mode}`;
}
