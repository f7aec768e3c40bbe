import type { KnownCondition } from '../conditions';
import type { Subject } from './subjects';

/** What alarms on some metrics mean. */
export interface AlarmCondition {
  readonly namespaces: readonly string[];
  readonly metrics: readonly string[];
  readonly subject: Subject;
  /** Further dimensions that the metric may have, and the values that keep the meaning; without a list any does. */
  readonly beside?: Readonly<Record<string, readonly string[] | 'any'>>;
  /** A further dimension that the metric must have: without, it means something else. */
  readonly demands?: string;
  readonly condition: KnownCondition;
}
