import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { VirtualClock } from '../simulator/clock';
import { buildAccount } from '../simulator/description';
import type { BusEvent } from '../simulator/event-bus';
import { World } from '../simulator/world';
import { chanceFor } from './month-chance';
import { letHappen, letStorm } from './month-course';
import { estateOf, instanceId } from './month-estate';

/** What a service of the estate has in a month, by and large. */
const eventsOfService = 1_300;
const begins = Date.parse('2026-03-01T00:00:00Z');
const month = 30 * 24 * 3_600_000;

/** What was written. */
export interface Month {
  readonly events: number;
  readonly services: number;
  /** By detail-type, and for alarms by where they went. */
  readonly kinds: Readonly<Record<string, number>>;
}

/**
 * Writes a month of a simulated account, of about so many events, into a folder: `account.yaml` as it was at first, and
 * `events.jsonl`. There is no Homeostat in it. The same seed and size make the same files.
 */
export async function recordMonth(folder: string, about: number, seed: number): Promise<Month> {
  const { description, services } = estateOf(seed, Math.max(1, Math.round(about / eventsOfService)));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'account.yaml'), stringify(description, { aliasDuplicateObjects: false, lineWidth: 120 }));
  const world = new World(new VirtualClock(begins));
  const account = buildAccount(world, description);
  const out = createWriteStream(join(folder, 'events.jsonl'));
  const kinds: Record<string, number> = {};
  let events = 0;
  world.subscribe(async (event) => {
    events += 1;
    const kind = kindOf(event);
    kinds[kind] = (kinds[kind] ?? 0) + 1;
    if (!out.write(`${asRecorded(event, seed)}\n`)) await once(out, 'drain');
  });
  for (const service of services) letHappen(service, account, chanceFor(seed, 1_000 + service.number));
  letStorm(services, account, chanceFor(seed, 999));
  await world.clock.runUntil(begins + month);
  out.end();
  await once(out, 'finish');
  return { events, services: services.length, kinds };
}

function kindOf(event: BusEvent): string {
  const { alarmName = '', state } = event.detail as { alarmName?: string; state?: { value?: string } };
  const own = alarmName.startsWith('TargetTracking-') ? " (Auto Scaling's own)" : '';
  return event.source === 'aws.cloudwatch' ? `alarm ${state?.value ?? ''}${own}` : event['detail-type'];
}

/** Ids that the simulated account counts up become ids such as AWS gives: a replay's own account counts up the same. */
function asRecorded(event: BusEvent, seed: number): string {
  return JSON.stringify({ ...event, id: uuid(`${seed}/${event.id}`) })
    .replace(/i-0{10}[0-9a-f]{7}\b/g, (id) => instanceId(seed, id))
    .replace(/5e1f0000-0000-4000-8000-[0-9a-f]{12}/g, (id) => uuid(`${seed}/${id}`));
}

function uuid(of: string): string {
  const hex = createHash('sha256').update(of).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
