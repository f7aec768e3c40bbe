import { z } from 'zod';
import { plainText } from '../signals/plain-text';
import { outcomeOf, states } from '../statemachines/incident';
import type { IncidentEvent } from '../statemachines/incident-event';
import { modes } from '../statemachines/rule';
import type { Commit } from './incident-store';

export const stateEventSource = 'homeostat';
export const stateEventType = 'Homeostat Incident State Change';

const time = z.iso.datetime().meta({ description: 'UTC, such as 2026-03-01T10:00:00.000Z.' });

/** Detail of an event by which others learn that an incident has changed its state. */
export const stateChangeSchema = z
  .strictObject({
    version: z.literal(1).meta({ description: 'Rises when a field goes or changes its meaning. New fields may come.' }),
    incident: z.string(),
    revision: z
      .number()
      .int()
      .positive()
      .meta({ description: 'Rises with each event of an incident: events may come late, twice and in another order.' }),
    from: z.enum(states),
    to: z.enum(states),
    outcome: z
      .enum(['open', 'resolved', 'recovered', 'observed', 'escalated'])
      .meta({ description: 'How the incident ended or stands; escalated as soon as people were called.' }),
    rule: z.string(),
    condition: z.string(),
    mode: z.enum(modes),
    resource: z.strictObject({ kind: z.string(), id: z.string(), account: z.string(), region: z.string() }),
    remediation: z.string().optional().meta({ description: 'The one that is under way, or was last.' }),
    reason: z.string().optional().meta({ description: 'One line for people: what brought it there.' }),
    openedAt: time,
    at: time,
  })
  .meta({ title: `detail of "${stateEventType}"` });

export type StateChange = z.infer<typeof stateChangeSchema>;

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
  if ('reasons' in event) return event.reasons.join('; ');
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
        Source: stateEventSource,
        DetailType: stateEventType,
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
