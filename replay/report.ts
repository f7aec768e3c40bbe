import type { Decision } from '../runtime/intake';
import { attemptsOf, type Attempt } from '../runtime/story/attempts';
import type { HistoryEntry } from '../runtime/store/incident-store';
import { timelineOf } from '../runtime/story/timeline';
import { resourceKey } from '../signals/signal';
import type { NotificationKind } from '../statemachines/effect';
import { hasEnded, outcomeOf, type Incident, type Outcome, type State } from '../statemachines/incident';
import type { Mode } from '../statemachines/rule';

/** A call to AWS made for an incident. */
export interface ReportedCall {
  /** ISO 8601. */
  readonly at: string;
  /** IAM prefix. */
  readonly service: string;
  readonly operation: string;
  readonly access: 'read' | 'write';
  readonly input: unknown;
}

/** People were told. `folded`: in one message with others, and not in one of its own. */
export interface ReportedNotification {
  readonly at: string;
  readonly contact: string;
  readonly kind: NotificationKind;
  readonly folded?: true;
}

/** One incident as a replay tells it; people script against these names. */
export interface ReportedIncident {
  readonly id: string;
  readonly rule: string;
  readonly condition: string;
  /** `account/region/kind/id`. */
  readonly resource: string;
  readonly mode: Mode;
  readonly outcome: Outcome;
  readonly openedAt: string;
  /** Null while it is open. */
  readonly closedAt: string | null;
  readonly attempts: readonly Attempt[];
  readonly calls: readonly ReportedCall[];
  readonly notifications: readonly ReportedNotification[];
  readonly timeline: readonly { readonly at: string; readonly text: string }[];
}

/** What a replay says as JSON; the names are a contract. */
export interface ReplayReport {
  readonly events: number;
  readonly ignored: number;
  readonly invalid: number;
  readonly decisions: readonly Decision[];
  readonly incidents: readonly ReportedIncident[];
  /** What was made up because the recording does not say it, one line each. */
  readonly assumed: readonly string[];
}

/** ISO 8601 to the second. */
export function timeText(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** Puts an incident and its history into words and numbers. */
export function reportOf(incident: Incident, history: readonly HistoryEntry[]): ReportedIncident {
  const { id, rule, condition, resource, openedAt } = incident;
  const last = history.at(-1);
  return {
    id,
    rule: rule.name,
    condition,
    resource: resourceKey(resource),
    mode: rule.mode,
    outcome: outcomeOf(incident),
    openedAt: timeText(openedAt),
    closedAt: hasEnded(incident) && last ? timeText(last.at) : null,
    attempts: attemptsOf(history),
    calls: history.flatMap(({ calls }) => calls.map(callOf)),
    notifications: history.flatMap(notificationsOf),
    timeline: timelineOf(incident, history).map(({ at, text }) => ({ at: timeText(at), text })),
  };
}

function callOf({ at, action, access, input }: HistoryEntry['calls'][number]): ReportedCall {
  const [service = '', operation = ''] = action.split(':');
  return { at: timeText(at), service, operation, access, input };
}

/** What people were told, by the state in which they were. */
const kinds: Readonly<Partial<Record<State, NotificationKind>>> = {
  awaitingApproval: 'approval',
  held: 'held',
  telling: 'recovered',
};

/** What an entry of the history says that people were told. */
export function notificationsOf({ at, event, from }: HistoryEntry): readonly ReportedNotification[] {
  if (event.type !== 'notification.sent') return [];
  const { contact, folded } = event;
  return [{ at: timeText(at), contact, kind: kinds[from] ?? 'escalated', ...(folded && { folded: true as const }) }];
}
