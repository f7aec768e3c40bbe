import { check, lookSeldom, readSymptom, wakeIn } from './requests';
import { lease } from './waits';

/** The states of an incident in mode observe once it is known what would have been done: nothing is touched, and what comes of that is kept. */
export const watching = {
  watching: {
    description: 'what happens without us?',
    entry: ['waitForOutcome', lookSeldom],
    on: {
      'signal.recovered': { actions: readSymptom },
      'timer.fired': [{ guard: 'isLate', target: 'observed' }, { actions: readSymptom }],
      'symptom.gone': [{ guard: 'hasPlan', target: 'comparing' }, { target: 'observed' }],
      // Written down, so that what waits for the next look is not taken for lost.
      'symptom.present': { actions: ['seeSick', lookSeldom] },
      'symptom.unreadable': { actions: lookSeldom },
    },
  },
  comparing: {
    description: 'did people do the same?',
    entry: [check, wakeIn(lease)],
    on: {
      'check.done': 'observed',
      'check.pending': 'observed',
      'check.continue': 'observed',
      'check.notStarted': 'observed',
      'check.failed': 'observed',
      'timer.fired': 'observed',
    },
  },
} as const;
