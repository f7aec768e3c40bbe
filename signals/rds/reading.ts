import { z } from 'zod';
import type { Envelope } from '../envelope';
import { meaningOf } from './events';
import { plainText } from '../plain-text';
import { resourceOf } from '../resource-id';
import type { Reading, Resource } from '../signal';
import { ignored } from '../source';
import { nameText, telling } from '../telling';
import { parseTime } from '../time';

/** Detail of an RDS event. `EventID` is in AWS's published schema of instance events only, and older samples have none. */
export const rdsDetail = z.object({
  SourceIdentifier: nameText,
  SourceArn: nameText.optional(),
  EventID: z
    .string()
    .regex(/^RDS-EVENT-\d{4}$/)
    .optional(),
  EventCategories: z.array(z.string()).default([]),
  Message: z.string(),
  Date: nameText.optional(),
  Tags: z.record(z.string(), z.string()).optional().catch(undefined),
});

interface About {
  readonly source: string;
  readonly of: 'instance' | 'cluster';
}

/** What an event of a database or cluster tells. RDS sends these on a best-effort basis: some never come, some come late. */
export function readRdsEvent(about: About, detail: z.infer<typeof rdsDetail>, event: Envelope): Reading {
  // AWS's automated snapshots are called `rds:…`, and so are the databases in some of its events.
  const id = detail.SourceIdentifier.replace(/^rds:/, '');
  const resource = resourceOf(`db-${about.of}`, id, event);
  if (!resource) return ignored(`the event names "${id}", which is not an identifier of a database`);

  if (detail.SourceArn !== undefined && !isArnOf(detail.SourceArn, resource, about)) {
    return ignored(`the event names "${id}" and "${plainText(detail.SourceArn, 80)}", which are not one and the same`);
  }

  const meaning = meaningOf(about.of, detail.EventID, detail.EventCategories);
  if (meaning.kind === 'nothing') {
    const what = [detail.EventID ?? 'no EventID', ...detail.EventCategories].join(', ');
    return ignored(`${plainText(what, 80)} of ${id} tells neither of sickness nor of progress: ${detail.Message}`);
  }
  const told = telling(event, {
    source: about.source,
    resource,
    fact: `${detail.EventID ?? detail.Message.slice(0, 100).replace(/[^\w .-]/g, '')}@${detail.Date ?? event.at}`,
    detail: `${id}: ${detail.Message}`,
    at: detail.Date === undefined ? undefined : parseTime(detail.Date),
    tags: detail.Tags,
  });
  return { kind: 'signals', signals: [{ ...meaning, ...told }] };
}

function isArnOf(arn: string, { account, region, id }: Resource, { of }: About): boolean {
  const parts = arn.split(':');
  const last = of === 'instance' ? ['db', id] : ['cluster', id];
  return parts.length === 7 && parts.slice(2).join(':') === ['rds', region, account, ...last].join(':');
}
