import type { Memory } from '../incident';
import { yesesTo } from './approval';
import { inBrief, nameInBrief } from './brief';
import { reasonOf, type Scope } from './scope';
import { heldAtMost, peopleHave, second, unreadAtMost, watchedFor } from './waits';

type Change = Partial<Memory>;

/** A sickness that was not there before, or long ago. */
const blank = { rung: 0, spent: 0, lastStartAt: null };

/** What the machine's transitions change in the incident's memory, by name. */
export const changes = {
  inherit: ({ event }: Scope): Change => {
    const { rung, spent, lastStartAt } = (event.type === 'incident.opened' && event.recurrence) || blank;
    return { rung, spent, lastStartAt, sickSince: event.at };
  },
  seeSick: ({ context, event }: Scope): Change => ({
    seenSickAt: event.at,
    sickSince: context.sickSince ?? event.at,
  }),
  /** It was well for a moment: it is sick anew. */
  relapse: ({ event }: Scope): Change => ({ seenSickAt: event.at, sickSince: event.at, approved: null }),
  countEcho: ({ context }: Scope): Change => ({ echoes: context.echoes + 1 }),
  /** The deadline of a wait whose length is the rule's. */
  waitForNative: ({ context, event }: Scope): Change => ({ deadlineAt: event.at + context.rule.waitSeconds * second }),
  waitForPerson: ({ context, event }: Scope): Change => ({
    deadlineAt: event.at + context.rule.approvalWithinSeconds * second,
    asked: context.asked + 1,
    // The first try is on its way; none is left once one was taken.
    tries: 1,
  }),
  waitForHealth: ({ context, event }: Scope): Change => ({
    deadlineAt: event.at + context.rule.verify.withinSeconds * second,
  }),
  waitForReading: ({ context, event }: Scope): Change => ({
    deadlineAt: context.deadlineAt ?? event.at + unreadAtMost,
  }),
  waitForSettling: ({ context, event }: Scope): Change => ({
    settledAt: event.at + context.rule.verify.healthyForSeconds * second,
  }),
  waitForOutcome: ({ event }: Scope): Change => ({ deadlineAt: event.at + watchedFor }),
  waitForTier: ({ context, event }: Scope): Change => {
    const next = context.rule.escalate[context.tier + 1];
    return { deadlineAt: event.at + (next ? next.afterSeconds * second : peopleHave) };
  },
  waitForReach: ({ context, event }: Scope): Change => ({ deadlineAt: context.deadlineAt ?? event.at + peopleHave }),
  waitForClosing: ({ event }: Scope): Change => ({ deadlineAt: event.at + peopleHave }),
  /** A start counts once, however often it is continued; its patience runs from the first. */
  countStart: ({ context, event }: Scope): Change =>
    context.deadlineAt === null
      ? {
          starts: context.starts + 1,
          lastStartAt: event.at,
          deadlineAt: event.at + (context.planned?.patience.giveUpAfter ?? 0) * second,
        }
      : {},
  forgetDeadline: (_scope: Scope): Change => ({ deadlineAt: null }),
  nextRung: ({ context }: Scope): Change => ({
    rung: context.rung + 1,
    planned: null,
    handle: null,
    approved: null,
    notStartedAt: null,
    held: null,
  }),
  keepPlan: ({ event }: Scope): Change => {
    if (event.type !== 'plan.made') return {};
    const { remediation, plan: made, planHash, touches, summary, destroys, patience } = event;
    return { planned: { remediation, plan: made, planHash, touches, summary, destroys, patience } };
  },
  keepHandle: ({ context, event }: Scope): Change => ({
    handle: (event.type === 'start.succeeded' && event.handle) || context.handle,
  }),
  keepApproval: ({ context, event }: Scope): Change =>
    event.type === 'approval.granted'
      ? { approved: { hash: event.planHash, by: [...yesesTo(context, event.planHash), nameInBrief(event.by)] } }
      : {},
  hold: ({ context, event }: Scope): Change => ({
    held: {
      until: context.held?.until ?? event.at + heldAtMost,
      reason: inBrief(reasonOf(event)),
      storm:
        (context.held?.storm ?? false) ||
        (event.type === 'admission.refused' && event.refusals.some(({ guard }) => guard === 'storm')),
    },
  }),
  heldTooLong: ({ context }: Scope): Change => ({
    gaveUp: inBrief(`it may not start: ${context.held?.reason ?? ''}`),
    held: context.held && { ...context.held, reason: '' },
  }),
  unhold: (_scope: Scope): Change => ({ held: null }),
  noTrace: ({ context, event }: Scope): Change => ({ notStartedAt: context.notStartedAt ?? event.at }),
  countTraceless: ({ context }: Scope): Change => ({ traceless: context.traceless + 1 }),
  countTry: ({ context }: Scope): Change => ({ tries: context.tries + 1 }),
  forgetTries: (_scope: Scope): Change => ({ tries: 0 }),
  nextTier: ({ context }: Scope): Change => ({ tier: context.tier + 1, tries: 0 }),
  tierBefore: ({ context }: Scope): Change => ({ tier: context.tier - 1 }),
  giveUpBecause: ({ event }: Scope, why: string): Change => ({
    gaveUp: inBrief(`${why}: ${reasonOf(event)}`),
  }),
  ladderIsDone: ({ context }: Scope): Change => ({
    gaveUp:
      context.rule.ladder.length === 0
        ? 'the rule has no remediation for it'
        : `nothing that may be tried is left${context.spent > 0 ? ': it came back after it was healed' : ''}`,
  }),
};
