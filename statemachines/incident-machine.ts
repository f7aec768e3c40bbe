import { assign, setup } from 'xstate';
import type { Effect } from './effect';
import type { IncidentEvent } from './incident-event';
import { changes } from './incident-machine/changes';
import { giveUp } from './incident-machine/give-up';
import { guards } from './incident-machine/guards';
import { leave } from './incident-machine/leave';
import {
  check,
  checkAgain,
  lookAgain,
  plan,
  readSymptom,
  start,
  wakeAtDeadline,
  wakeIn,
  wakeWhenSettled,
} from './incident-machine/requests';
import type { Context } from './incident-machine/scope';
import { watching } from './incident-machine/watching';
import { withPeople } from './incident-machine/with-people';
import { lease, lookAgainAfter, traceLag } from './incident-machine/waits';

/**
 * The life of one incident. Flat, so that its state is one word; without xstate's own delays, because their ids repeat on
 * re-entry: a wake-up is an effect that carries the revision which armed it.
 */
export const incidentMachine = setup({
  types: { context: {} as Context, events: {} as IncidentEvent, input: {} as Context },
  actions: {
    /** The only way out of the machine: `step` hands each one to the runtime. */
    request: (_scope, _effect: Effect) => undefined,
    inherit: assign(changes.inherit),
    seeSick: assign(changes.seeSick),
    relapse: assign(changes.relapse),
    countEcho: assign(changes.countEcho),
    waitForNative: assign(changes.waitForNative),
    waitForPerson: assign(changes.waitForPerson),
    waitForHealth: assign(changes.waitForHealth),
    waitForReading: assign(changes.waitForReading),
    waitForSettling: assign(changes.waitForSettling),
    waitForOutcome: assign(changes.waitForOutcome),
    waitForTier: assign(changes.waitForTier),
    waitForReach: assign(changes.waitForReach),
    waitForClosing: assign(changes.waitForClosing),
    countStart: assign(changes.countStart),
    forgetDeadline: assign(changes.forgetDeadline),
    nextRung: assign(changes.nextRung),
    keepPlan: assign(changes.keepPlan),
    keepHandle: assign(changes.keepHandle),
    keepApproval: assign(changes.keepApproval),
    hold: assign(changes.hold),
    unhold: assign(changes.unhold),
    heldTooLong: assign(changes.heldTooLong),
    noTrace: assign(changes.noTrace),
    countTraceless: assign(changes.countTraceless),
    countTry: assign(changes.countTry),
    forgetTries: assign(changes.forgetTries),
    nextTier: assign(changes.nextTier),
    tierBefore: assign(changes.tierBefore),
    giveUpBecause: assign(changes.giveUpBecause),
    ladderIsDone: assign(changes.ladderIsDone),
  },
  guards,
}).createMachine({
  id: 'incident',
  context: ({ input }) => input,
  options: { maxIterations: 100 },
  initial: 'opening',
  on: { 'incident.closed': '.closed', 'signal.echoed': { actions: 'countEcho' } },
  states: {
    opening: {
      on: {
        'incident.opened': [
          { guard: 'hasWait', target: 'waiting', actions: 'inherit' },
          { target: 'confirming', actions: 'inherit' },
        ],
      },
    },
    waiting: {
      description: 'AWS heals first',
      entry: ['waitForNative', wakeAtDeadline],
      on: {
        // What is told too early, such as an OK while an instance boots, must not cut the wait short.
        'signal.recovered': { actions: readSymptom },
        'symptom.gone': { target: 'settling', actions: 'forgetDeadline' },
        'timer.fired': [{ guard: 'isLate', target: 'confirming' }, { actions: wakeAtDeadline }],
      },
    },
    confirming: {
      description: 'is it still sick?',
      entry: ['forgetDeadline', readSymptom],
      on: {
        'symptom.present': [
          { guard: 'isElsewhere', ...giveUp('what was done has made something else sick') },
          { target: 'choosing', actions: ['seeSick', 'forgetDeadline'] },
        ],
        'symptom.gone': { target: 'settling', actions: 'forgetDeadline' },
        'symptom.unreadable': [
          { guard: 'nothingLeft', target: 'givingUp', actions: 'ladderIsDone' },
          { guard: 'isLate', ...giveUp('whether it is sick cannot be told') },
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
          { guard: 'wasAskedTooOften', ...giveUp('the plan changed after each approval') },
          { target: 'admitting', actions: 'keepPlan' },
        ],
        'plan.refused': { target: 'choosing', actions: 'nextRung' },
        'plan.busy': [
          { guard: 'isObserving', target: 'watching' },
          { target: 'held', actions: 'hold' },
        ],
        'plan.notNeeded': { target: 'verifying', actions: 'waitForHealth' },
      },
    },
    ...leave,
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
          { guard: 'isBelieved', target: 'confirming', actions: ['countTraceless', 'nextRung'] },
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
          { guard: 'isElsewhere', ...giveUp('what was done has made something else sick') },
          { target: 'choosing', actions: 'relapse' },
        ],
        'symptom.unreadable': [
          { guard: 'wasUnreadTooLong', ...giveUp('whether it is healthy cannot be told') },
          { actions: wakeIn(lookAgainAfter) },
        ],
      },
    },
    givingUp: {
      description: 'automation is at its end',
      always: [
        { guard: 'isObserving', target: 'watching' },
        { target: 'escalating', actions: ['forgetDeadline', 'forgetTries'] },
      ],
    },
    ...watching,
    ...withPeople,
    resolved: { type: 'final', description: 'healed' },
    recovered: { type: 'final', description: 'healed by itself' },
    observed: { type: 'final', description: 'recorded only' },
    closed: { type: 'final', description: 'left to people' },
  },
});
