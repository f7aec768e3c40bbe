import type { Comparison } from './comparison';

/** What nobody can know from a recording, whatever it holds; said with every backtest. */
export function notKnown({ mode, peopleApprove }: Pick<Comparison, 'mode' | 'peopleApprove'>): readonly string[] {
  return [
    'How AWS would really have answered: a simulated account answers, and what helps there is what mostly helps at AWS.',
    'What would not have happened under the other policy: all recorded events happen to both, and what recovered in the recording recovers here, unless it was healed before.',
    `What people would have done: ${peopleApprove ? 'whoever is asked for approval agrees after a minute' : 'nobody answers a request for approval'}, and nobody acknowledges or closes anything.`,
    `How both would have been let go: they are played as if in mode ${mode}, rules that are stricter by themselves excepted.`,
  ];
}
