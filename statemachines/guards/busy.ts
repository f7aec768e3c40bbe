import { defineGuard } from './guard';

/** A deployment, an instance refresh or AWS's own healing is under way: two hands on one thing make it worse. */
export const busyGuard = defineGuard({
  name: 'busy',
  when: 'while AWS or people are changing what would be touched, or a group that it is in, unless it stops just that',
  needs: ['bystanders'],
  objections: ({ interrupts }, { bystanders }) =>
    interrupts ? [] : bystanders.flatMap(({ busy }) => (busy === undefined ? [] : [busy])),
});
