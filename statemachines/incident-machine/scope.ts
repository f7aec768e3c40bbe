import type { Memory } from '../incident';
import type { IncidentEvent } from '../incident-event';
import type { Rule, Rung, Tier } from '../rule';

/** What guards and effects can see: the incident's memory and the rule that it was opened under. */
export type Context = Memory & { readonly rule: Rule };

/** What a guard, an action or a request is handed. */
export interface Scope {
  readonly context: Context;
  readonly event: IncidentEvent;
}

/** The rung that is being tried; undefined above the last. */
export const rungOf = (context: Context): Rung | undefined => context.rule.ladder[context.rung];
/** The tier of people that is being called. */
export const tierOf = (context: Context): Tier => context.rule.escalate[context.tier] ?? context.rule.escalate[0];
/** Whether an instant that was set has come by the time of the event. */
export const hasPassed = (at: number | null, event: IncidentEvent): boolean => at !== null && event.at >= at;

/** Why an event says that it happened, in words. */
export function reasonOf(event: IncidentEvent): string {
  if ('reason' in event) return event.reason;
  if ('refusals' in event) return event.refusals.map(({ reason }) => reason).join('; ');
  if ('detail' in event) return event.detail;
  return 'by' in event ? `by ${event.by}` : 'time is up';
}
