import { usedOf } from '../quota';
import { scopeText } from '../scope';
import { defineGuard } from './guard';

/** How many may be started in an hour. */
export const perHourGuard = defineGuard({
  name: 'per-hour',
  when: 'when as many as may be were started in the last hour under the rule, on the group or in the account',
  enforces: ['limits.perHour', 'limits.account.perHour', 'limits.group.perHour'],
  needs: ['starts'],
  objections: ({ quotas, incident, at }, { starts }) =>
    quotas.flatMap((quota) => {
      if (quota.of === 'touching') return [];
      const { startedWithinSeconds } = quota.of;
      const used = usedOf(quota, starts, incident, at);
      if (used < quota.atMost) return [];
      const oldest = starts
        .filter(({ scopes, at: begun }) => scopes.includes(quota.scope) && begun > at - startedWithinSeconds * 1_000)
        .map((start) => start.at)
        .sort((one, other) => one - other)[used - quota.atMost];
      return [
        {
          reason: `${used} of at most ${quota.atMost} starts per hour were made in ${scopeText(quota.scope)}`,
          until: (oldest ?? at) + startedWithinSeconds * 1_000,
        },
      ];
    }),
});
