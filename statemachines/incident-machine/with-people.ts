import { lookLater, notify, readSymptom, wakeAtDeadline, wakeIn } from './requests';
import { lease, notifyRetryAfter, reachRetryAfter } from './waits';

/** People have been called and it is sick all the same. An OK that came too early for a live read is looked into again. */
const stillSick = [
  { guard: 'isEarly', actions: lookLater },
  { guard: 'hasNextTier', target: 'escalating', actions: ['forgetDeadline', 'nextTier'] },
  { target: 'closed' },
] as const;
/** From the last tier that was called down to the first. */
const told = [
  { guard: 'hasTierBefore', target: 'telling', reenter: true, actions: 'tierBefore' },
  { target: 'closed' },
] as const;

/** The states in which people are called or have it: nothing is touched any more, and all that is read is whether it is well. */
export const withPeople = {
  escalating: {
    description: 'calls a tier of people',
    entry: [notify('escalated'), wakeIn(lease)],
    on: {
      'notification.sent': 'escalated',
      'notification.failed': [
        { guard: 'mayTryAgain', actions: ['countTry', wakeIn(notifyRetryAfter)] },
        { guard: 'hasNextTier', target: 'escalating', reenter: true, actions: 'nextTier' },
        { guard: 'isLate', target: 'closed' },
        // Nobody could be reached: as long as nobody knows, it is tried again.
        { actions: ['waitForReach', wakeIn(reachRetryAfter)] },
      ],
      'timer.fired': { actions: [notify('escalated'), wakeIn(lease)] },
      'escalation.acknowledged': 'acknowledged',
      'signal.recovered': { actions: readSymptom },
      'symptom.gone': 'telling',
    },
  },
  escalated: {
    description: 'waits for somebody to answer',
    entry: ['waitForTier', wakeAtDeadline],
    on: {
      'escalation.acknowledged': 'acknowledged',
      'signal.recovered': { actions: readSymptom },
      // Nobody more is called for what is well by now.
      'timer.fired': { actions: readSymptom },
      'symptom.gone': 'telling',
      'symptom.present': stillSick,
      'symptom.unreadable': stillSick,
    },
  },
  acknowledged: {
    description: 'people have it',
    entry: ['waitForClosing', wakeAtDeadline],
    on: {
      'signal.recovered': { actions: readSymptom },
      'timer.fired': [{ guard: 'isLate', target: 'closed' }, { actions: readSymptom }],
      'symptom.gone': 'telling',
      'symptom.present': { actions: ['seeSick', lookLater] },
      'symptom.unreadable': { actions: lookLater },
    },
  },
  telling: {
    description: 'tells those who were called',
    entry: [notify('recovered'), wakeIn(lease)],
    on: {
      'notification.sent': told,
      'notification.failed': told,
      'timer.fired': told,
      // It was not over.
      'signal.repeated': { actions: readSymptom },
      'symptom.present': 'escalating',
    },
  },
} as const;
