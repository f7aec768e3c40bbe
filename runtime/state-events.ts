import { plainText } from '../signals/plain-text';
import { outcomeOf } from '../statemachines/incident';
import type { IncidentEvent } from '../statemachines/incident-event';
import type { Commit } from './store/incident-store';
import type { StateChange } from './state-change';

const source = 'homeostat';
const detailType = 'Homeostat Incident State Change';

/** What others are to know of a commit; undefined where the state is as it was. */
export function stateChangeOf({ incident, entries }: Commit): StateChange | undefined {
  const [first] = entries;
  const last = entries.at(-1);
  if (!first || !last || first.from === incident.state) return undefined;
  const { id, revision, state, rule, condition, resource, openedAt } = incident;
  const remediation = entries.findLast((entry) => entry.remediation !== undefined)?.remediation;
  const reason = reasonOf(entries.findLast(({ from, to }) => from !== to)?.event ?? last.event);
  return {
    version: 1,
    incident: id,
    revision,
    from: first.from,
    to: state,
    outcome: outcomeOf(incident),
    rule: rule.name,
    condition,
    mode: rule.mode,
    resource: { kind: resource.kind, id: resource.id, account: resource.account, region: resource.region },
    ...(remediation !== undefined && { remediation }),
    ...(reason !== undefined && { reason: plainText(reason, 400) }),
    openedAt: new Date(openedAt).toISOString(),
    at: new Date(last.at).toISOString(),
  };
}

function reasonOf(event: IncidentEvent): string | undefined {
  if ('detail' in event) return event.detail;
  if ('reason' in event) return event.reason;
  if ('refusals' in event) return event.refusals.map(({ reason }) => reason).join('; ');
  return 'summary' in event ? event.summary : undefined;
}

/** One event for `PutEvents`. */
export interface StateEvent {
  readonly EventBusName: string;
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  readonly Time: Date;
  readonly Resources: string[];
}

/** Sends at most ten events. Throws what the SDK throws, and answers how many were not taken. */
export type PutEvents = (events: readonly StateEvent[]) => Promise<number>;

/** Tells others of state changes, after they are committed and what is under way has come to wait. */
export interface StateEvents {
  /** To be called with each commit once it is written. */
  heard(commit: Commit): void;
  /** Sends what was heard. Never throws: whoever must not miss one reads the table. */
  flush(): Promise<void>;
}

const atOnce = 10;

/** State changes as events on a bus; `onFailure` is told how many were not taken, and why. */
export function stateEvents(
  bus: string,
  put: PutEvents,
  onFailure: (lost: number, error: unknown) => void,
): StateEvents {
  const waiting: StateEvent[] = [];
  return {
    heard: (commit) => {
      const change = stateChangeOf(commit);
      if (!change) return;
      waiting.push({
        EventBusName: bus,
        Source: source,
        DetailType: detailType,
        Detail: JSON.stringify(change),
        Time: new Date(change.at),
        Resources: [],
      });
    },
    flush: async () => {
      while (waiting.length > 0) {
        const events = waiting.splice(0, atOnce);
        try {
          const lost = await put(events);
          if (lost > 0) onFailure(lost, new Error('EventBridge did not take them.'));
        } catch (error) {
          onFailure(events.length, error);
        }
      }
    },
  };
}
