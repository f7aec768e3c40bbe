import { giveUp } from './give-up';
import { admit, notify, readSymptom, wakeAtDeadline, wakeOrDeadline, wakeWhenHeld } from './requests';
import { lease, notifyRetryAfter } from './waits';

/** The states between a plan and its start: the guards are asked, and people where they must be. */
export const leave = {
  admitting: {
    description: 'do the guards let it?',
    entry: admit,
    on: {
      'admission.granted': [
        { guard: 'isObserving', target: 'watching' },
        { guard: 'lacksApproval', target: 'awaitingApproval', actions: 'unhold' },
        { target: 'starting', actions: ['unhold', 'forgetDeadline'] },
      ],
      'admission.refused': [
        // What would have been done then is of interest in observe, too.
        { guard: 'isTooSoon', target: 'held', actions: 'hold' },
        { guard: 'isObserving', target: 'watching' },
        { guard: 'isForGood', target: 'choosing', actions: 'nextRung' },
        { guard: 'isNewStorm', target: 'held', actions: ['hold', notify('held')] },
        { target: 'held', actions: 'hold' },
      ],
    },
  },
  held: {
    description: 'a guard stands in the way',
    entry: wakeWhenHeld,
    on: {
      'signal.recovered': 'confirming',
      'timer.fired': [
        { guard: 'wasHeldTooLong', target: 'givingUp', actions: 'heldTooLong' },
        { target: 'confirming' },
      ],
    },
  },
  awaitingApproval: {
    description: 'people decide',
    // Until it is known that somebody was asked, whoever asks may have died.
    entry: ['waitForPerson', notify('approval'), wakeOrDeadline(() => lease)],
    on: {
      // What people agreed to is looked at anew: the sickness, the plan, the guards.
      'approval.granted': [
        { guard: 'isLastYes', target: 'confirming', actions: ['keepApproval', 'forgetDeadline'] },
        { guard: 'isFirstYes', actions: 'keepApproval' },
      ],
      'approval.denied': giveUp('approval was denied'),
      'notification.sent': { actions: ['forgetTries', wakeAtDeadline] },
      'notification.failed': [
        { guard: 'mayAskAgain', actions: ['countTry', wakeOrDeadline(() => notifyRetryAfter)] },
        giveUp('nobody could be asked for approval'),
      ],
      'signal.recovered': { actions: readSymptom },
      'symptom.gone': { target: 'settling', actions: 'forgetDeadline' },
      'timer.fired': [
        { guard: 'isLate', ...giveUp('nobody approved') },
        { guard: 'isUntold', actions: [notify('approval'), wakeOrDeadline(() => lease)] },
        { actions: wakeAtDeadline },
      ],
    },
  },
} as const;
