import type { Memory } from '../incident';
import { inBrief } from './brief';
import { reasonOf, type Scope } from './scope';
import { heldAtMost, peopleHave, second, unreadAtMost } from './waits';

type Change = Partial<Memory>;

/** What the machine's transitions change in the incident's memory, by name. */
export const changes = {
  /** The deadline of a wait whose length is the rule's. */
  waitForNative: ({ context, event }: Scope): Change => ({ deadlineAt: event.at + context.rule.waitSeconds * second }),
  waitForPerson: ({ context, event }: Scope): Change => ({
    deadlineAt: event.at + context.rule.approvalWithinSeconds * second,
    asked: context.asked + 1,
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
          deadlineAt: event.at + (context.planned?.patience.giveUpAfter ?? 0) * second,
        }
      : {},
  forgetDeadline: (_scope: Scope): Change => ({ deadlineAt: null }),
  nextRung: ({ context }: Scope): Change => ({
    rung: context.rung + 1,
    planned: null,
    handle: null,
    approvedHash: null,
    notStartedAt: null,
    held: null,
  }),
  keepPlan: ({ event }: Scope): Change => {
    if (event.type !== 'plan.made') return {};
    const { remediation, plan: made, planHash, touches, summary, patience } = event;
    return { planned: { remediation, plan: made, planHash, touches, summary, patience } };
  },
  keepHandle: ({ context, event }: Scope): Change => ({
    handle: (event.type === 'start.succeeded' && event.handle) || context.handle,
  }),
  keepApproval: ({ event }: Scope): Change =>
    event.type === 'approval.granted' ? { approvedHash: event.planHash } : {},
  hold: ({ context, event }: Scope): Change => ({
    held: { until: context.held?.until ?? event.at + heldAtMost, reason: inBrief(reasonOf(event)) },
  }),
  heldTooLong: ({ context }: Scope): Change => ({
    gaveUp: inBrief(`it may not start: ${context.held?.reason ?? ''}`),
  }),
  unhold: (_scope: Scope): Change => ({ held: null }),
  noTrace: ({ context, event }: Scope): Change => ({ notStartedAt: context.notStartedAt ?? event.at }),
  countTraceless: ({ context }: Scope): Change => ({ traceless: context.traceless + 1 }),
  countTry: ({ context }: Scope): Change => ({ tries: context.tries + 1 }),
  nextTier: ({ context }: Scope): Change => ({ tier: context.tier + 1, tries: 0 }),
  tierBefore: ({ context }: Scope): Change => ({ tier: context.tier - 1 }),
  giveUpBecause: ({ event }: Scope, why: string): Change => ({
    gaveUp: inBrief(`${why}: ${reasonOf(event)}`),
  }),
  ladderIsDone: ({ context }: Scope): Change => ({
    gaveUp:
      context.rule.ladder.length === 0 ? 'the rule has no remediation for it' : 'nothing that may be tried is left',
  }),
};
