import { z } from 'zod';
import { isPrintable } from './plain-text';
import { type JsonObject, plainJson } from './plain-json';
import { schemaProblem } from './schema-problem';
import type { EpochMillis } from './signal';
import { parseTime } from './time';

/** An EventBridge event as AWS delivers it, its detail not yet read. */
export interface Envelope {
  readonly id: string;
  readonly source: string;
  readonly detailType: string;
  readonly account: string;
  /** Region that delivered it; AWS Health delivers events about other regions, and some from `global`. */
  readonly region: string;
  readonly at: EpochMillis;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
  /** Set when EventBridge sends it again from an archive: name of that replay. */
  readonly replayName?: string;
  /** The whole event, as event patterns see it. */
  readonly raw: JsonObject;
}

export type ParsedEnvelope =
  { readonly kind: 'envelope'; readonly envelope: Envelope } | { readonly kind: 'invalid'; readonly reason: string };

/** The machine's own events are called so; none may come from outside. */
const ownEventPrefix = 'xstate.';

const name = z
  .string()
  .min(1)
  .max(256)
  .refine(isPrintable, 'it has control characters')
  .refine((text) => !text.toLowerCase().startsWith(ownEventPrefix), `it starts with "${ownEventPrefix}"`);

/** Strict in what is read here, and open to what AWS adds: `debug`, `replay-name`, … */
const envelopeSchema = z.object({
  id: z
    .string()
    .regex(/^[\w-]{3,128}$/, 'it is not the id of an event')
    .refine((id) => id !== 'id-number', 'it is a placeholder'),
  source: name,
  'detail-type': name,
  account: z.string().regex(/^\d{6,20}$/, 'it is not an account id, which is digits'),
  // `us-east-*` stands in samples of AWS; an allow-list that names regions refuses it.
  region: z.string().regex(/^([a-z]{2,}(-[a-z]+)+-(\d{1,2}|\*)|global)$/, 'it is not a region such as eu-west-1'),
  time: z.string().transform((text, context) => {
    const at = parseTime(text);
    if (at !== undefined) return at;
    context.addIssue({ code: 'custom', message: 'it is not a time such as 2026-03-01T10:00:00Z' });
    return z.NEVER;
  }),
  resources: z.array(z.string()),
  detail: z.record(z.string(), z.unknown()),
  'replay-name': z.string().optional(),
});

/** Reads the envelope of anything at all. The reason for `invalid` names the field. Throws never. */
export function parseEnvelope(input: unknown): ParsedEnvelope {
  const copied = plainJson(input);
  if (copied.kind === 'invalid') return copied;
  const parsed = envelopeSchema.safeParse(copied.object);
  if (!parsed.success) return { kind: 'invalid', reason: `not an AWS event: ${schemaProblem(parsed.error)}` };
  const { time, 'detail-type': detailType, 'replay-name': replayName, ...same } = parsed.data;
  return {
    kind: 'envelope',
    envelope: { ...same, detailType, at: time, ...(replayName !== undefined && { replayName }), raw: copied.object },
  };
}
