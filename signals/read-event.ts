import { type ConditionMapping, readMapped } from './condition-mapping';
import { type Envelope, parseEnvelope } from './envelope';
import { plainText } from './plain-text';
import type { Reading } from './signal';
import { ignored, type Source } from './source';

export interface ReadOptions {
  /** Account ids that events are taken from. */
  readonly accounts: readonly string[] | 'any';
  /** Regions whose resources are taken care of. */
  readonly regions: readonly string[] | 'any';
  /** The operator's own; the first that matches an event says what it means. */
  readonly mappings?: readonly ConditionMapping[];
}

/** `readEvent` of `index.ts`, with the sources that may read it. */
export function readAmong(sources: readonly Source[], input: unknown, options: ReadOptions): Reading {
  const parsed = parseEnvelope(input);
  if (parsed.kind === 'invalid') return { kind: 'invalid', reason: plainText(parsed.reason) };
  const event = parsed.envelope;
  const source = sources.find((one) => claims(one, event));

  const origin = source?.tellsOf === 'others' ? { account: event.account } : event;
  const refusal = refusalOf(origin, options) ?? impersonation(event);
  if (refusal !== undefined) return { kind: 'refused', reason: plainText(refusal) };

  const reading = readMapped(event, options.mappings ?? []) ?? source?.read(event) ?? unread(sources, event);
  return checked(reading, event, options);
}

/** Whether the event matches the source's pattern. */
function claims({ pattern }: Source, event: Envelope): boolean {
  return pattern.source.includes(event.source) && pattern['detail-type'].includes(event.detailType);
}

function refusalOf(
  from: { readonly account: string; readonly region?: string },
  { accounts, regions }: ReadOptions,
): string | undefined {
  if (accounts !== 'any' && !accounts.includes(from.account)) {
    return `account ${from.account} is not one that events are taken from`;
  }
  if (regions !== 'any' && from.region !== undefined && !regions.includes(from.region)) {
    return `region ${from.region} is not one that events are taken from`;
  }
  return undefined;
}

/** Homeostat's own events go out, and none comes in. */
function impersonation({ source }: Envelope): string | undefined {
  return /^homeostat(\.|$)/i.test(source) ? `only Homeostat itself sends events as ${source}` : undefined;
}

function unread(sources: readonly Source[], event: Envelope): Reading {
  const service = event.source.replace(/^aws\./, '');
  // "EC2 Fleet Error" says whose it is, "Object Created" does not.
  const named = /^[A-Z0-9]{3}/.test(event.detailType) || event.detailType.toLowerCase().startsWith(service);
  const what = named ? event.detailType : `${service.length < 5 ? service.toUpperCase() : service} ${event.detailType}`;
  const others = sources.some(({ pattern }) => pattern.source.includes(event.source)) ? 'such ' : '';
  return ignored(`${plainText(what, 120)}: no signal is read from ${others}${plainText(event.source, 40)} events`);
}

/** Signals about resources of accounts and regions that were not asked for are none, nor are those of a replay. */
function checked(reading: Reading, event: Envelope, options: ReadOptions): Reading {
  if (reading.kind !== 'signals') return { kind: reading.kind, reason: plainText(reading.reason) };
  for (const { resource } of reading.signals) {
    const refusal = refusalOf(resource, options);
    if (refusal !== undefined) return { kind: 'refused', reason: plainText(`${resource.id}: ${refusal}`) };
  }
  // What was true when the archive was written need not be now. What is still wrong shows in an alarm's next event.
  if (event.replayName !== undefined) {
    return ignored(`replayed from an archive by ${plainText(event.replayName, 60)}: old news is not acted on`);
  }
  return reading;
}
