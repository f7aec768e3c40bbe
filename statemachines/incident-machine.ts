import { assign, setup } from 'xstate';
import type { Effect, NotificationKind } from './effect';
import type { Memory } from './incident';
import type { IncidentEvent } from './incident-event';
import type { Rule, Rung, Tier } from './rule';

/** What guards and effects can see: the incident's memory and the rule that it was opened under. */
export type Context = Memory & { readonly rule: Rule };

interface Scope {
  readonly context: Context;
  readonly event: IncidentEvent;
}

const second = 1_000;
const minute = 60 * second;
/** How often a symptom is looked at when no event tells of a change. */
const lookAgainAfter = 30 * second;
/** What cannot be read is looked at again for this long before anybody is called for that alone. */
const unreadAtMost = 5 * minute;
/** A limit that stands in the way is asked again this often, and for this long in all. */
const heldRetryAfter = minute;
const heldAtMost = 30 * minute;
/** When the result of a start or a notification has not been recorded by now, the worker that made it is dead. */
const lease = 2 * minute;
/** Reads lag writes at AWS: "no trace" is believed when it is seen twice, this far apart. */
const traceLag = minute;
const notifyRetryAfter = minute;
const notifyTriesPerTier = 5;
const askAtMost = 3;
/** People were called by all tiers, or have taken over: the incident stops watching after this long. */
const peopleHave = 24 * 60 * minute;

const rungOf = (context: Context): Rung | undefined => context.rule.ladder[context.rung];
const tierOf = (context: Context): Tier => context.rule.escalate[context.tier] ?? context.rule.escalate[0];
const hasPassed = (at: number | null, event: IncidentEvent): boolean => at !== null && event.at >= at;

function reasonOf(event: IncidentEvent): string {
  if ('reason' in event) return event.reason;
  if ('reasons' in event) return event.reasons.join('; ');
  if ('detail' in event) return event.detail;
  return 'by' in event ? `by ${event.by}` : 'time is up';
}

const request = <Params>(params: Params) => ({ type: 'request' as const, params });
const wakeIn = (milliseconds: number) =>
  request(({ event }: Scope): Effect => ({ type: 'wake', at: event.at + milliseconds }));
const wakeAtDeadline = request(({ context, event }: Scope): Effect => ({
  type: 'wake',
  at: context.deadlineAt ?? event.at,
}));
const wakeOrDeadline = (milliseconds: (context: Context) => number) =>
  request(({ context, event }: Scope): Effect => ({
    type: 'wake',
    at: Math.min(event.at + milliseconds(context), context.deadlineAt ?? Infinity),
  }));
const lookAgain = wakeOrDeadline(() => lookAgainAfter);
const checkAgain = wakeOrDeadline((context) => (context.planned?.patience.checkEvery ?? 30) * second);
const wakeWhenSettled = request(({ context, event }: Scope): Effect => ({
  type: 'wake',
  at: context.settledAt ?? event.at,
}));
const readSymptom = request((): Effect => ({ type: 'read-symptom' }));
const plan = request(({ context }: Scope): Effect => {
  const rung = rungOf(context);
  return { type: 'plan', remediation: rung?.remediation ?? '', parameters: rung?.parameters ?? {} };
});
const admit = request(({ context }: Scope): Effect => ({
  type: 'admit',
  remediation: context.planned?.remediation ?? '',
}));
const start = request(({ context }: Scope): Effect => ({
  type: 'start',
  remediation: context.planned?.remediation ?? '',
  plan: context.planned?.plan ?? null,
}));
const check = request(({ context }: Scope): Effect => ({
  type: 'check',
  remediation: context.planned?.remediation ?? '',
  plan: context.planned?.plan ?? null,
  handle: context.handle,
}));
const notify = (kind: NotificationKind) =>
  request(({ context }: Scope): Effect => ({ type: 'notify', kind, contact: tierOf(context).contact }));
const giveUp = (why: string) => ({ target: 'givingUp', actions: { type: 'giveUpBecause', params: why } }) as const;

/**
 * The life of one incident. Flat, so that its state is one word; without xstate's own delays, because their ids repeat on
 * re-entry: a wake-up is an effect that carries the revision which armed it.
 */
export const incidentMachine = setup({
  types: { context: {} as Context, events: {} as IncidentEvent, input: {} as Context },
  actions: {
    /** The only way out of the machine: `step` hands each one to the runtime. */
    request: (_scope, _effect: Effect) => undefined,
    /** The deadline of a wait whose length is the rule's. */
    waitForNative: assign(({ context, event }) => ({ deadlineAt: event.at + context.rule.waitSeconds * second })),
    waitForPerson: assign(({ context, event }) => ({
      deadlineAt: event.at + context.rule.approvalWithinSeconds * second,
      asked: context.asked + 1,
    })),
    waitForHealth: assign(({ context, event }) => ({
      deadlineAt: event.at + context.rule.verify.withinSeconds * second,
    })),
    waitForReading: assign(({ context, event }) => ({
      deadlineAt: context.deadlineAt ?? event.at + unreadAtMost,
    })),
    waitForSettling: assign(({ context, event }) => ({
      settledAt: event.at + context.rule.verify.healthyForSeconds * second,
    })),
    waitForTier: assign(({ context, event }) => {
      const next = context.rule.escalate[context.tier + 1];
      return { deadlineAt: event.at + (next ? next.afterSeconds * second : peopleHave) };
    }),
    waitForClosing: assign(({ event }) => ({ deadlineAt: event.at + peopleHave })),
    /** A start counts once, however often it is continued; its patience runs from the first. */
    countStart: assign(({ context, event }) =>
      context.deadlineAt === null
        ? {
            starts: context.starts + 1,
            deadlineAt: event.at + (context.planned?.patience.giveUpAfter ?? 0) * second,
          }
        : {},
    ),
    forgetDeadline: assign({ deadlineAt: null }),
    nextRung: assign(({ context }) => ({
      rung: context.rung + 1,
      planned: null,
      handle: null,
      approvedHash: null,
      notStartedAt: null,
      held: null,
    })),
    keepPlan: assign(({ event }) => {
      if (event.type !== 'plan.made') return {};
      const { remediation, plan: made, planHash, summary, patience } = event;
      return { planned: { remediation, plan: made, planHash, summary, patience } };
    }),
    keepHandle: assign(({ context, event }) => ({
      handle: (event.type === 'start.succeeded' && event.handle) || context.handle,
    })),
    keepApproval: assign(({ event }) => (event.type === 'approval.granted' ? { approvedHash: event.planHash } : {})),
    hold: assign(({ context, event }) => ({
      held: { until: context.held?.until ?? event.at + heldAtMost, reason: reasonOf(event) },
    })),
    unhold: assign({ held: null }),
    noTrace: assign(({ context, event }) => ({ notStartedAt: context.notStartedAt ?? event.at })),
    countTry: assign(({ context }) => ({ tries: context.tries + 1 })),
    nextTier: assign(({ context }) => ({ tier: context.tier + 1, tries: 0 })),
    giveUpBecause: assign(({ event }, why: string) => ({ gaveUp: `${why}: ${reasonOf(event)}` })),
    ladderIsDone: assign(({ context }) => ({
      gaveUp:
        context.rule.ladder.length === 0 ? 'the rule has no remediation for it' : 'nothing that may be tried is left',
    })),
  },
  guards: {
    hasWait: ({ context }) => context.rule.waitSeconds > 0,
    isLate: ({ context, event }) => hasPassed(context.deadlineAt, event),
    isVerifying: ({ context, event }) => context.deadlineAt !== null && !hasPassed(context.deadlineAt, event),
    isObserving: ({ context }) => context.rule.mode === 'observe',
    nothingLeft: ({ context }) => !rungOf(context) || context.starts >= context.rule.limits.attempts,
    isApproved: ({ context, event }) => event.type === 'plan.made' && event.planHash === context.approvedHash,
    needsApproval: ({ context }) => context.rule.mode === 'approve' || rungOf(context)?.approval === 'required',
    wasAskedTooOften: ({ context }) =>
      (context.rule.mode === 'approve' || rungOf(context)?.approval === 'required') && context.asked >= askAtMost,
    isOfThisPlan: ({ context, event }) =>
      event.type === 'approval.granted' && event.planHash === context.planned?.planHash,
    wasHeldTooLong: ({ context, event }) => hasPassed(context.held?.until ?? null, event),
    isBelieved: ({ context, event }) =>
      hasPassed(context.deadlineAt, event) ||
      (context.notStartedAt !== null && event.at - context.notStartedAt >= traceLag),
    hasHealed: ({ context, event }) => hasPassed(context.settledAt, event) && context.starts > 0,
    hasSettled: ({ context, event }) => hasPassed(context.settledAt, event),
    wasUnreadTooLong: ({ context, event }) => hasPassed((context.settledAt ?? 0) + heldAtMost, event),
    hasNextTier: ({ context }) => context.tier + 1 < context.rule.escalate.length,
    mayTryAgain: ({ context }) => context.tries + 1 < notifyTriesPerTier,
  },
}).createMachine({
  id: 'incident',
  context: ({ input }) => input,
  options: { maxIterations: 100 },
  initial: 'opening',
  on: { 'incident.closed': '.closed' },
  states: {
    opening: {
      on: { 'incident.opened': [{ guard: 'hasWait', target: 'waiting' }, { target: 'confirming' }] },
    },
    waiting: {
      description: 'AWS heals first',
      entry: ['waitForNative', wakeAtDeadline],
      on: {
        'signal.recovered': 'confirming',
        'timer.fired': [{ guard: 'isLate', target: 'confirming' }, { actions: wakeAtDeadline }],
      },
    },
    confirming: {
      description: 'is it still sick?',
      entry: ['forgetDeadline', readSymptom],
      on: {
        'symptom.present': { target: 'choosing', actions: 'forgetDeadline' },
        'symptom.gone': { target: 'settling', actions: 'forgetDeadline' },
        'symptom.unreadable': [
          { guard: 'nothingLeft', target: 'givingUp', actions: 'ladderIsDone' },
          { guard: 'isLate', ...giveUp('whether it is sick cannot be read') },
          { actions: ['waitForReading', wakeIn(lookAgainAfter)] },
        ],
        'timer.fired': { actions: readSymptom },
        'signal.recovered': { actions: readSymptom },
      },
    },
    choosing: {
      description: 'the gentlest rung left',
      always: [{ guard: 'nothingLeft', target: 'givingUp', actions: 'ladderIsDone' }, { target: 'planning' }],
    },
    planning: {
      description: 'may refuse',
      entry: plan,
      on: {
        'plan.made': [
          { guard: 'isObserving', target: 'observed', actions: 'keepPlan' },
          { guard: 'isApproved', target: 'admitting', actions: 'keepPlan' },
          { guard: 'wasAskedTooOften', ...giveUp('the plan changed after each approval') },
          { guard: 'needsApproval', target: 'awaitingApproval', actions: 'keepPlan' },
          { target: 'admitting', actions: 'keepPlan' },
        ],
        'plan.refused': { target: 'choosing', actions: 'nextRung' },
        'plan.notNeeded': { target: 'verifying', actions: 'waitForHealth' },
      },
    },
    awaitingApproval: {
      description: 'a person decides',
      entry: ['waitForPerson', notify('approval'), wakeAtDeadline],
      on: {
        'approval.granted': { guard: 'isOfThisPlan', target: 'planning', actions: ['keepApproval', 'forgetDeadline'] },
        'approval.denied': giveUp('approval was denied'),
        'notification.failed': giveUp('nobody could be asked for approval'),
        'signal.recovered': 'confirming',
        'timer.fired': [{ guard: 'isLate', ...giveUp('nobody approved') }, { actions: wakeAtDeadline }],
      },
    },
    admitting: {
      description: 'limits and locks',
      entry: admit,
      on: {
        'admission.granted': { target: 'starting', actions: ['unhold', 'forgetDeadline'] },
        'admission.refused': { target: 'held', actions: 'hold' },
      },
    },
    held: {
      description: 'a limit stands in the way',
      entry: wakeIn(heldRetryAfter),
      on: {
        'signal.recovered': 'confirming',
        'timer.fired': [
          {
            guard: 'wasHeldTooLong',
            target: 'givingUp',
            actions: assign(({ context }) => ({ gaveUp: `it may not start: ${context.held?.reason ?? ''}` })),
          },
          { target: 'confirming' },
        ],
      },
    },
    starting: {
      description: 'touches AWS, once',
      entry: [start, wakeIn(lease)],
      on: {
        'start.succeeded': { target: 'checking', actions: ['keepHandle', 'countStart'] },
        'start.refused': { target: 'confirming', actions: 'nextRung' },
        'start.unknown': { target: 'checking', actions: 'countStart' },
        'timer.fired': { target: 'checking', actions: 'countStart' },
      },
    },
    checking: {
      description: 'has it finished?',
      entry: checkAgain,
      on: {
        'timer.fired': { actions: check },
        'signal.progressed': { actions: check },
        'signal.recovered': { actions: check },
        'check.done': { target: 'verifying', actions: 'waitForHealth' },
        'check.pending': [{ guard: 'isLate', target: 'confirming', actions: 'nextRung' }, { actions: checkAgain }],
        'check.continue': [{ guard: 'isLate', target: 'confirming', actions: 'nextRung' }, { target: 'starting' }],
        'check.notStarted': [
          { guard: 'isBelieved', target: 'confirming', actions: 'nextRung' },
          { actions: ['noTrace', wakeIn(traceLag)] },
        ],
        'check.failed': { target: 'confirming', actions: 'nextRung' },
      },
    },
    verifying: {
      description: 'is the symptom gone?',
      entry: readSymptom,
      on: {
        'symptom.gone': 'settling',
        'symptom.present': [{ guard: 'isLate', target: 'confirming', actions: 'nextRung' }, { actions: lookAgain }],
        'symptom.unreadable': [{ guard: 'isLate', target: 'confirming', actions: 'nextRung' }, { actions: lookAgain }],
        'timer.fired': { actions: readSymptom },
        'signal.recovered': { actions: readSymptom },
        'signal.progressed': { actions: readSymptom },
      },
    },
    settling: {
      description: 'does it stay gone?',
      entry: ['waitForSettling', wakeWhenSettled],
      on: {
        'timer.fired': { actions: readSymptom },
        'signal.repeated': { actions: readSymptom },
        'symptom.gone': [
          { guard: 'hasHealed', target: 'resolved' },
          { guard: 'hasSettled', target: 'recovered' },
          { actions: wakeWhenSettled },
        ],
        'symptom.present': [
          { guard: 'isVerifying', target: 'verifying' },
          { guard: 'isLate', target: 'confirming', actions: 'nextRung' },
          { target: 'choosing' },
        ],
        'symptom.unreadable': [
          { guard: 'wasUnreadTooLong', ...giveUp('whether it is healthy cannot be read') },
          { actions: wakeIn(lookAgainAfter) },
        ],
      },
    },
    givingUp: {
      description: 'automation is at its end',
      always: [{ guard: 'isObserving', target: 'observed' }, { target: 'escalating' }],
    },
    escalating: {
      description: 'calls a tier of people',
      entry: [notify('escalated'), wakeIn(lease)],
      on: {
        'notification.sent': 'escalated',
        'notification.failed': [
          { guard: 'mayTryAgain', actions: ['countTry', wakeIn(notifyRetryAfter)] },
          { guard: 'hasNextTier', target: 'escalating', reenter: true, actions: 'nextTier' },
          { target: 'escalated' },
        ],
        'timer.fired': { actions: [notify('escalated'), wakeIn(lease)] },
        'escalation.acknowledged': 'acknowledged',
      },
    },
    escalated: {
      description: 'waits for somebody to answer',
      entry: ['waitForTier', wakeAtDeadline],
      on: {
        'escalation.acknowledged': 'acknowledged',
        'signal.recovered': 'telling',
        'timer.fired': [
          { guard: ({ context, event }) => !hasPassed(context.deadlineAt, event), actions: wakeAtDeadline },
          { guard: 'hasNextTier', target: 'escalating', actions: 'nextTier' },
          { target: 'closed' },
        ],
      },
    },
    acknowledged: {
      description: 'people have it',
      entry: ['waitForClosing', wakeAtDeadline],
      on: {
        'signal.recovered': 'telling',
        'timer.fired': [{ guard: 'isLate', target: 'closed' }, { actions: wakeAtDeadline }],
      },
    },
    telling: {
      description: 'tells those who were called',
      entry: [notify('recovered'), wakeIn(lease)],
      on: { 'notification.sent': 'closed', 'notification.failed': 'closed', 'timer.fired': 'closed' },
    },
    resolved: { type: 'final', description: 'healed' },
    recovered: { type: 'final', description: 'healed by itself' },
    observed: { type: 'final', description: 'recorded only' },
    closed: { type: 'final', description: 'left to people' },
  },
});
