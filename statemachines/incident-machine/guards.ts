import { lacksApproval, needsApproval, peopleNeeded, yesesTo } from './approval';
import { nameInBrief } from './brief';
import { hasPassed, rungOf, type Scope } from './scope';
import { askAtMost, heldAtMost, notifyTriesPerTier, traceLag } from './waits';

/** A yes to the present plan, in time, by somebody who has not said it before. */
const isYes = ({ context, event }: Scope): boolean =>
  event.type === 'approval.granted' &&
  event.planHash === context.planned?.planHash &&
  !yesesTo(context, event.planHash).includes(nameInBrief(event.by)) &&
  // The timer that ends the wait may be late itself.
  !hasPassed(context.deadlineAt, event);

/** What the machine's transitions hang on, by name. */
export const guards = {
  hasWait: ({ context }: Scope): boolean => context.rule.waitSeconds > 0,
  isLate: ({ context, event }: Scope): boolean => hasPassed(context.deadlineAt, event),
  isEarly: ({ context, event }: Scope): boolean => !hasPassed(context.deadlineAt, event),
  isVerifying: ({ context, event }: Scope): boolean =>
    context.deadlineAt !== null && !hasPassed(context.deadlineAt, event),
  isObserving: ({ context }: Scope): boolean => context.rule.mode === 'observe',
  nothingLeft: ({ context }: Scope): boolean =>
    !rungOf(context) || context.starts + context.spent >= context.rule.limits.attempts,
  hasPlan: ({ context }: Scope): boolean => context.planned !== null,
  lacksApproval: ({ context }: Scope): boolean => lacksApproval(context),
  wasAskedTooOften: ({ context, event }: Scope): boolean =>
    needsApproval(context) &&
    context.asked >= askAtMost &&
    event.type === 'plan.made' &&
    yesesTo(context, event.planHash).length === 0,
  isFirstYes: isYes,
  isLastYes: (scope: Scope): boolean =>
    isYes(scope) && yesesTo(scope.context, scope.context.planned?.planHash).length + 1 >= peopleNeeded(scope.context),
  isUntold: ({ context }: Scope): boolean => context.tries > 0,
  isElsewhere: ({ event }: Scope): boolean => event.type === 'symptom.present' && event.elsewhere === true,
  mayAskAgain: ({ context }: Scope): boolean => context.tries < notifyTriesPerTier,
  isTooSoon: ({ event }: Scope): boolean =>
    event.type === 'admission.refused' &&
    event.refusals.every(({ guard, until }) => guard === 'evidence' && until !== undefined),
  isForGood: ({ event }: Scope): boolean =>
    event.type === 'admission.refused' && event.refusals.some(({ lasting }) => lasting),
  /** People are told of a storm once, and not by each that it holds each time that it asks. */
  isNewStorm: ({ context, event }: Scope): boolean =>
    event.type === 'admission.refused' &&
    event.refusals.some(({ guard }) => guard === 'storm') &&
    !(context.held?.storm ?? false),
  wasHeldTooLong: ({ context, event }: Scope): boolean => hasPassed(context.held?.until ?? null, event),
  isBelieved: ({ context, event }: Scope): boolean =>
    hasPassed(context.deadlineAt, event) ||
    (context.notStartedAt !== null && event.at - context.notStartedAt >= traceLag),
  hasHealed: ({ context, event }: Scope): boolean =>
    hasPassed(context.settledAt, event) && context.starts > context.traceless,
  hasSettled: ({ context, event }: Scope): boolean => hasPassed(context.settledAt, event),
  wasUnreadTooLong: ({ context, event }: Scope): boolean => hasPassed((context.settledAt ?? 0) + heldAtMost, event),
  hasNextTier: ({ context }: Scope): boolean => context.tier + 1 < context.rule.escalate.length,
  hasTierBefore: ({ context }: Scope): boolean => context.tier > 0,
  mayTryAgain: ({ context }: Scope): boolean => context.tries + 1 < notifyTriesPerTier,
};
