import { alarmSilence } from './cloudwatch-alarm/alarm-silence';
import type { Envelope } from './envelope';
import { type EventPattern, matchesPattern } from './event-pattern';
import { healthOwner } from './health/owner';
import { isPrintable, plainText } from './plain-text';
import { resourceOf } from './resource-id';
import type { Evidence, Reading, ResourceKind } from './signal';
import { ignored } from './source';
import { telling } from './telling';

/** The operator's word on what certain events mean. It wins over what the sources would read. */
export interface ConditionMapping {
  readonly condition: string;
  readonly pattern: EventPattern;
  readonly resource: {
    readonly kind: ResourceKind;
    /** The id itself, or where in the event it stands: names and array indexes with dots, as in `detail.items.0.id`. */
    readonly id: string | { readonly path: string };
  };
  readonly means: 'unhealthy' | 'recovered';
}

const name = 'condition-mapping';

/** What the first mapping that matches makes of the event; undefined when none does. */
export function readMapped(event: Envelope, mappings: readonly ConditionMapping[]): Reading | undefined {
  const mapping = mappings.find(({ pattern }) => matchesPattern(pattern, event.raw));
  if (!mapping) return undefined;
  const silence = alarmSilence(event);
  if (silence !== undefined) return ignored(silence);
  const { condition } = mapping;
  const means = isAlarmAtRest(event) ? 'recovered' : mapping.means;
  const { kind, id: wanted } = mapping.resource;
  const id = typeof wanted === 'string' ? wanted : valueAt(event.raw, wanted.path);
  if (id === undefined) {
    const path = typeof wanted === 'string' ? wanted : wanted.path;
    return ignored(`the mapping for ${condition} finds no text at ${plainText(path, 80)} of the event`);
  }
  const resource = resourceOf(kind, id, event.source === 'aws.health' ? healthOwner(event) : event);
  if (!resource) {
    return ignored(
      `the mapping for ${condition} finds no ${kind} of this account and region, but ${plainText(id, 60)}`,
    );
  }
  const base = telling(event, {
    source: name,
    resource,
    fact: `${condition}/${means}/${event.id}`,
    detail: `${event.source} ${event.detailType} means ${condition} of ${plainText(id, 60)}`,
    evidence: evidenceOf(event),
  });
  return { kind: 'signals', signals: [{ kind: means, condition, ...base }] };
}

const isAlarm = ({ source, detailType }: Envelope): boolean =>
  source === 'aws.cloudwatch' && detailType === 'CloudWatch Alarm State Change';

/** A pattern that leaves the state open also matches the alarm's return to OK, and that is never sickness. */
function isAlarmAtRest(event: Envelope): boolean {
  return isAlarm(event) && valueAt(event.detail, 'state.value') === 'OK';
}

/** An alarm stays evidence whoever reads its event. */
function evidenceOf(event: Envelope): Evidence {
  const [alarmArn] = event.resources;
  const named =
    alarmArn !== undefined && isPrintable(alarmArn) && /^arn:[a-z-]+:cloudwatch:[^:]+:\d+:alarm:/.test(alarmArn);
  return isAlarm(event) && named ? { alarmArn } : {};
}

/** The text or number there; undefined where the path leads nowhere, or to something else. */
function valueAt(from: unknown, path: string): string | undefined {
  let here: unknown = from;
  for (const step of path.split('.')) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = new Map<string, unknown>(Object.entries(here)).get(step);
  }
  if (typeof here === 'number') return String(here);
  return typeof here === 'string' ? here : undefined;
}
