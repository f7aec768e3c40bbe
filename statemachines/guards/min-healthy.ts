import type { MinHealthy } from '../rule';
import { defineGuard } from './guard';

/** Enough of a group must be healthy beside what is touched. A group whose size is not known makes no plan. */
export const minHealthyGuard = defineGuard({
  name: 'min-healthy',
  when: 'when too few members of the group would be healthy beside what is touched',
  enforces: ['limits.minHealthy'],
  needs: [],
  objections: ({ rule, group }) => {
    if (group === 'alone') return [];
    const needed = leastHealthy(rule.limits.minHealthy, group.size);
    return group.healthyOthers >= needed
      ? []
      : [`${group.name} would have ${group.healthyOthers} of ${group.size} healthy, and must keep ${needed}`];
  },
});

/** Healthy members that a group must keep: percentages round up, and one member may always be healed. */
export function leastHealthy(minHealthy: MinHealthy, size: number): number {
  const wanted = 'count' in minHealthy ? minHealthy.count : Math.ceil((minHealthy.percent * size) / 100);
  return Math.min(wanted, Math.max(0, size - 1));
}
