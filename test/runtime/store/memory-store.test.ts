import { MemoryStore } from '../../../runtime/store/memory-store';
import { anIncident } from '../../statemachines/incident';
import { incidentStoreContract } from './incident-store.contract';

incidentStoreContract(() => new MemoryStore());

describe('the store in memory', () => {
  const day = 24 * 60 * 60_000;

  async function live(store: MemoryStore, id: string, at: number): Promise<void> {
    const resource = { ...anIncident().resource, id };
    const incident = { ...anIncident(), id, resource, revision: 1, state: 'starting', openedAt: at } as const;
    const claim = { rule: 'web-tier', resources: [id], at, atOnce: 1, perHour: 1_000 };
    const end = { at, event: { type: 'incident.closed', at, by: 'a' }, from: 'checking', to: 'closed' } as const;
    await store.commit({ incident, entries: [], signals: [`signal ${id}`], watches: [`group ${id}`], claim });
    await store.commit({
      incident: { ...incident, revision: 2, state: 'closed' },
      entries: [{ ...end, calls: [] }],
      signals: [`end ${id}`],
      watches: [],
    });
  }

  it('does not grow with what has ended', async () => {
    const store = new MemoryStore();
    for (let count = 0; count < 2_000; count += 1) await live(store, `inc-${count}`, count * (day / 100));
    // 16 days of signals, two an incident, and one hour of starts.
    expect(store.counts()).toEqual({ incidents: 0, watched: 0, claims: 0, starts: 5, signals: 2 * 1_600 });
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
