/** What can keep a remediation from starting, in the order in which it is told. */
export const guardNames = [
  'hold',
  'mode',
  'consent',
  'mute',
  'evidence',
  'backoff',
  'storm',
  'autoshift',
  'busy',
  'lock',
  'at-once',
  'per-hour',
  'min-healthy',
] as const;
export type GuardName = (typeof guardNames)[number];
