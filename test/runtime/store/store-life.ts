import fc from 'fast-check';
import type { Claim, IncidentStore } from '../../../runtime/store/incident-store';
import { resourceKey, type Resource } from '../../../signals/signal';
import { hasEnded, sicknessKey, states, type Incident, type State } from '../../../statemachines/incident';
import type { Quota } from '../../../statemachines/quota';
import { anIncident } from '../../statemachines/incident';

const begin = Date.parse('2026-03-02T10:00:00Z');
const resources = ['i-0', 'i-1', 'i-2'].map((id): Resource => ({
  kind: 'ec2-instance',
  id,
  account: '111122223333',
  region: 'eu-central-1',
}));
const groups = ['g-0', 'g-1'];
const signals = ['s-0', 's-1', 's-2', 's-3', 's-4', 's-5'];
const scopes = ['rule/a', 'rule/b', 'account/1'];
const holdable = ['everything', { rule: 'a' }, { remediation: 'a' }] as const;

const some = <T>(...of: readonly T[]): fc.Arbitrary<T[]> => fc.subarray([...of]);

const quota: fc.Arbitrary<Quota> = fc.record({
  scope: fc.constantFrom(...scopes),
  of: fc.constantFrom('touching' as const, { startedWithinSeconds: 1_800 }),
  atMost: fc.integer({ min: 1, max: 3 }),
});

const claim = fc.record({
  resources: fc.subarray([...resources.map(resourceKey), ...groups], { maxLength: 2 }),
  scopes: some(...scopes),
  quotas: fc.array(quota, { maxLength: 2 }),
});

const written = {
  state: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom<State>('confirming', 'starting', 'checking', 'escalated') },
    { weight: 1, arbitrary: fc.constantFrom(...states) },
  ),
  signals: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.constantFrom(...signals).map((one) => [one]) },
  ),
  watches: some(...groups),
  sightings: some(...scopes),
  claim: fc.option(claim, { freq: 2, nil: undefined }),
  wakeIn: fc.option(fc.integer({ min: 1, max: 600 }), { nil: null }),
};

/** One thing that a worker or a person does to a store, `after` so many seconds. */
export const deed = fc.record({
  after: fc.integer({ min: 1, max: 900 }),
  does: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('open' as const),
        resource: fc.constantFrom(...resources),
        condition: fc.constantFrom('ec2-instance-impaired' as const, 'ec2-system-impaired' as const),
        ...written,
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('advance' as const),
        which: fc.nat(),
        /** Of 0 a revision that is taken, of 2 one that is too early. */
        by: fc.constantFrom(1, 1, 1, 1, 1, 0, 2),
        ...written,
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('park' as const), which: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('hold' as const), of: fc.constantFrom(...holdable) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('endHold' as const), of: fc.constantFrom(...holdable) }) },
  ),
});

type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never;

/** A store with what it was told before. Two that are lived through alike answer alike. */
export class StoreLife {
  #at = begin;
  #opened = 0;
  /** Incidents that are open, as they were last committed. */
  readonly #open = new Map<string, Incident>();

  constructor(private readonly store: IncidentStore) {}

  /** What comes of it. */
  async live({ after, does }: Deed): Promise<unknown> {
    this.#at += after * 1_000;
    switch (does.kind) {
      case 'open': {
        this.#opened += 1;
        const { resource, condition } = does;
        const id = `inc-${this.#opened}`;
        return this.#commit({ ...anIncident(), id, resource, condition, openedAt: this.#at }, 1, does);
      }
      case 'advance': {
        const incident = this.#nth(does.which);
        return incident && this.#commit(incident, incident.revision + does.by, does);
      }
      case 'park':
        return this.store.park(this.#nth(does.which)?.id ?? 'none', `at ${this.#at}`);
      case 'hold':
        return this.store.setHold({ of: does.of, by: 'a person', reason: `at ${this.#at}`, at: this.#at });
      default:
        return this.store.endHold(does.of);
    }
  }

  /** All that the store tells. What may come in any order is sorted. */
  async told(): Promise<object> {
    const { store } = this;
    const keys = [...resources.map(resourceKey), ...groups];
    const open = [...this.#open.keys()];
    const sicknesses = resources.flatMap((resource) =>
      (['ec2-instance-impaired', 'ec2-system-impaired'] as const).map((condition) =>
        sicknessKey({ resource, condition }),
      ),
    );
    const { heldByOthers, starts } = await store.holdings('nobody', keys, this.#at);
    return {
      incidents: await Promise.all(open.map((id) => store.read(id))),
      histories: await Promise.all(open.map((id) => store.history(id))),
      openOn: await Promise.all(keys.map(async (key) => sorted((await store.openOn(key)).map(({ id }) => id)))),
      seen: await Promise.all(signals.map((signal) => store.isSeen(signal))),
      heldByOthers: sorted(heldByOthers),
      starts: sorted(starts.map((start) => ({ ...start, scopes: sorted(start.scopes) }))),
      sightings: await Promise.all(scopes.map(async (scope) => sorted(await store.sightings(scope, begin)))),
      lasts: await Promise.all(sicknesses.map((sickness) => store.lastOn(sickness))),
      due: sorted(await store.due(this.#at, 100)),
      list: await store.list(
        states.filter((state) => !hasEnded({ state })),
        100,
      ),
      parked: sorted(await store.parked(100)),
      holds: sorted(await store.holds()),
    };
  }

  #nth(which: number): Incident | undefined {
    return [...this.#open.values()][which % Math.max(1, this.#open.size)];
  }

  async #commit(
    incident: Incident,
    revision: number,
    does: Extract<Deed['does'], { kind: 'open' | 'advance' }>,
  ): Promise<string> {
    const [at, state]: [number, State] = [this.#at, does.state];
    const wake = does.wakeIn === null ? null : { at: at + does.wakeIn * 1_000, revision };
    const next: Incident = { ...incident, revision, state, wake };
    const event = { type: 'signal.repeated', at, detail: `at ${at}` } as const;
    const { signals: taken, watches, sightings } = does;
    const { kind } = await this.store.commit({
      incident: next,
      entries: [{ at, event, from: incident.state, to: state, calls: [] }],
      signals: taken,
      watches,
      sightings: revision === 1 ? sightings : [],
      ...(does.claim && { claim: { ...does.claim, at } satisfies Claim }),
    });
    if (kind === 'committed') this.#open.set(next.id, next);
    if (kind === 'committed' && hasEnded(next)) this.#open.delete(next.id);
    return kind;
  }
}

function sorted<T>(list: readonly T[]): readonly T[] {
  const named = list.map((one) => [JSON.stringify(one), one] as const);
  return named.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, one]) => one);
}
