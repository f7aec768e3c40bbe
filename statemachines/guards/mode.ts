import { strictest } from '../policy/modes';
import { defineGuard } from './guard';

/** A rule stays with its incident; what the policy and its windows allow may have become stricter since. */
export const modeGuard = defineGuard({
  name: 'mode',
  when: 'while the policy or an open window of it holds the rule to a stricter mode',
  enforces: ['mode', 'windows'],
  needs: ['modeNow'],
  objections: ({ rule }, { modeNow }) =>
    strictest(modeNow, rule.mode) === rule.mode
      ? []
      : [`a window of the policy is open, and holds it to mode ${modeNow}`],
});
