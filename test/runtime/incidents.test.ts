import { advance } from '../../runtime/advance';
import { UnknownIncidentError } from '../../runtime/incidents';
import { RedeliveryError } from '../../runtime/intake';
import { anIncident } from '../statemachines/incident';
import { scene, type Scene } from './world';

async function opened(rule: Parameters<typeof anIncident>[0]): Promise<Scene> {
  const it = scene();
  await advance(anIncident(rule), { type: 'incident.opened', at: 0, detail: 'alarm' }, ['s'], it.world);
  return it;
}

const by = 'someone';
const state = async (it: Scene): Promise<string | undefined> => (await it.store.read('inc-1'))?.state;

describe('who was called', () => {
  it('acknowledges once, and the next tier is not called', async () => {
    const it = await opened({ ladder: [] });
    expect(await it.incidents.act('inc-1', { type: 'escalation.acknowledged', by })).toBe('done');
    expect(await state(it)).toBe('acknowledged');
    expect(await it.incidents.act('inc-1', { type: 'escalation.acknowledged', by: 'another' })).toBe('tooLate');
    await it.wakes();
    expect(it.log.filter((line) => line.startsWith('notify'))).toEqual(['notify escalated oncall']);
    expect(it.ended.map((ended) => ended.state)).toEqual(['closed']);
  });

  it('closes it, in any state; then there is nothing left to act on', async () => {
    const it = await opened({ waitSeconds: 60 });
    expect(await it.incidents.act('inc-1', { type: 'incident.closed', by })).toBe('done');
    expect(it.ended.map((ended) => ended.state)).toEqual(['closed']);
    expect(it.armed.size).toBe(0);
    await expect(it.incidents.act('inc-1', { type: 'incident.closed', by })).rejects.toThrow(UnknownIncidentError);
  });
});

describe('a wake-up', () => {
  it('that comes before its time wakes nobody, and the right one still does', async () => {
    const it = await opened({ waitSeconds: 60 });
    const before = await it.store.read('inc-1');
    it.now = 50_000;
    await it.incidents.wake('inc-1', before?.wake?.revision ?? 0);
    expect(await it.store.read('inc-1')).toEqual(before);
    it.now = 60_000;
    await it.incidents.wake('inc-1', before?.wake?.revision ?? 0);
    expect(await state(it)).not.toBe('waiting');
  });

  it('at a worker whose clock is a little behind is armed again for the rest', async () => {
    const it = await opened({ waitSeconds: 60 });
    it.now = 57_000;
    await it.incidents.wake('inc-1', 1);
    expect(it.log.at(-1)).toBe('arm 1 +3s');
  });
});

describe('who is asked for approval', () => {
  const hashOf = async (it: Scene): Promise<string> => (await it.store.read('inc-1'))?.memory.planned?.planHash ?? '';

  it('approves the plan as it was shown, and it starts', async () => {
    const it = await opened({ mode: 'approve' });
    expect(it.log).toContain('notify approval oncall');
    expect(it.log).not.toContain('start');
    const planHash = await hashOf(it);
    expect(await it.incidents.act('inc-1', { type: 'approval.granted', by, planHash })).toBe('done');
    expect(await state(it)).toBe('checking');
    expect(it.log.filter((line) => line === 'rebootInstances')).toHaveLength(1);
    expect(
      (await it.store.history('inc-1')).find(({ event }) => event.type === 'approval.granted')?.event,
    ).toMatchObject({
      by,
      planHash,
    });
  });

  it('is too late the second time, and nothing starts twice', async () => {
    const it = await opened({ mode: 'approve' });
    const planHash = await hashOf(it);
    const clicks = await Promise.all([
      it.incidents.act('inc-1', { type: 'approval.granted', by, planHash }),
      it.incidents.act('inc-1', { type: 'approval.granted', by, planHash }),
    ]);
    expect(clicks.toSorted()).toEqual(['done', 'tooLate']);
    expect(await it.incidents.act('inc-1', { type: 'approval.granted', by, planHash })).toBe('tooLate');
    expect(await it.incidents.act('inc-1', { type: 'approval.denied', by })).toBe('tooLate');
    expect(it.log.filter((line) => line === 'rebootInstances')).toHaveLength(1);
  });

  it('cannot approve another plan than the one that stands', async () => {
    const it = await opened({ mode: 'approve' });
    const act = { type: 'approval.granted', by, planHash: 'of-another-plan' } as const;
    expect(await it.incidents.act('inc-1', act)).toBe('tooLate');
    expect(await state(it)).toBe('awaitingApproval');
    expect(it.log).not.toContain('start');
  });

  it('denies it, and people take over', async () => {
    const it = await opened({ mode: 'approve' });
    expect(await it.incidents.act('inc-1', { type: 'approval.denied', by })).toBe('done');
    expect(await state(it)).toBe('escalated');
    expect(it.log).not.toContain('start');
  });

  it('is answered with done though another event overtakes the start that it allowed', async () => {
    const it = await opened({ mode: 'approve' });
    const planHash = await hashOf(it);
    let commits = 0;
    it.beforeCommit = async () => {
      commits += 1;
      const stored = await it.store.read('inc-1');
      if (commits !== 2 || !stored) return;
      const overtaking = { ...stored, revision: stored.revision + 1 };
      await it.store.commit({ incident: overtaking, entries: [], signals: ['s-2'], watches: [], sightings: [] });
    };
    expect(await it.incidents.act('inc-1', { type: 'approval.granted', by, planHash })).toBe('done');
    expect(await state(it)).toBe('checking');
  });
});

describe('an incident that is not open', () => {
  it('cannot be acted on, and its name is told', async () => {
    const it = scene();
    await expect(it.incidents.act('inc-nope', { type: 'incident.closed', by })).rejects.toThrow(
      'There is no open incident inc-nope.',
    );
  });
});

describe('contention', () => {
  it('that does not end is told, and nothing is half done', async () => {
    const it = await opened({ waitSeconds: 60 });
    it.log.length = 0;
    let revision = 1;
    it.beforeCommit = async () => {
      revision += 1;
      const stored = await it.store.read('inc-1');
      if (stored)
        await it.store.commit({
          incident: { ...stored, revision },
          entries: [],
          signals: [],
          watches: [],
          sightings: [],
        });
    };
    await expect(it.incidents.act('inc-1', { type: 'incident.closed', by })).rejects.toThrow(RedeliveryError);
    expect(await state(it)).toBe('waiting');
    expect(it.log).toEqual(Array.from({ length: 5 }, (_, tries) => `lost ${tries + 2} closed`));
  });
});
