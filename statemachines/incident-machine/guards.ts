import { hasPassed, rungOf, type Scope } from './scope';
import { askAtMost, heldAtMost, notifyTriesPerTier, traceLag } from './waits';

const needsApproval = ({ context }: Scope): boolean =>
  context.rule.mode === 'approve' || rungOf(context)?.approval === 'required';

/** What the machine's transitions hang on, by name. */
export const guards = {
  hasWait: ({ context }: Scope): boolean => context.rule.waitSeconds > 0,
  isLate: ({ context, event }: Scope): boolean => hasPassed(context.deadlineAt, event),
  isEarly: ({ context, event }: Scope): boolean => !hasPassed(context.deadlineAt, event),
  isVerifying: ({ context, event }: Scope): boolean =>
    context.deadlineAt !== null && !hasPassed(context.deadlineAt, event),
  isObserving: ({ context }: Scope): boolean => context.rule.mode === 'observe',
  nothingLeft: ({ context }: Scope): boolean => !rungOf(context) || context.starts >= context.rule.limits.attempts,
  isApproved: ({ context, event }: Scope): boolean =>
    event.type === 'plan.made' && event.planHash === context.approvedHash,
  needsApproval,
  wasAskedTooOften: (scope: Scope): boolean => needsApproval(scope) && scope.context.asked >= askAtMost,
  isOfThisPlan: ({ context, event }: Scope): boolean =>
    event.type === 'approval.granted' &&
    event.planHash === context.planned?.planHash &&
    // The timer that ends the wait may be late itself.
    !hasPassed(context.deadlineAt, event),
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
