import type { Claim, Commit, HistoryEntry, IncidentStore } from '../../runtime/incident-store';
import { resourceKey, type Resource } from '../../signals/signal';
import type { Incident, State } from '../../statemachines/incident';
import { anIncident } from '../statemachines/incident';

const start = Date.parse('2026-03-02T10:00:00Z');
const minute = 60_000;

function instance(id: string): Resource {
  return { kind: 'ec2-instance', id, account: '111122223333', region: 'eu-central-1' };
}

function incident(id: string, revision: number, state: State = 'confirming'): Incident {
  return { ...anIncident(), id, revision, state, openedAt: start, resource: instance(`i-of-${id}`) };
}

function entry(detail: string, at = start): HistoryEntry {
  const event = { type: 'signal.repeated', at, detail } as const;
  return { at, event, from: 'confirming', to: 'confirming', calls: [] };
}

function commit(stored: Incident, rest: Partial<Commit> = {}): Commit {
  return { incident: stored, entries: [], signals: [], watches: [], ...rest };
}

function claim(resource: string, rest: Partial<Claim> = {}): Claim {
  return { rule: 'web-tier', resources: [resource], at: start, atOnce: 1, perHour: 4, ...rest };
}

const details = (history: readonly HistoryEntry[]): string[] =>
  history.map(({ event }) => ('detail' in event ? event.detail : event.type));

/** What every store of incidents promises; `make` gives one that is empty. */
// eslint-disable-next-line jest/no-export -- the tests of each store run it
export function incidentStoreContract(make: () => IncidentStore): void {
  let store: IncidentStore;
  const kindOf = async (it: Commit): Promise<string> => (await store.commit(it)).kind;

  beforeEach(() => {
    store = make();
  });

  describe('a commit', () => {
    it('of revision 1 opens the incident', async () => {
      expect(await store.read('a')).toBeUndefined();
      expect(await store.history('a')).toEqual([]);
      const opened = incident('a', 1);
      expect(await kindOf(commit(opened, { entries: [entry('opened')] }))).toBe('committed');
      expect(await store.read('a')).toEqual(opened);
      expect(details(await store.history('a'))).toEqual(['opened']);
    });

    it.each([1, 3])('of revision %i after revision 1 is lost, and nothing of it is written', async (revision) => {
      await store.commit(commit(incident('a', 1), { entries: [entry('opened')] }));
      const late = commit(incident('a', revision, 'closed'), {
        entries: [entry('late')],
        signals: ['late'],
        watches: ['late'],
        claim: claim('late'),
      });
      expect(await kindOf(late)).toBe('lost');
      expect(await store.read('a')).toEqual(incident('a', 1));
      expect(details(await store.history('a'))).toEqual(['opened']);
      expect(await store.isSeen('late')).toBe(false);
      expect(await store.openOn('late')).toEqual([]);
      expect(await store.holdings('b', 'web-tier', ['late'], start)).toEqual({
        heldByOthers: [],
        touchingNow: 0,
        startsInLastHour: 0,
      });
    });

    it('of a later revision does not open an incident', async () => {
      expect(await kindOf(commit(incident('a', 2)))).toBe('lost');
      expect(await store.read('a')).toBeUndefined();
    });

    it('has one winner each revision, however many try, and the history neither gap nor double', async () => {
      await store.commit(commit(incident('a', 1), { entries: [entry('1')] }));
      const workers = Array.from({ length: 16 }, (_, worker) => `worker ${worker}`);
      const wins: string[] = [];
      const work = async (name: string): Promise<void> => {
        for (;;) {
          const revision = ((await store.read('a'))?.revision ?? 0) + 1;
          if (revision > 20) return;
          const line = `${revision}`;
          if (
            (await kindOf(
              commit(incident('a', revision), { entries: [entry(line)], signals: [`${name} ${line}`] }),
            )) === 'committed'
          )
            wins.push(line);
        }
      };
      await Promise.all(workers.map(work));
      const expected = Array.from({ length: 20 }, (_, index) => `${index + 1}`);
      expect(wins.toSorted((a, b) => Number(a) - Number(b))).toEqual(expected.slice(1));
      expect(details(await store.history('a'))).toEqual(expected);
    });
  });

  describe('a signal', () => {
    it('is seen once it is committed, and stays so after the incident has ended', async () => {
      expect(await store.isSeen('s')).toBe(false);
      await store.commit(commit(incident('a', 1), { signals: ['s'] }));
      expect(await store.isSeen('s')).toBe(true);
      await store.commit(commit(incident('a', 2, 'closed'), { entries: [entry('end', start + 60 * minute)] }));
      expect(await store.isSeen('s')).toBe(true);
    });

    it('is seen for as long as its incident is open, months later too', async () => {
      await store.commit(commit(incident('a', 1), { signals: ['s'] }));
      await store.commit(commit(incident('b', 1)));
      const later = start + 90 * 24 * 60 * minute;
      await store.commit(commit(incident('b', 2, 'closed'), { entries: [entry('end', later)] }));
      expect(await store.isSeen('s')).toBe(true);
    });

    it('opens one incident, though two workers are told of it', async () => {
      const both = await Promise.all([
        kindOf(commit(incident('a', 1), { entries: [entry('one')], signals: ['s'] })),
        kindOf(commit(incident('a', 1), { entries: [entry('other')], signals: ['s'] })),
      ]);
      expect(both.toSorted()).toEqual(['committed', 'lost']);
      expect(await store.history('a')).toHaveLength(1);
    });

    it('is taken account of once, though two workers join it to the incident one after the other', async () => {
      await store.commit(commit(incident('a', 1)));
      await store.commit(commit(incident('a', 2), { signals: ['s'] }));
      expect(await kindOf(commit(incident('a', 3), { signals: ['s'] }))).toBe('lost');
      expect((await store.read('a'))?.revision).toBe(2);
    });
  });

  describe('a resource', () => {
    it('has one open incident of one condition: two signals at once open one', async () => {
      const resource = instance('i-0abc');
      const both = await Promise.all([
        kindOf(commit({ ...incident('a', 1), resource }, { signals: ['one'] })),
        kindOf(commit({ ...incident('b', 1), resource }, { signals: ['other'] })),
      ]);
      expect(both.toSorted()).toEqual(['committed', 'lost']);
      expect(await store.openOn(resourceKey(resource))).toHaveLength(1);
    });

    it('can have another of another condition beside it', async () => {
      const resource = instance('i-0abc');
      await store.commit(commit({ ...incident('a', 1), resource, condition: 'ec2-instance-impaired' }));
      const other = commit({ ...incident('b', 1), resource, condition: 'ec2-host-impaired' });
      expect(await kindOf(other)).toBe('committed');
      expect(await store.openOn(resourceKey(resource))).toHaveLength(2);
    });

    it('can have another incident after the first has ended', async () => {
      const resource = instance('i-0abc');
      await store.commit(commit({ ...incident('a', 1), resource }));
      await store.commit(commit({ ...incident('a', 2, 'resolved'), resource }));
      expect(await kindOf(commit({ ...incident('b', 1), resource }))).toBe('committed');
    });

    it('finds the open incidents that are about it or watch it, as they stand, and none that has ended', async () => {
      const about = resourceKey(incident('a', 1).resource);
      await store.commit(commit(incident('a', 1)));
      await store.commit(commit(incident('a', 2), { watches: ['the group'] }));
      await store.commit(commit(incident('b', 1), { watches: ['the group'] }));
      expect(await store.openOn(about)).toEqual([incident('a', 2)]);
      expect((await store.openOn('the group')).map(({ id }) => id).toSorted()).toEqual(['a', 'b']);
      await store.commit(commit(incident('a', 3, 'recovered')));
      expect(await store.openOn(about)).toEqual([]);
      expect((await store.openOn('the group')).map(({ id }) => id)).toEqual(['b']);
    });

    it('is not watched because another watches something like it', async () => {
      await store.commit(commit(incident('a', 1), { watches: ['group/web'] }));
      expect(await store.openOn('group/we')).toEqual([]);
      expect(await store.openOn('group/web-2')).toEqual([]);
    });
  });

  describe('a claim', () => {
    beforeEach(async () => {
      for (const id of ['a', 'b', 'c']) await store.commit(commit(incident(id, 1)));
    });
    const take = async (id: string, wanted: Claim, revision = 2): Promise<string> =>
      kindOf(commit(incident(id, revision, 'starting'), { claim: wanted }));

    it('holds each of its resources against others, not against its own incident', async () => {
      const wide = { atOnce: 9 };
      expect(await take('a', claim('i-1', { ...wide, resources: ['i-1', 'group'] }))).toBe('committed');
      expect(await take('b', claim('i-2', { ...wide, rule: 'other', resources: ['i-2', 'group'] }))).toBe(
        'claimRefused',
      );
      expect(await take('b', claim('i-2', { ...wide, rule: 'other' }))).toBe('committed');
      expect(await take('a', claim('i-1', wide), 3)).toBe('committed');
    });

    it('that no longer fits writes nothing of its commit', async () => {
      await take('a', claim('i-1'));
      const refused = commit(incident('b', 2), {
        claim: claim('i-1'),
        entries: [entry('start')],
        signals: ['s'],
        watches: ['w'],
      });
      expect(await kindOf(refused)).toBe('claimRefused');
      expect(await store.read('b')).toEqual(incident('b', 1));
      expect(await store.history('b')).toEqual([]);
      expect(await store.isSeen('s')).toBe(false);
      expect(await store.openOn('w')).toEqual([]);
    });

    it('replaces the one before of the same incident', async () => {
      await take('a', claim('i-1'));
      await take('a', claim('i-2'), 3);
      expect((await store.holdings('b', 'other', ['i-1', 'i-2'], start)).heldByOthers).toEqual([
        { resource: 'i-2', incident: 'a' },
      ]);
      expect((await store.holdings('b', 'web-tier', [], start)).touchingNow).toBe(1);
    });

    it('is refused at the commit when atOnce of the rule are touching, though both looked before either wrote', async () => {
      expect((await store.holdings('a', 'web-tier', ['i-1'], start)).touchingNow).toBe(0);
      expect((await store.holdings('b', 'web-tier', ['i-2'], start)).touchingNow).toBe(0);
      const both = await Promise.all([take('a', claim('i-1')), take('b', claim('i-2'))]);
      expect(both.toSorted()).toEqual(['claimRefused', 'committed']);
    });

    it('of another rule does not count', async () => {
      expect(await take('a', claim('i-1'))).toBe('committed');
      expect(await take('b', claim('i-2', { rule: 'other' }))).toBe('committed');
    });

    it('is refused at the commit when perHour of the rule were started, until the first is 60 minutes old', async () => {
      const two = { atOnce: 9, perHour: 2 };
      expect(await take('a', claim('i-1', two))).toBe('committed');
      expect(await take('b', claim('i-2', { ...two, at: start + minute }))).toBe('committed');
      expect(await take('c', claim('i-3', { ...two, at: start + 60 * minute - 1 }))).toBe('claimRefused');
      expect((await store.holdings('c', 'web-tier', [], start + 60 * minute - 1)).startsInLastHour).toBe(2);
      expect((await store.holdings('c', 'web-tier', [], start + 60 * minute)).startsInLastHour).toBe(1);
      expect(await take('c', claim('i-3', { ...two, at: start + 60 * minute }))).toBe('committed');
    });

    it('counts as a start of the hour also after its incident has ended', async () => {
      await take('a', claim('i-1', { perHour: 1 }));
      await store.commit(commit(incident('a', 3, 'resolved')));
      expect(await take('b', claim('i-2', { perHour: 1, at: start + minute }))).toBe('claimRefused');
    });

    it('counts the starts of the incident that asks, but not its touching', async () => {
      await take('a', claim('i-1'));
      expect(await store.holdings('a', 'web-tier', ['i-1'], start)).toEqual({
        heldByOthers: [],
        touchingNow: 0,
        startsInLastHour: 1,
      });
      expect(await store.holdings('b', 'web-tier', ['i-1', 'i-2'], start)).toEqual({
        heldByOthers: [{ resource: 'i-1', incident: 'a' }],
        touchingNow: 1,
        startsInLastHour: 1,
      });
    });

    it('is let go when its incident ends', async () => {
      await take('a', claim('i-1'));
      await store.commit(commit(incident('a', 3, 'resolved')));
      expect(await store.holdings('b', 'web-tier', ['i-1'], start)).toMatchObject({ heldByOthers: [], touchingNow: 0 });
      expect(await take('b', claim('i-1'))).toBe('committed');
    });

    it('stays through commits without one', async () => {
      await take('a', claim('i-1'));
      await store.commit(commit(incident('a', 3, 'checking')));
      expect(await take('b', claim('i-1'))).toBe('claimRefused');
    });
  });
}
