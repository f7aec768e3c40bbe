import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { heard } from '../../runtime/store/heard-store';
import { advance } from '../../runtime/advance';
import { stateChangeJsonSchema, type StateChange } from '../../runtime/state-change';
import { stateEvents, type StateEvent } from '../../runtime/state-events';
import { readEvent } from '../../signals';
import { anIncident } from '../statemachines/incident';
import { scene } from './world';

const file = join(__dirname, '..', '..', 'docs', 'events', 'incident-state-change.schema.json');
const published = JSON.parse(readFileSync(file, 'utf8')) as z.core.JSONSchema.JSONSchema;

async function lived(put: (events: readonly StateEvent[]) => Promise<number> = async () => 0) {
  const sent: StateEvent[] = [];
  const failures: [number, unknown][] = [];
  const events = stateEvents(
    'homeostat',
    async (some) => {
      sent.push(...some);
      return put(some);
    },
    (lost, error) => failures.push([lost, error]),
  );
  const it = scene();
  const store = heard(it.world.store, (commit) => {
    events.heard(commit);
  });
  const result = await advance(anIncident({}), { type: 'incident.opened', at: 0, detail: 'a\nb' }, ['s'], {
    ...it.world,
    store,
  });
  await events.flush();
  const details = sent.map(({ Detail }) => JSON.parse(Detail) as StateChange);
  return { it, result, sent, failures, details };
}

describe('events of state changes', () => {
  it('tell of each commit that changed the state', async () => {
    const { sent, details } = await lived();
    expect(details.map(({ revision, from, to }) => [revision, from, to])).toEqual([
      [1, 'opening', 'starting'],
      [2, 'starting', 'checking'],
    ]);
    expect(sent[0]).toMatchObject({
      EventBusName: 'homeostat',
      Source: 'homeostat',
      DetailType: 'Homeostat Incident State Change',
    });
    expect(details[0]).toMatchObject({
      version: 1,
      incident: 'inc-1',
      outcome: 'open',
      mode: 'act',
      remediation: 'reboot-instance',
      openedAt: '1970-01-01T00:00:00.000Z',
    });
  });

  it('are as the published schema says', async () => {
    const { details } = await lived();
    const schema = z.fromJSONSchema(published);
    for (const detail of details) expect(schema.safeParse(detail).error?.issues ?? []).toEqual([]);
    expect(schema.safeParse({ ...details[0], to: 'cured' }).success).toBe(false);
    expect(schema.safeParse({ ...details[0], surprise: 1 }).success).toBe(false);
  });

  it('have a published schema that is the one of the program: else run npm run schema', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(stateChangeJsonSchema())));
  });

  it('that are not taken are counted, and the incident goes on', async () => {
    const refused = await lived(async () => 1);
    expect(refused.failures).toMatchObject([[1, { message: 'EventBridge did not take them.' }]]);
    const broken = await lived(async () => {
      throw new Error('EventBridge is away');
    });
    expect(broken.failures).toMatchObject([[2, { message: 'EventBridge is away' }]]);
    expect(broken.result.kind).toBe('advanced');
  });

  it('are never taken for events about a resource: Homeostat does not feed itself', async () => {
    const { sent } = await lived();
    const event = {
      id: '0f0f0f0f-1111',
      source: sent[0]!.Source,
      'detail-type': sent[0]!.DetailType,
      account: '111122223333',
      region: 'eu-central-1',
      time: '2026-03-01T10:00:00Z',
      resources: [],
      detail: JSON.parse(sent[0]!.Detail) as object,
    };
    expect(readEvent(event, { accounts: 'any', regions: 'any' }).kind).toBe('refused');
  });
});
