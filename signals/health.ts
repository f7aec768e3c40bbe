import { z } from 'zod';
import type { Envelope } from './envelope';
import { type HealthCode, healthCode, healthConditions } from './health/codes';
import { healthOwner } from './health/owner';
import { resourceOf } from './resource-id';
import type { Reading, Resource, Signal } from './signal';
import { defineSource, ignored } from './source';
import { nameText, telling } from './telling';
import { parseTime } from './time';

const name = 'health';

const entitySchema = z.object({
  entityValue: z.string(),
  status: z.string().optional(),
  tags: z.record(z.string(), z.string()).optional().catch(undefined),
});

const detailSchema = z.object({
  eventArn: nameText,
  eventTypeCode: nameText,
  eventScopeCode: z.string().optional(),
  communicationId: nameText.optional(),
  statusCode: z.string().optional(),
  eventRegion: nameText.optional(),
  startTime: nameText.optional(),
  lastUpdatedTime: nameText.optional(),
  affectedAccount: z.string().regex(/^\d+$/).optional(),
  affectedEntities: z.array(entitySchema).default([]),
});
type HealthDetail = z.infer<typeof detailSchema>;
type Entity = z.infer<typeof entitySchema>;

/** AWS Health tells what AWS knows of its own side: retiring hosts, lost volumes. */
export const health = defineSource({
  name,
  pattern: { source: ['aws.health'], 'detail-type': ['AWS Health Event', 'AWS Health Abuse Event'] },
  tellsOf: 'others',
  tells: healthConditions,
  detail: detailSchema,
  read: (detail, event) => readHealth(detail, event),
});

/** States of an entity that ask nothing, whatever the event as a whole says. */
const over: ReadonlySet<string> = new Set(['RESOLVED', 'UNIMPAIRED']);

function readHealth(detail: HealthDetail, event: Envelope): Reading {
  const { eventTypeCode, affectedEntities: entities } = detail;
  if (detail.eventScopeCode === 'PUBLIC' && entities.length === 0) {
    return ignored(`${eventTypeCode} is a public event: it names nothing of yours`);
  }
  const code = healthCode(eventTypeCode);
  if (!code) return ignored(`no signal is read from AWS Health's ${eventTypeCode}: name its condition in a mapping`);
  const means = meaningOf(detail.statusCode, code);
  if (means === undefined) {
    return ignored(`${eventTypeCode} has a status that is not known: "${detail.statusCode ?? ''}"`);
  }
  if (entities.length === 0) return ignored(`${eventTypeCode} names no resource: it has no affected entities`);

  const affected = entities.filter((entity) => means === 'recovered' || !over.has(entity.status?.toUpperCase() ?? ''));
  if (affected.length === 0) return ignored(`${eventTypeCode}: every resource that it names is well again`);

  const [first, ...rest] = affected.flatMap((entity): readonly Signal[] => {
    const resource = entityResource(entity, code, detail, event);
    return resource ? [signalOf(means, resource, entity, code, detail, event)] : [];
  });
  if (first) return { kind: 'signals', signals: [first, ...rest] };
  const sample = affected[0]?.entityValue ?? '';
  return ignored(`${eventTypeCode} names no ${code.of}, but "${sample.slice(0, 60)}"`);
}

/** Samples older than the status have none: what they tell of was open. */
function meaningOf(statusCode: string | undefined, code: HealthCode): HealthCode['means'] | undefined {
  if (statusCode === 'closed') return 'recovered';
  return statusCode === undefined || statusCode === 'open' || statusCode === 'upcoming' ? code.means : undefined;
}

/** The entity as a resource. AWS writes plain ids and ARNs, and here and there what is neither: those are left out. */
function entityResource(entity: Entity, code: HealthCode, detail: HealthDetail, event: Envelope): Resource | undefined {
  const { account, region: named } = healthOwner(event);
  const arn = /^arn:[a-z-]+:ec2:([a-z0-9-]+):(\d+):(?:instance|volume)\/(.+)$/.exec(entity.entityValue);
  // Before AWS told the region, its global events named it in their ARNs alone.
  const region = detail.eventRegion ?? arn?.[1] ?? named;
  if (!arn) return resourceOf(code.of, entity.entityValue, { account, region });
  const [, arnRegion, arnAccount, id = ''] = arn;
  return arnRegion === region && arnAccount === account ? resourceOf(code.of, id, { account, region }) : undefined;
}

function signalOf(
  means: HealthCode['means'],
  resource: Resource,
  entity: Entity,
  code: HealthCode,
  detail: HealthDetail,
  event: Envelope,
): Signal {
  // The backup region's copy has another event id, and the same communication. Pages differ in their entities only.
  const told = detail.communicationId ?? detail.lastUpdatedTime ?? detail.startTime ?? event.id;
  const starts = detail.startTime === undefined ? '' : `, from ${detail.startTime}`;
  const base = telling(event, {
    source: name,
    resource,
    fact: `${means}/${detail.eventArn}/${told}`,
    detail: `AWS Health: ${detail.eventTypeCode} for ${resource.id}, ${detail.statusCode ?? 'open'}${starts}`,
    at: detail.lastUpdatedTime === undefined ? undefined : parseTime(detail.lastUpdatedTime),
    evidence: { healthEventArn: detail.eventArn },
    tags: entity.tags,
  });
  return { kind: means, condition: code.condition, ...base };
}
