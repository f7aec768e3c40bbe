import { defineGuard } from './guard';

/** People mute an alarm while they work on what it watches. */
export const muteGuard = defineGuard({
  name: 'mute',
  when: 'while a mute rule is active over the alarm that told of it',
  needs: ['mutes'],
  objections: (_asking, { mutes }) => mutes.map((rule) => `the alarm that told of it is muted by ${rule}`),
});
