import { MemoryStore } from '../../../runtime/store/memory-store';
import { anIncident } from '../../statemachines/incident';
import { incidentStoreContract } from './incident-store.contract';

incidentStoreContract(() => new MemoryStore());

describe('the store in memory', () => {
  const day = 24 * 60 * 60_000;

  async function live(store: MemoryStore, id: string, at: number): Promise<void> {
    const resource = { ...anIncident().resource, id };
    const incident = { ...anIncident(), id, resource, revision: 1, state: 'starting', openedAt: at } as const;
    const claim = { resources: [id], at, scopes: ['rule/web-tier'], quotas: [] };
    const end = { at, event: { type: 'incident.closed', at, by: 'a' }, from: 'checking', to: 'closed' } as const;
    await store.commit({
      incident,
      entries: [],
      signals: [`signal ${id}`],
      watches: [`group ${id}`],
      sightings: [`group ${id}`, 'region'],
      claim,
    });
    await store.commit({
      incident: { ...incident, revision: 2, state: 'closed' },
      entries: [{ ...end, calls: [] }],
      signals: [`end ${id}`],
      watches: [],
      sightings: [],
    });
  }

  it('does not grow with what has ended', async () => {
    const store = new MemoryStore();
    for (let count = 0; count < 2_000; count += 1) await live(store, `inc-${count}`, count * (day / 100));
    // 16 days of signals, two an incident; two days of ends; one day of sightings, also in the region; one hour of starts.
    const kept = { signals: 2 * 1_600, lasts: 200, scopes: 101, starts: 5 };
    expect(store.counts()).toEqual({ incidents: 0, watched: 0, claims: 0, ...kept });
    expect(await store.isSeen('signal inc-0')).toBe(false);
    expect(await store.isSeen('signal inc-1999')).toBe(true);
  });

  it('hands over what has ended, with all of its history, once', async () => {
    const ended: unknown[] = [];
    const store = new MemoryStore((incident, history) => ended.push([incident.id, incident.state, history.length]));
    await live(store, 'inc-1', 0);
    expect(ended).toEqual([['inc-1', 'closed', 1]]);
    expect(store.open()).toEqual([]);
  });
});
