import { advance } from '../../../runtime/advance';
import { SnapshotTooLargeError } from '../../../runtime/store/incident-store';
import { deadlineIn } from '../../../runtime/lambda/deadline';
import { sweepUp, type Sweeper } from '../../../runtime/lambda/sweep';
import { anIncident } from '../../statemachines/incident';
import { aRemediation, minute, scene, second, type Scene } from '../world';
import { listening } from './lines';

function sweeper(it: Scene, stuckFor = 'none') {
  const { telemetry, counted, logged } = listening();
  let flushes = 0;
  let told = 0;
  let watched = 0;
  const woken: string[] = [];
  const incidents: Scene['incidents'] = {
    ...it.incidents,
    wake: async (incident, revision) => {
      woken.push(incident);
      if (incident === stuckFor) return new Promise(() => undefined);
      await it.incidents.wake(incident, revision);
    },
  };
  const sweep = (remaining = (): number => 50 * second, others: Partial<Sweeper> = {}): Promise<void> =>
    sweepUp(
      {
        incidents,
        store: it.world.store,
        clock: it.world.clock,
        telemetry,
        sendDigests: async () => void (told += 1),
        watchContacts: async () => void (watched += 1),
        flush: async () => void (flushes += 1),
        deadlineIn,
        ...others,
      },
      remaining,
    );
  return { sweep, counted, logged, woken, flushes: () => flushes, told: () => told, watched: () => watched };
}

/** One incident that waits two minutes for AWS, and whose timer never comes. */
async function waiting(id = 'inc-1', it: Scene = scene()): Promise<Scene> {
  const incident = { ...anIncident({ waitSeconds: 120 }), id };
  await advance(
    { ...incident, resource: { ...incident.resource, id: `i-${id}` } },
    { type: 'incident.opened', at: it.now, detail: 'alarm' },
    [`s-${id}`],
    it.world,
  );
  return it;
}

/** One that is looked at each half minute and has nothing new to tell. */
async function checking(): Promise<Scene> {
  const pending = aRemediation({
    patience: { checkEvery: 30, giveUpAfter: 3_600 },
    check: async () => ({ kind: 'pending', detail: 'it boots' }),
  });
  const it = scene({ remediations: [pending] });
  await advance(anIncident({}), { type: 'incident.opened', at: 0, detail: 'alarm' }, ['s'], it.world);
  return it;
}

describe('the sweeper', () => {
  it('says that it has swept, with nothing to do too', async () => {
    const { sweep, counted, flushes } = sweeper(scene());
    await sweep();
    expect(counted()).toEqual({ LostTimers: 0, StuckIncidents: 0, ParkedIncidents: 0, SweeperHeartbeat: 1 });
    expect(flushes()).toBe(1);
  });

  it('looks whether the contacts are reached once in five minutes', async () => {
    const it = scene();
    const { sweep, watched, told } = sweeper(it);
    for (let at = 0; at < 10; at += 1) {
      it.now = at * minute + 17 * second;
      await sweep();
    }
    expect([watched(), told()]).toEqual([2, 10]);
  });

  it('leaves a wake-up alone that may still come', async () => {
    const it = await waiting();
    it.now = 3 * minute;
    const { sweep, woken } = sweeper(it);
    await sweep();
    expect(woken).toEqual([]);
  });

  it('wakes an incident whose wake-up was lost', async () => {
    const it = await waiting();
    it.now = 3 * minute + 1;
    const { sweep, woken, counted } = sweeper(it);
    await sweep();
    expect(woken).toEqual(['inc-1']);
    expect(counted()).toMatchObject({ LostTimers: 1, StuckIncidents: 0 });
    expect((await it.store.read('inc-1'))?.state).not.toBe('waiting');
  });

  it('tells of an incident that nobody could advance for a quarter of an hour', async () => {
    const it = await waiting();
    it.now = 17 * minute + 1;
    const { sweep, counted } = sweeper(it);
    await sweep();
    expect(counted()).toMatchObject({ LostTimers: 1, StuckIncidents: 1 });
  });

  it('does not take for lost what is looked at each half minute without anything new', async () => {
    const it = await checking();
    const { sweep, woken, counted } = sweeper(it);
    for (it.now = 90 * second; it.now < 5 * minute; it.now += minute) await sweep();
    expect(woken).toEqual([]);
    expect(counted()).toMatchObject({ LostTimers: 0, StuckIncidents: 0 });
  });

  it('looks at it too once in five minutes, in case those looks have ceased', async () => {
    const it = await checking();
    const first = (await it.store.read('inc-1'))!.wake!.at;
    const { sweep, woken, counted } = sweeper(it);
    for (let passed = 30 * second; passed < 11 * minute; passed += minute) {
      it.now = first + passed;
      await sweep();
    }
    expect(woken).toEqual(['inc-1', 'inc-1']);
    expect(counted()).toMatchObject({ LostTimers: 0, StuckIncidents: 0 });
  });

  it('is not kept by one that cannot be woken from waking the others', async () => {
    const it = await waiting('inc-1');
    await waiting('inc-2', it);
    it.now = 4 * minute;
    it.beforeCommit = ({ incident }) => {
      if (incident.id === 'inc-1') throw new Error('the table is away');
    };
    const { sweep, logged } = sweeper(it);
    await sweep();
    expect((await it.store.read('inc-2'))?.state).not.toBe('waiting');
    expect(logged()).toContainEqual(expect.objectContaining({ level: 'error', incident: 'inc-1' }));
  });

  it('does not wait past its time for one that AWS leaves without an answer', async () => {
    const it = await waiting('inc-1');
    await waiting('inc-2', it);
    it.now = 4 * minute;
    const { sweep, counted, flushes } = sweeper(it, 'inc-1');
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    const swept = sweep();
    await jest.advanceTimersByTimeAsync(42 * second);
    await swept;
    jest.useRealTimers();
    expect((await it.store.read('inc-2'))?.state).not.toBe('waiting');
    expect(counted()).toMatchObject({ LostTimers: 2, SweeperHeartbeat: 1 });
    expect(flushes()).toBe(1);
  });

  it('begins nothing more when its time is short', async () => {
    const it = await waiting();
    it.now = 4 * minute;
    const { sweep, woken, counted } = sweeper(it);
    await sweep(() => 5 * second);
    expect(woken).toEqual([]);
    expect(counted()).toMatchObject({ SweeperHeartbeat: 1 });
  });
});

describe('a message for many', () => {
  it('is sent by each sweep', async () => {
    const { sweep, told } = sweeper(scene());
    await sweep();
    await sweep();
    expect(told()).toBe(2);
  });

  it('is sent although the incidents cannot be read, before the sweep fails', async () => {
    const it = scene();
    let isTold = false;
    const { sweep, counted } = sweeper(it);
    const store: Sweeper['store'] = {
      read: (id) => it.store.read(id),
      parked: (atMost) => it.store.parked(atMost),
      due: async () => {
        throw new Error('the table is away');
      },
    };
    const sendDigests = async (): Promise<void> => {
      await new Promise(setImmediate);
      isTold = true;
    };
    await expect(sweep(undefined, { store, sendDigests })).rejects.toThrow('the table is away');
    expect(isTold).toBe(true);
    expect(counted()).toEqual({});
  });

  it('that AWS leaves without an answer does not keep the sweeper past its time', async () => {
    const it = await waiting();
    it.now = 4 * minute;
    const { sweep, woken, counted } = sweeper(it);
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    const swept = sweep(undefined, { sendDigests: () => new Promise(() => undefined) });
    await jest.advanceTimersByTimeAsync(42 * second);
    await swept;
    jest.useRealTimers();
    expect(woken).toEqual(['inc-1']);
    expect(counted()).toMatchObject({ SweeperHeartbeat: 1 });
  });

  it('is not begun when the time is short', async () => {
    const { sweep, told } = sweeper(scene());
    await sweep(() => 5 * second);
    expect(told()).toBe(0);
  });
});

describe('a parked incident', () => {
  it('goes on once this program knows it', async () => {
    const it = await waiting();
    await it.store.park('inc-1', 'of another version');
    it.now = 4 * minute;
    const { sweep, woken, counted } = sweeper(it);
    await sweep();
    expect(woken).toEqual(['inc-1']);
    expect(counted()).toMatchObject({ ParkedIncidents: 0 });
    expect(await it.store.parked(10)).toEqual([]);
  });

  it('that cannot go on although this program knows it is counted', async () => {
    const it = await waiting();
    await it.store.park('inc-1', 'its memory is too large');
    it.now = 4 * minute;
    it.beforeCommit = () => {
      throw new SnapshotTooLargeError('its memory is too large');
    };
    const { sweep, counted } = sweeper(it);
    await sweep();
    expect(counted()).toMatchObject({ ParkedIncidents: 1 });
  });

  it('that another version wrote is counted and left alone', async () => {
    const it = scene();
    const theirs = { ...anIncident({}), machine: { name: 'incident', version: 99 }, revision: 1 };
    await it.store.commit({ incident: theirs, entries: [], signals: [], watches: [], sightings: [] });
    await it.store.park('inc-1', 'of another version');
    const { sweep, woken, counted } = sweeper(it);
    await sweep();
    expect(woken).toEqual([]);
    expect(counted()).toMatchObject({ ParkedIncidents: 1 });
  });
});
