import type { Claim, Commit, Held, HistoryEntry, Hold, IncidentStore } from '../../../runtime/store/incident-store';
import { resourceKey, type Resource } from '../../../signals/signal';
import { sicknessKey, type Incident, type State } from '../../../statemachines/incident';
import { startsKeptSeconds, usedOf, type Quota } from '../../../statemachines/quota';
import { accountScope, groupScope, ruleScope, type Scope } from '../../../statemachines/scope';
import { sightingsAtMost } from '../../../statemachines/storm';
import { anIncident } from '../../statemachines/incident';

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
  return { incident: stored, entries: [], signals: [], watches: [], sightings: [], ...rest };
}

const webTier = ruleScope('web-tier');

const atOnce = (atMost: number, scope = webTier): Quota => ({ scope, of: 'touching', atMost });
const perHour = (atMost: number, scope = webTier): Quota => ({ scope, of: { startedWithinSeconds: 3_600 }, atMost });

/** Of a rule that touches one thing at a time. */
function claim(resource: string, rest: Partial<Claim> = {}): Claim {
  return { resources: [resource], at: start, scopes: [webTier], quotas: [atOnce(1), perHour(4)], ...rest };
}

/** Of another rule. */
const ofOther = { scopes: [ruleScope('other')], quotas: [atOnce(1, ruleScope('other'))] };

function planOf(planHash: string) {
  const patience = { checkEvery: 30, giveUpAfter: 300 };
  return {
    remediation: 'reboot-instance',
    plan: { instance: planHash },
    planHash,
    touches: ['i-1'],
    summary: 'reboot',
    destroys: ['what is in memory'],
    patience,
  };
}

function planMade(planHash: string): HistoryEntry {
  return { ...entry('plan'), event: { type: 'plan.made', at: start, ...planOf(planHash) } };
}

const details = (history: readonly HistoryEntry[]): string[] =>
  history.map(({ event }) => ('detail' in event ? event.detail : event.type));

/** What every store of incidents promises; `make` gives one that is empty. */
// eslint-disable-next-line jest/no-export -- the tests of each store run it
export function incidentStoreContract(make: () => IncidentStore | Promise<IncidentStore>): void {
  let store: IncidentStore;
  const kindOf = async (it: Commit): Promise<string> => (await store.commit(it)).kind;
  const heldFrom = async (id: string, ...resources: string[]): Promise<unknown> =>
    (await store.holdings(id, resources, start)).heldByOthers;
  /** How many others are touching something, as the incident `id` sees it. */
  const touching = async (id: string, scope: Scope = webTier): Promise<number> =>
    usedOf(atOnce(0, scope), (await store.holdings(id, [], start)).starts, id, start);
  const started = async (at = start, scope: Scope = webTier): Promise<number> =>
    usedOf(perHour(0, scope), (await store.holdings('x', [], at)).starts, 'x', at);

  beforeEach(async () => {
    store = await make();
  });

  describe('a commit', () => {
    it('of revision 1 opens the incident', async () => {
      expect(await store.read('a')).toBeUndefined();
      expect(await store.history('a')).toEqual([]);
      const place = { zone: 'eu-central-1a', groups: [{ ...instance('web'), kind: 'auto-scaling-group' as const }] };
      const opened = { ...incident('a', 1), place };
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
        sightings: ['late'],
        claim: claim('late'),
      });
      expect(await kindOf(late)).toBe('lost');
      expect(await store.read('a')).toEqual(incident('a', 1));
      expect(details(await store.history('a'))).toEqual(['opened']);
      expect(await store.isSeen('late')).toBe(false);
      expect(await store.openOn('late')).toEqual([]);
      expect(await store.sightings('late', 0)).toEqual([]);
      expect(await store.holdings('b', ['late'], start)).toEqual({ heldByOthers: [], starts: [] });
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

    it('loses nothing of what 16 workers have to add, who each try until theirs is in', async () => {
      await store.commit(commit(incident('a', 1)));
      const workers = Array.from({ length: 16 }, (_, worker) => `worker ${worker}`);
      const revisions: number[] = [];
      const work = async (name: string): Promise<void> => {
        for (;;) {
          const revision = (await store.read('a'))!.revision + 1;
          const added = commit(incident('a', revision), { entries: [entry(name)], signals: [name] });
          if ((await kindOf(added)) !== 'committed') continue;
          revisions.push(revision);
          return;
        }
      };
      await Promise.all(workers.map(work));
      expect(details(await store.history('a')).toSorted()).toEqual(workers.toSorted());
      expect(revisions.toSorted((a, b) => a - b)).toEqual(workers.map((_, index) => index + 2));
      expect((await store.read('a'))?.revision).toBe(17);
    });

    it('that two workers make word for word alike is told to one of them alone', async () => {
      await store.commit(commit(incident('a', 1)));
      const alike = commit(incident('a', 2), { entries: [entry('same')] });
      const both = await Promise.all([kindOf(alike), kindOf(alike)]);
      expect(both.toSorted()).toEqual(['committed', 'lost']);
      expect(details(await store.history('a'))).toEqual(['same']);
    });

    it('keeps the plan until another takes its place or it is dropped', async () => {
      const planned = (revision: number, planHash: string | null): Incident => {
        const it = incident('a', revision);
        return { ...it, memory: { ...it.memory, planned: planHash === null ? null : planOf(planHash) } };
      };
      await store.commit(commit(planned(1, 'one'), { entries: [planMade('one')] }));
      expect(await store.read('a')).toEqual(planned(1, 'one'));
      await store.commit(commit(planned(2, 'one'), { entries: [entry('later')] }));
      expect(await store.read('a')).toEqual(planned(2, 'one'));
      await store.commit(commit(planned(3, 'two'), { entries: [planMade('other'), planMade('two')] }));
      expect(await store.read('a')).toEqual(planned(3, 'two'));
      await store.commit(commit(planned(4, null)));
      expect(await store.read('a')).toEqual(planned(4, null));
    });

    it('keeps entries of many kilobytes as they are', async () => {
      const calls = Array.from({ length: 50 }, (_, index) => ({
        at: start,
        action: 'ec2:DescribeInstances',
        access: 'read' as const,
        input: { InstanceIds: [`i-${index}`], Filters: [{ Name: 'größe', Values: ['☃'.repeat(index)] }] },
      }));
      const long = [{ ...entry('long'), calls }, entry('short')];
      await store.commit(commit(incident('a', 1), { entries: long }));
      expect(await store.history('a')).toEqual(long);
    });

    it('finds the history in the order of the commits, ten and more of them', async () => {
      const lines = Array.from({ length: 12 }, (_, index) => `${index + 1}`);
      for (const line of lines) {
        await store.commit(commit(incident('a', Number(line)), { entries: [entry(line)], watches: [line] }));
      }
      expect(details(await store.history('a'))).toEqual(lines);
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
      const wide = { quotas: [] };
      expect(await take('a', claim('i-1', { ...wide, resources: ['i-1', 'group'] }))).toBe('committed');
      expect(await take('b', claim('i-2', { ...ofOther, resources: ['i-2', 'group'] }))).toBe('claimRefused');
      expect(await take('b', claim('i-2', ofOther))).toBe('committed');
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
      expect(await started()).toBe(1);
    });

    it('replaces the one before of the same incident', async () => {
      await take('a', claim('i-1'));
      await take('a', claim('i-2'), 3);
      expect(await heldFrom('b', 'i-1', 'i-2')).toEqual([{ resource: 'i-2', incident: 'a' }]);
      expect(await touching('b')).toBe(1);
      expect(await started()).toBe(2);
    });

    it('is written down with all that it counts in, and whether its incident is touching something still', async () => {
      const scopes = [webTier, accountScope('111122223333')];
      await take('a', claim('i-1', { scopes }));
      await take('b', claim('i-2', { ...ofOther, at: start + minute }));
      await store.commit(commit(incident('b', 3, 'resolved')));
      expect((await store.holdings('c', [], start + minute)).starts).toEqual([
        { incident: 'a', at: start, scopes, touching: true },
        { incident: 'b', at: start + minute, scopes: ofOther.scopes, touching: false },
      ]);
    });

    it('is refused at the commit when a quota of touching is used up, though both looked before either wrote', async () => {
      expect(await touching('a')).toBe(0);
      expect(await touching('b')).toBe(0);
      const both = await Promise.all([take('a', claim('i-1')), take('b', claim('i-2'))]);
      expect(both.toSorted()).toEqual(['claimRefused', 'committed']);
    });

    it('of another rule does not count for the rule', async () => {
      expect(await take('a', claim('i-1'))).toBe('committed');
      expect(await take('b', claim('i-2', ofOther))).toBe('committed');
    });

    it.each([
      ['account', accountScope('111122223333')],
      ['group', groupScope({ ...instance('web'), kind: 'auto-scaling-group' })],
    ])('counts for its %s, whatever the rule', async (_kind, shared) => {
      const of = (name: string, quotas: readonly Quota[]): Partial<Claim> => ({
        scopes: [ruleScope(name), shared],
        quotas,
      });
      expect(await take('a', claim('i-1', of('one', [atOnce(1, shared)])))).toBe('committed');
      expect(await take('b', claim('i-2', of('two', [atOnce(1, shared)])))).toBe('claimRefused');
      expect(await take('b', claim('i-2', of('two', [perHour(1, shared)])))).toBe('claimRefused');
      expect(await take('b', claim('i-2', of('two', [atOnce(2, shared), perHour(2, shared)])))).toBe('committed');
      expect(await take('c', claim('i-3', of('three', [perHour(2, shared)])))).toBe('claimRefused');
      expect(await take('c', claim('i-3', of('three', [perHour(1, `${shared}-2`)])))).toBe('committed');
    });

    it('fits into all of its quotas, or is refused', async () => {
      const both = { scopes: [webTier, 'account/1'], quotas: [atOnce(9), atOnce(1, 'account/1')] };
      expect(await take('a', claim('i-1', both))).toBe('committed');
      expect(await take('b', claim('i-2', both))).toBe('claimRefused');
      expect(await take('b', claim('i-2', { ...both, quotas: both.quotas.toReversed() }))).toBe('claimRefused');
    });

    it('is refused at the commit when as many were started in the hour, until the first is 60 minutes old', async () => {
      const two = { quotas: [atOnce(9), perHour(2)] };
      expect(await take('a', claim('i-1', two))).toBe('committed');
      expect(await take('b', claim('i-2', { ...two, at: start + minute }))).toBe('committed');
      expect(await take('c', claim('i-3', { ...two, at: start + 60 * minute - 1 }))).toBe('claimRefused');
      expect(await started(start + 60 * minute - 1)).toBe(2);
      expect(await started(start + 60 * minute)).toBe(1);
      expect(await take('c', claim('i-3', { ...two, at: start + 60 * minute }))).toBe('committed');
    });

    it('counts as a start of the hour also after its incident has ended', async () => {
      const one = { quotas: [perHour(1)] };
      await take('a', claim('i-1', one));
      await store.commit(commit(incident('a', 3, 'resolved')));
      expect(await take('b', claim('i-2', { ...one, at: start + minute }))).toBe('claimRefused');
    });

    it('is told of for as long as it counts: as a start for an hour, as touching until its incident lets go', async () => {
      await take('a', claim('i-1'));
      await take('b', claim('i-2', ofOther));
      const told = async (at: number): Promise<readonly string[]> =>
        (await store.holdings('x', [], at)).starts.map((one) => one.incident);
      const end = start + startsKeptSeconds * 1_000;
      await store.commit(commit(incident('b', 3, 'resolved')));
      expect(await told(end - 1)).toEqual(['a', 'b']);
      expect(await told(end)).toEqual(['a']);
      // Another claim tidies up, and takes nothing away that counts.
      expect(await take('c', claim('i-3', { at: end }))).toBe('claimRefused');
      expect(await take('c', claim('i-3', { at: end, quotas: [atOnce(2)] }))).toBe('committed');
      expect(await told(end)).toEqual(['a', 'c']);
      await store.commit(commit(incident('a', 3, 'resolved')));
      expect(await told(end)).toEqual(['c']);
    });

    it('counts the starts of the incident that asks, but not its touching', async () => {
      await take('a', claim('i-1'));
      expect(await heldFrom('a', 'i-1')).toEqual([]);
      expect(await touching('a')).toBe(0);
      expect(await heldFrom('b', 'i-1', 'i-2')).toEqual([{ resource: 'i-1', incident: 'a' }]);
      expect(await touching('b')).toBe(1);
      expect(await started()).toBe(1);
      expect(await take('a', claim('i-1', { quotas: [atOnce(1)] }), 3)).toBe('committed');
      expect(await take('a', claim('i-1', { quotas: [perHour(2)] }), 4)).toBe('claimRefused');
    });

    it('is let go when its incident ends', async () => {
      await take('a', claim('i-1'));
      await store.commit(commit(incident('a', 3, 'resolved')));
      expect(await heldFrom('b', 'i-1')).toEqual([]);
      expect(await touching('b')).toBe(0);
      expect(await take('b', claim('i-1'))).toBe('committed');
    });

    it('leaves the resources of the one that it replaces watched, until the end', async () => {
      await take('a', claim('i-1', { resources: ['i-1', 'group'] }));
      await take('a', claim('i-2'), 3);
      expect((await store.openOn('group')).map(({ id }) => id)).toEqual(['a']);
      expect((await store.openOn('i-2')).map(({ id }) => id)).toEqual(['a']);
      expect(await take('b', claim('group', { quotas: [] }))).toBe('committed');
      expect((await store.openOn('group')).map(({ id }) => id).toSorted()).toEqual(['a', 'b']);
      await store.commit(commit(incident('a', 4, 'resolved')));
      expect((await store.openOn('group')).map(({ id }) => id)).toEqual(['b']);
      expect(await store.openOn('i-2')).toEqual([]);
    });

    it('touches no more in the scopes of the one that it replaces', async () => {
      await take('a', claim('i-1'));
      await take('a', claim('i-1', ofOther), 3);
      expect(await touching('b')).toBe(0);
      expect(await touching('b', ruleScope('other'))).toBe(1);
    });

    it.each(['escalating', 'escalated', 'acknowledged', 'telling'] as const)(
      'of an incident that is %s touches nothing any more, but holds its resources',
      async (state) => {
        await take('a', claim('i-1'));
        await store.commit(commit(incident('a', 3, state)));
        expect(await touching('b')).toBe(0);
        expect(await heldFrom('b', 'i-1')).toEqual([{ resource: 'i-1', incident: 'a' }]);
        expect(await take('b', claim('i-1'))).toBe('claimRefused');
        expect(await take('b', claim('i-2'))).toBe('committed');
      },
    );

    it('is given to as many of 12 incidents as a quota has room for, when all reach for it at one time', async () => {
      const ids = Array.from({ length: 12 }, (_, index) => `racer-${index}`);
      for (const id of ids) await store.commit(commit(incident(id, 1)));
      const of = (id: string): Partial<Claim> => ({
        scopes: [ruleScope(id), 'account/1'],
        quotas: [atOnce(1, ruleScope(id)), atOnce(3, 'account/1')],
      });
      const results = await Promise.all(ids.map(async (id) => take(id, claim(`i-of-${id}`, of(id)))));
      expect(results.filter((kind) => kind === 'committed')).toHaveLength(3);
      expect(results.filter((kind) => kind === 'claimRefused')).toHaveLength(9);
      expect(await touching('x', 'account/1')).toBe(3);
      expect(await started(start, 'account/1')).toBe(3);
    });

    it('goes to one of 8 incidents that reach for the same resource under rules of their own', async () => {
      const ids = Array.from({ length: 8 }, (_, index) => `racer-${index}`);
      for (const id of ids) await store.commit(commit(incident(id, 1)));
      const of = (id: string): Partial<Claim> => ({ scopes: [ruleScope(id)], quotas: [atOnce(1, ruleScope(id))] });
      const results = await Promise.all(ids.map(async (id) => take(id, claim('shared', of(id)))));
      expect(results.toSorted()).toEqual([...Array<string>(7).fill('claimRefused'), 'committed']);
    });

    it('can be part of the commit that opens its incident, and of one that ends it', async () => {
      expect(await kindOf(commit(incident('d', 1, 'starting'), { claim: claim('i-1') }))).toBe('committed');
      expect(await take('a', claim('i-1'))).toBe('claimRefused');
      const last = claim('i-2', { quotas: [] });
      expect(await kindOf(commit(incident('d', 2, 'closed'), { claim: last }))).toBe('committed');
      expect(await heldFrom('a', 'i-1', 'i-2')).toEqual([]);
      expect(await touching('a')).toBe(0);
      expect(await started()).toBe(2);
    });

    it('can reach over 50 groups in the commit that opens its incident, and ends like any other', async () => {
      const groups = Array.from({ length: 50 }, (_, index) =>
        groupScope({ ...instance(`g-${index}`), kind: 'target-group' }),
      );
      const wide = { resources: ['i-1', ...groups], scopes: [webTier, ...groups] };
      const rest = { signals: ['s'], watches: groups, sightings: groups, claim: claim('i-1', wide) };
      expect(await kindOf(commit(incident('d', 1, 'starting'), rest))).toBe('committed');
      expect(await heldFrom('a', ...groups)).toHaveLength(50);
      for (const group of groups) expect(await store.sightings(group, 0)).toHaveLength(1);
      expect((await store.holdings('a', [], start)).starts).toMatchObject([{ scopes: wide.scopes }]);
      expect(await kindOf(commit(incident('d', 2, 'resolved')))).toBe('committed');
      expect(await heldFrom('a', ...groups)).toEqual([]);
      expect(await store.openOn(groups[0] ?? '')).toEqual([]);
    });

    it('may leave more than 100 watches behind: its incident ends all the same', async () => {
      const named = (from: number): string[] => Array.from({ length: 60 }, (_, index) => `w-${from + index}`);
      await store.commit(commit(incident('a', 2), { watches: named(0) }));
      await store.commit(commit(incident('a', 3), { watches: named(60) }));
      expect(await kindOf(commit(incident('a', 4, 'resolved')))).toBe('committed');
      for (const resource of ['w-0', 'w-119']) expect(await store.openOn(resource)).toEqual([]);
    });

    it('stays through commits without one', async () => {
      await take('a', claim('i-1'));
      await store.commit(commit(incident('a', 3, 'checking')));
      expect(await take('b', claim('i-1'))).toBe('claimRefused');
    });
  });

  describe('a wake-up', () => {
    const waking = (id: string, revision: number, at: number): Incident => ({
      ...incident(id, revision),
      wake: { at, revision },
    });

    it('is due once its time has passed, the longest overdue first, as many as are asked for', async () => {
      await store.commit(commit(waking('a', 1, start + 3 * minute)));
      await store.commit(commit(waking('b', 1, start + minute)));
      await store.commit(commit(waking('c', 1, start + 2 * minute)));
      await store.commit(commit(incident('d', 1)));
      expect(await store.due(start + minute, 9)).toEqual([]);
      expect(await store.due(start + 3 * minute, 9)).toEqual([
        { incident: 'b', at: start + minute, revision: 1 },
        { incident: 'c', at: start + 2 * minute, revision: 1 },
      ]);
      expect((await store.due(start + 60 * minute, 2)).map((wake) => wake.incident)).toEqual(['b', 'c']);
    });

    it('is replaced by the next commit, and dropped by one without', async () => {
      await store.commit(commit(waking('a', 1, start + minute)));
      await store.commit(commit(waking('a', 2, start + 2 * minute)));
      expect(await store.due(start + 60 * minute, 9)).toEqual([{ incident: 'a', at: start + 2 * minute, revision: 2 }]);
      expect(await store.read('a')).toEqual(waking('a', 2, start + 2 * minute));
      await store.commit(commit(incident('a', 3)));
      expect(await store.due(start + 60 * minute, 9)).toEqual([]);
      expect((await store.read('a'))?.wake).toBeNull();
    });

    it('of an incident that has ended is never due', async () => {
      await store.commit(commit(waking('a', 1, start)));
      await store.commit(commit({ ...waking('a', 2, start), state: 'closed' }));
      expect(await store.due(start + 60 * minute, 9)).toEqual([]);
    });
  });

  describe('the list', () => {
    it('has what is in the states asked for, the latest opened first, as many as are asked for', async () => {
      const opened = (id: string, after: number, state: State): Commit =>
        commit({ ...incident(id, 1, state), openedAt: start + after * minute });
      await store.commit(opened('a', 1, 'held'));
      await store.commit(opened('b', 3, 'checking'));
      await store.commit(opened('c', 2, 'held'));
      await store.commit(opened('d', 4, 'waiting'));
      const ids = async (...asked: Parameters<typeof store.list>): Promise<string[]> =>
        (await store.list(...asked)).map(({ id }) => id);
      expect(await ids(['held', 'checking'], 9)).toEqual(['b', 'c', 'a']);
      expect(await ids(['held', 'checking'], 2)).toEqual(['b', 'c']);
      expect(await ids(['planning'], 9)).toEqual([]);
      await store.commit(commit({ ...incident('b', 2, 'held'), openedAt: start + 3 * minute }));
      expect(await ids(['checking'], 9)).toEqual([]);
      expect(await ids(['held'], 9)).toEqual(['b', 'c', 'a']);
    });

    it('says of each what it is about and how it stands', async () => {
      await store.commit(commit(incident('a', 1)));
      await store.commit(commit(incident('a', 2, 'held')));
      const { condition, resource, openedAt, rule } = incident('a', 2);
      const summary = { id: 'a', revision: 2, condition, resource, openedAt, state: 'held', rule: rule.name };
      expect(await store.list(['held'], 9)).toEqual([summary]);
    });

    it('has none as open that has ended', async () => {
      await store.commit(commit(incident('a', 1, 'held')));
      await store.commit(commit(incident('a', 2, 'closed')));
      expect(await store.list(['held', 'confirming'], 9)).toEqual([]);
    });
  });

  describe('a parked incident', () => {
    const waking = { ...incident('a', 1, 'held'), wake: { at: start, revision: 1 } };

    it('is listed as parked with the reason, also by its state, and is not due', async () => {
      await store.commit(commit(waking));
      await store.commit(commit(incident('b', 1, 'held')));
      expect(await store.parked(9)).toEqual([]);
      await store.park('a', 'of another version');
      expect(await store.parked(9)).toMatchObject([{ id: 'a', state: 'held', parked: 'of another version' }]);
      const listed = await store.list(['held'], 9);
      expect(listed.map(({ id, parked }) => [id, parked]).toSorted()).toEqual([
        ['a', 'of another version'],
        ['b', undefined],
      ]);
      expect(await store.due(start + minute, 9)).toEqual([]);
    });

    it('is still there to be read, and can be parked again', async () => {
      await store.commit(commit(waking));
      await store.park('a', 'of another version');
      await store.park('a', 'of another version');
      expect(await store.read('a')).toEqual(waking);
      expect((await store.openOn(resourceKey(waking.resource))).map(({ id }) => id)).toEqual(['a']);
      expect(await store.parked(9)).toHaveLength(1);
      expect(await store.parked(0)).toEqual([]);
    });

    it('is parked no more after the next commit', async () => {
      await store.commit(commit(waking));
      await store.park('a', 'of another version');
      await store.commit(commit({ ...waking, revision: 2, wake: { at: start, revision: 2 } }));
      expect(await store.parked(9)).toEqual([]);
      expect((await store.list(['held'], 9))[0]).not.toHaveProperty('parked');
      expect(await store.due(start + minute, 9)).toHaveLength(1);
    });

    it('was open: what is not there, or has ended, is not parked', async () => {
      await store.park('nobody', 'of another version');
      await store.commit(commit(waking));
      await store.commit(commit(incident('a', 2, 'closed')));
      await store.park('a', 'of another version');
      expect(await store.parked(9)).toEqual([]);
      expect(await store.read('nobody')).toBeUndefined();
    });
  });

  describe('a sighting', () => {
    const group = groupScope({ ...instance('web'), kind: 'auto-scaling-group' });
    const sees = (id: string, after: number, scopes: readonly Scope[] = [group]): Commit =>
      commit({ ...incident(id, 1), openedAt: start + after }, { sightings: scopes });
    const seen = async (scope: Scope, since = start): Promise<readonly string[]> =>
      (await store.sightings(scope, since)).map(({ resource }) => resource.split('i-of-')[1] ?? '');

    it('tells of each scope that a resource fell sick in, what and when', async () => {
      await store.commit(sees('a', minute, [group, 'zone/1/a']));
      const sighting = { resource: resourceKey(instance('i-of-a')), at: start + minute };
      expect(await store.sightings(group, start)).toEqual([sighting]);
      expect(await store.sightings('zone/1/a', start)).toEqual([sighting]);
      expect(await store.sightings('zone/1/b', start)).toEqual([]);
      expect(await store.sightings('zone/1', start)).toEqual([]);
    });

    it('comes latest first, whatever the order in which they were written', async () => {
      for (const [id, after] of [
        ['b', 2],
        ['c', 3],
        ['a', 1],
      ] as const)
        await store.commit(sees(id, after * minute));
      expect(await seen(group)).toEqual(['c', 'b', 'a']);
    });

    it('is told from the asked time on', async () => {
      await store.commit(sees('a', 0));
      await store.commit(sees('b', 1));
      expect(await seen(group, 0)).toEqual(['b', 'a']);
      expect(await seen(group, start)).toEqual(['b', 'a']);
      expect(await seen(group, start + 1)).toEqual(['b']);
      expect(await seen(group, start + 2)).toEqual([]);
    });

    it('stays after its incident has ended, and counts anew when its resource falls sick again', async () => {
      await store.commit(sees('a', 0));
      await store.commit(commit(incident('a', 2, 'resolved')));
      const again = { ...incident('b', 1), resource: instance('i-of-a'), openedAt: start + minute };
      await store.commit(commit(again, { sightings: [group] }));
      expect(await seen(group)).toEqual(['a', 'a']);
    });

    it(`is one of the latest ${sightingsAtMost}, where there are more`, async () => {
      const ids = Array.from({ length: sightingsAtMost + 5 }, (_, index) => `${index}`);
      for (const id of ids) await store.commit(sees(id, Number(id)));
      expect(await seen(group)).toEqual(ids.toReversed().slice(0, sightingsAtMost));
    });

    it('of a commit that is lost was never there', async () => {
      await store.commit(sees('a', 0, []));
      expect(await kindOf(commit({ ...incident('b', 1), resource: instance('i-of-a') }, { sightings: [group] }))).toBe(
        'lost',
      );
      expect(await seen(group, 0)).toEqual([]);
    });
  });

  describe('the last incident on a sickness', () => {
    const ended = start + 5 * minute;
    const lived = { rung: 1, starts: 2, traceless: 1, spent: 3, lastStartAt: start + minute };
    const of = (id: string, revision: number, state: State = 'confirming', resource = instance('i-0abc')): Incident => {
      const it = incident(id, revision, state);
      return { ...it, resource, memory: { ...it.memory, ...lived, gaveUp: 'nothing is left' } };
    };
    const live = async (id: string, at = ended, state: State = 'resolved'): Promise<void> => {
      await store.commit(commit(of(id, 1)));
      await store.commit(commit(of(id, 2, state), { entries: [entry('end', at)] }));
    };
    const sickness = sicknessKey(of('a', 1));

    it('is unknown before the first', async () => {
      expect(await store.lastOn(sickness)).toBeUndefined();
    });

    it('is unknown while one is open, the first or a later one', async () => {
      await store.commit(commit(of('a', 1)));
      expect(await store.lastOn(sickness)).toBeUndefined();
      await store.commit(commit(of('a', 2, 'resolved')));
      await store.commit(commit(of('b', 1)));
      expect(await store.lastOn(sickness)).toBeUndefined();
    });

    it.each(['resolved', 'recovered', 'observed', 'closed'] as const)(
      'is known once it is %s: when that was, under which rule, and what was tried',
      async (state) => {
        await live('a', ended, state);
        const rule = of('a', 2).rule.name;
        expect(await store.lastOn(sickness)).toEqual({ id: 'a', state, rule, memory: lived, endedAt: ended });
      },
    );

    it('is the one that ended last', async () => {
      await live('a');
      await live('b', ended + minute);
      expect(await store.lastOn(sickness)).toMatchObject({ id: 'b', endedAt: ended + minute });
    });

    it('is of this sickness: neither of another condition nor of another resource', async () => {
      await live('a');
      const { resource, condition } = of('a', 1);
      expect(await store.lastOn(sicknessKey({ resource, condition: 'ec2-host-impaired' }))).toBeUndefined();
      expect(await store.lastOn(sicknessKey({ resource: instance('i-0ab'), condition }))).toBeUndefined();
    });

    it('is found for a resource whose id is an ARN', async () => {
      const id = 'arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/0123456789abcdef';
      const resource: Resource = { ...instance(id), kind: 'target-group' };
      await store.commit(commit(of('a', 1, 'confirming', resource)));
      await store.commit(commit(of('a', 2, 'resolved', resource)));
      expect(await store.lastOn(sicknessKey(of('a', 2, 'resolved', resource)))).toMatchObject({ id: 'a' });
    });

    it('is known a day later', async () => {
      await live('a');
      const later = ended + 24 * 60 * minute;
      await store.commit(commit(incident('b', 1)));
      await store.commit(commit(incident('b', 2, 'resolved'), { entries: [entry('end', later)] }));
      expect(await store.lastOn(sickness)).toMatchObject({ id: 'a' });
    });
  });

  describe('a hold', () => {
    const hold = (of: Held, reason = 'a release'): Hold => ({ of, by: 'oncall', reason, at: start });
    const kinds: readonly Held[] = ['everything', { rule: 'web-tier' }, { remediation: 'reboot-instance' }];

    it('is on from when it is set until it is ended, beside the others', async () => {
      expect(await store.holds()).toEqual([]);
      for (const of of kinds) await store.setHold(hold(of));
      expect(await store.holds()).toHaveLength(3);
      expect(await store.holds()).toEqual(expect.arrayContaining(kinds.map((of) => hold(of))));
      expect(await store.endHold({ rule: 'web-tier' })).toEqual(hold({ rule: 'web-tier' }));
      expect(await store.holds()).toHaveLength(2);
      expect(await store.holds()).not.toContainEqual(hold({ rule: 'web-tier' }));
    });

    it.each(kinds)('on %j takes the place of what was set for the same', async (of) => {
      await store.setHold(hold(of));
      await store.setHold(hold(of, 'another'));
      expect(await store.holds()).toEqual([hold(of, 'another')]);
      expect(await store.endHold(of)).toEqual(hold(of, 'another'));
      expect(await store.holds()).toEqual([]);
    });

    it.each(kinds)('on %j that is not on is ended without harm', async (of) => {
      const others = kinds.filter((kind) => kind !== of).map((kind) => hold(kind));
      for (const other of others) await store.setHold(other);
      expect(await store.endHold(of)).toBeUndefined();
      expect(await store.holds()).toHaveLength(2);
    });

    it('of a rule is not that of a remediation with the same name, nor of one with a longer name', async () => {
      await store.setHold(hold({ rule: 'web' }));
      expect(await store.endHold({ remediation: 'web' })).toBeUndefined();
      expect(await store.endHold({ rule: 'web/2' })).toBeUndefined();
      expect(await store.holds()).toEqual([hold({ rule: 'web' })]);
    });

    it('keeps any name and any words as they are', async () => {
      const odd = { of: { rule: 'größe/☃ everything' }, by: 'alice@example.com', reason: '"quoted" \\ {}', at: 0 };
      await store.setHold(odd);
      expect(await store.holds()).toEqual([odd]);
    });

    it('stays on whatever incidents do', async () => {
      await store.setHold(hold('everything'));
      await store.commit(commit(incident('a', 1, 'starting'), { claim: claim('i-1') }));
      await store.commit(commit(incident('a', 2, 'resolved'), { entries: [entry('end', start + 60 * minute)] }));
      expect(await store.holds()).toEqual([hold('everything')]);
    });
  });
}
