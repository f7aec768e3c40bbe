import { z } from 'zod';
import { conditionName } from './conditions';
import type { Envelope } from './envelope';
import { type EventPattern, eventPatternSchema, matchesPattern } from './event-pattern';
import { healthOwner } from './health-owner';
import { plainText } from './plain-text';
import { resourceOf } from './resource-id';
import { type Reading, type ResourceKind, resourceKinds } from './signal';
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

/** A mapping as an operator writes it; the pattern is JSON in EventBridge's language. */
export const conditionMapping: z.ZodType<ConditionMapping> = z.strictObject({
  condition: conditionName,
  pattern: eventPatternSchema,
  resource: z.strictObject({
    kind: z.enum(resourceKinds),
    id: z.union([z.string().min(1), z.strictObject({ path: z.string().min(1) })]),
  }),
  means: z.enum(['unhealthy', 'recovered']),
});

const name = 'condition-mapping';

/** What the first mapping that matches makes of the event; undefined when none does. */
export function readMapped(event: Envelope, mappings: readonly ConditionMapping[]): Reading | undefined {
  const mapping = mappings.find(({ pattern }) => matchesPattern(pattern, event.raw));
  if (!mapping) return undefined;
  const { condition, means } = mapping;
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

/** An alarm stays evidence whoever reads its event. */
function evidenceOf(event: Envelope): { readonly alarmArn?: string } {
  const [alarmArn] = event.resources;
  const told = event.source === 'aws.cloudwatch' && event.detailType === 'CloudWatch Alarm State Change';
  return told && alarmArn && /^arn:[a-z-]+:cloudwatch:[\w-]+:\d+:alarm:\P{Cc}+$/u.test(alarmArn) ? { alarmArn } : {};
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
