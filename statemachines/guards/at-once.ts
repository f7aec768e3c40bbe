import { usedOf } from '../quota';
import { scopeText } from '../scope';
import { defineGuard } from './guard';

/** How many may be touching something at one time. */
export const atOnceGuard = defineGuard({
  name: 'at-once',
  when: 'while as many incidents as may be are touching something, under the rule or in the account',
  enforces: ['limits.atOnce', 'limits.account.atOnce'],
  needs: ['starts'],
  objections: ({ quotas, incident, at }, { starts }) =>
    quotas.flatMap((quota) => {
      if (quota.of !== 'touching') return [];
      const used = usedOf(quota, starts, incident, at);
      return used < quota.atMost
        ? []
        : [`${used} of at most ${quota.atMost} at once are being touched in ${scopeText(quota.scope)}`];
    }),
});
