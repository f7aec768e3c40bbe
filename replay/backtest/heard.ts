import type { Decision } from '../../runtime/intake';

/** What a side made of the signal of sickness that opened an incident on the other side. */
export type Heard = Pick<Decision, 'decision' | 'incident' | 'reason'>;

/** Why something was ignored, by and large. */
export const ignoredFor = ['noRule', 'nothingWaits', 'duplicate', 'other'] as const;
/** One of these. */
export type IgnoredFor = (typeof ignoredFor)[number];

/** Sorts what was ignored by the beginning of its reason, as the intake and the routing word it. */
export function whyIgnored({ reason = '' }: Decision): IgnoredFor {
  if (/^no rule (is )?on |^rule \S+ cannot decide/.test(reason)) return 'noRule';
  if (reason.startsWith('no open incident waits for it')) return 'nothingWaits';
  return reason.startsWith('a duplicate') ? 'duplicate' : 'other';
}

/** The reason without what is different for each resource: few are left to be counted. */
export function plainReason({ reason = '' }: Decision): string {
  return reason.replace(/ takes \S+ .*: see its where$/, ' takes what it is about: see its where');
}
