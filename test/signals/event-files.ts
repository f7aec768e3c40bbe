import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reading } from '../../signals/signal';
import { resourceKey } from '../../signals/signal';

const own = join(__dirname, '..', 'events');

/** Our own sample events, as `source/case`. */
export const eventFiles: readonly string[] = readdirSync(own, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.json'))
  .map((path) => path.replace(/\.json$/, ''))
  .sort();

/** The event of that name; changes are laid over its top level, and over its detail. */
export function sampleEvent(
  name: string,
  changes: Readonly<Record<string, unknown>> = {},
  detail: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> & { readonly detail: Readonly<Record<string, unknown>> } {
  const event = readJson(join(own, `${name}.json`)) as { detail: Record<string, unknown> };
  return { ...event, detail: { ...event.detail, ...detail }, ...changes };
}

export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Further events kept beside the repository, if they are: their folder. */
export const furtherEvents: string | undefined = [join(__dirname, '../../../shared/events')].find(existsSync);

export function furtherFiles(): readonly { readonly path: string; readonly note: string }[] {
  if (furtherEvents === undefined) return [];
  const [, ...lines] = readFileSync(join(furtherEvents, 'MANIFEST.tsv'), 'utf8').trim().split('\n');
  return lines.map((line) => ({ path: line.split('\t')[0] ?? '', note: line.split('\t').at(-1) ?? '' }));
}

/** A reading as short lines: `unhealthy ec2-instance-impaired account/region/kind/id`, or `ignored: reason`. */
export function inWords(reading: Reading): readonly string[] {
  if (reading.kind !== 'signals') return [`${reading.kind}: ${reading.reason}`];
  return reading.signals.map((signal) =>
    [signal.kind, ...(signal.kind === 'progress' ? [] : [signal.condition]), resourceKey(signal.resource)].join(' '),
  );
}

export const anywhere = { accounts: 'any', regions: 'any' } as const;
