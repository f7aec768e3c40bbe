import type { Check, Start } from '../../remediations/remediation';
import { advance } from '../../runtime/advance';
import type { Incident } from '../../statemachines/incident';
import type { IncidentEvent } from '../../statemachines/incident-event';
import type { Rule } from '../../statemachines/rule';
import { UnknownMachineError } from '../../statemachines/step';
import { anIncident } from '../statemachines/incident';
import { aRemediation, minute, scene, second, type Scene } from './world';

const rule: Partial<Rule> = { ladder: [{ remediation: 'reboot-instance', approval: 'notRequired', parameters: {} }] };

async function open(it: Scene, incident: Incident = anIncident(rule), signal = 's'): Promise<Incident> {
  const opened: IncidentEvent = { type: 'incident.opened', at: it.now, detail: 'alarm' };
  const result = await advance({ ...incident, openedAt: it.now }, opened, [signal], it.world);
  if (result.kind === 'lost') throw new Error('The opening was lost.');
  return result.incident;
}

async function stored(it: Scene, id = 'inc-1'): Promise<Incident> {
  const incident = await it.world.store.read(id);
  if (!incident) throw new Error(`There is no ${id}.`);
  return incident;
}

class Died extends Error {}

/** A start that dies with its process: before the call, or after it. */
function dying(it: () => Scene, when: 'before' | 'after') {
  return aRemediation({
    start: async (_plan, aws): Promise<Start> => {
      if (when === 'after') await aws.ec2.rebootInstances({ InstanceIds: ['i-0abc'] });
      // Whatever the process would still have done is not done.
      it().beforeCommit = () => {
        throw new Died();
      };
      return { kind: 'started', handle: 'h-1' };
    },
    check: async (): Promise<Check> =>
      it().log.includes('rebootInstances')
        ? { kind: 'done', detail: 'it has booted' }
        : { kind: 'notStarted', detail: 'no trace' },
  });
}

const count = (it: Scene, what: string): number => it.log.filter((line) => line === what).length;

describe('the order', () => {
  it('is: look, commit, arm, touch, commit, arm', async () => {
    const it = scene();
    await open(it);
    expect(it.log).toEqual([
      'plan',
      'commit 1 starting',
      'arm 1 +120s',
      'start',
      'rebootInstances',
      'commit 2 checking',
      'arm 2 +30s',
    ]);
  });

  it('is: commit, arm, tell for people too', async () => {
    const it = scene();
    await open(it, anIncident({ ladder: [] }));
    expect(it.log).toEqual([
      'commit 1 escalating',
      'arm 1 +120s',
      'notify escalated oncall',
      'commit 2 escalated',
      'arm 2 +900s',
    ]);
  });

  it('writes the claim with the intent to start, before anything is touched', async () => {
    expect.assertions(1);
    const it = scene();
    it.world.remediations.get('reboot-instance')!.start = async () => {
      const resource = '111122223333/eu-central-1/ec2-instance/i-0abc';
      const scopes = ['rule/web-tier', 'account/111122223333', 'region/111122223333/eu-central-1'];
      expect(await it.store.holdings('other', [resource], 0)).toEqual({
        heldByOthers: [{ resource, incident: 'inc-1' }],
        starts: [{ incident: 'inc-1', at: 0, scopes, touching: true }],
      });
      return { kind: 'started' };
    };
    await open(it);
  });
});

describe('a worker that was paused', () => {
  it.each([
    [119, ['rebootInstances']],
    [120, []],
  ])('for %i s before its write sends %j: its lease is two minutes', async (pause, sent) => {
    const it = scene({
      remediations: [
        aRemediation({
          start: async (_plan, aws): Promise<Start> => {
            it.now += pause * second;
            await aws.ec2.rebootInstances({ InstanceIds: ['i-0abc'] });
            return { kind: 'started' };
          },
        }),
      ],
    });
    await open(it);
    expect(it.log.filter((line) => line === 'rebootInstances')).toEqual(sent);
  });
});

describe('a crash', () => {
  it('before the intent is committed has touched nothing, and the signal is not seen', async () => {
    const it = scene();
    it.beforeCommit = () => {
      throw new Died();
    };
    await expect(open(it)).rejects.toThrow(Died);
    expect(it.log).toEqual(['plan']);
    expect(await it.store.isSeen('s')).toBe(false);
    expect(await it.store.read('inc-1')).toBeUndefined();
  });

  it('after the intent and before the start leads to checks, and never to a second start', async () => {
    const it: Scene = scene({ remediations: [dying(() => it, 'before')] });
    await expect(open(it)).rejects.toThrow(Died);
    it.beforeCommit = () => undefined;
    expect((await stored(it)).state).toBe('starting');
    expect(it.armed.get('inc-1')).toEqual({ at: 2 * minute, revision: 1 });

    await it.wakes();
    expect((await stored(it)).state).toBe('checking');
    await it.wakes();
    expect(it.log.at(-3)).toBe('check');
    // No trace is believed when it was seen twice; then the ladder is at its end, and people are called.
    await it.wakes();
    expect((await stored(it)).state).toBe('escalated');
    expect(count(it, 'start')).toBe(1);
    expect(count(it, 'check')).toBe(2);
    expect(count(it, 'rebootInstances')).toBe(0);
  });

  it('after the start and before its result is committed finds it done: one write', async () => {
    const it: Scene = scene({ remediations: [dying(() => it, 'after')] });
    await expect(open(it)).rejects.toThrow(Died);
    it.beforeCommit = () => undefined;
    it.health = { kind: 'healthy', detail: 'well' };
    await it.wakes();
    await it.wakes();
    expect((await stored(it)).state).toBe('settling');
    await it.wakes();
    expect(it.ended.map(({ state }) => state)).toEqual(['resolved']);
    expect(count(it, 'rebootInstances')).toBe(1);
    expect(count(it, 'start')).toBe(1);
  });

  it('after people were told and before that is committed tells them again, rather than not at all', async () => {
    const it = scene();
    let commits = 0;
    it.beforeCommit = () => {
      commits += 1;
      if (commits === 2) throw new Died();
    };
    await expect(open(it, anIncident({ ladder: [] }))).rejects.toThrow(Died);
    await it.wakes();
    expect(count(it, 'notify escalated oncall')).toBe(2);
    expect((await stored(it)).state).toBe('escalated');
  });
});

describe('when another worker was faster', () => {
  it('with the intent, nothing is started', async () => {
    const it = scene();
    it.beforeCommit = async (commit) => {
      it.beforeCommit = () => undefined;
      await it.store.commit({ ...commit, signals: [], incident: { ...commit.incident, state: 'waiting' } });
    };
    const result = await advance(anIncident(rule), { type: 'incident.opened', at: 0, detail: '' }, ['s'], it.world);
    expect(result).toEqual({ kind: 'lost' });
    expect(it.log).toEqual(['plan', 'lost 1 starting']);
    expect(it.armed.size).toBe(0);
  });

  it('while it was started, the result is told to the incident as it is now', async () => {
    const it: Scene = scene({
      remediations: [
        aRemediation({
          start: async () => {
            // The alarm repeats itself meanwhile, and another worker takes account of it.
            const repeated: IncidentEvent = { type: 'signal.repeated', at: 0, detail: 'again' };
            await advance(await stored(it), repeated, ['s-2'], it.world);
            return { kind: 'started', handle: 'h-1' };
          },
        }),
      ],
    });
    const incident = await open(it);
    expect(incident).toMatchObject({ state: 'checking', revision: 3, memory: { handle: 'h-1', starts: 1 } });
    expect(await stored(it)).toEqual(incident);
    expect(it.commits()).toEqual(['commit 1 starting', 'commit 2 starting', 'commit 3 checking']);
    expect((await it.store.history('inc-1')).map(({ event }) => event.type)).toEqual([
      'incident.opened',
      'symptom.present',
      'plan.made',
      'admission.granted',
      'signal.repeated',
      'start.succeeded',
    ]);
  });

  it('and the incident no longer waits for that start, the result is dropped: a zombie changes nothing', async () => {
    const it: Scene = scene({
      remediations: [
        aRemediation({
          start: async () => {
            const { wake } = await stored(it);
            it.now = 2 * minute;
            await advance(
              await stored(it),
              { type: 'timer.fired', at: it.now, revision: wake?.revision ?? -1 },
              [],
              it.world,
            );
            return { kind: 'started', handle: 'h-1' };
          },
        }),
      ],
    });
    const incident = await open(it);
    expect(incident).toMatchObject({ state: 'checking', revision: 2, memory: { handle: null } });
  });

  it('and the incident is at its next start, the result of the first is not taken for that of the second', async () => {
    let secondIsAtIt: () => void = () => undefined;
    let letSecondGo: () => void = () => undefined;
    const atIt = new Promise<void>((resolve) => (secondIsAtIt = resolve));
    const go = new Promise<void>((resolve) => (letSecondGo = resolve));
    let others: Promise<void> | undefined;
    const it: Scene = scene({
      remediations: [
        aRemediation({
          start: async () => {
            others = it.wakes().then(() => it.wakes());
            await atIt;
            return { kind: 'refused', reason: 'the first has woken up, long after its lease' };
          },
          check: async () => ({ kind: 'failed', detail: 'it came to nothing' }),
        }),
        aRemediation({
          name: 'replace-instance',
          start: async () => {
            secondIsAtIt();
            await go;
            return { kind: 'started', handle: 'h-2' };
          },
        }),
      ],
    });
    expect(await open(it, anIncident())).toMatchObject({ state: 'starting', memory: { rung: 1 } });
    letSecondGo();
    await others;
    expect(await stored(it)).toMatchObject({ state: 'checking', memory: { rung: 1, handle: 'h-2' } });
  });
});

describe('what is claimed between the look and the commit', () => {
  it('is waited for with the reason, and started when it is free', async () => {
    const it = scene();
    const other = { ...anIncident(rule), id: 'inc-other', resource: { ...anIncident().resource, id: 'i-other' } };
    const claim = { resources: ['x'], at: 0, scopes: ['rule/web-tier'], quotas: [] };
    it.beforeCommit = async () => {
      it.beforeCommit = () => undefined;
      const taking = { ...other, revision: 1, state: 'starting' } as const;
      await it.store.commit({ incident: taking, entries: [], signals: [], watches: [], sightings: [], claim });
    };
    const incident = await open(it);
    expect(incident).toMatchObject({ state: 'held', wake: { at: minute } });
    expect(it.log).toEqual(['plan', 'claimRefused 1 starting', 'commit 1 held', 'arm 1 +60s']);
    expect((await it.store.history('inc-1')).at(-1)).toMatchObject({
      event: {
        type: 'admission.refused',
        refusals: [{ guard: 'lock', reason: 'another incident took the last leave to touch it a moment ago' }],
      },
      from: 'admitting',
      to: 'held',
    });

    // Leave that was not had is not told.
    expect((await it.store.history('inc-1')).map(({ event }) => event.type)).not.toContain('admission.granted');

    await it.wakes();
    expect((await stored(it)).state).toBe('held');
    await it.store.commit({
      incident: { ...other, revision: 2, state: 'closed' },
      entries: [],
      signals: [],
      watches: [],
      sightings: [],
    });
    await it.wakes();
    expect((await stored(it)).state).toBe('checking');
    expect(count(it, 'rebootInstances')).toBe(1);
  });
});

describe('a timer', () => {
  it.each([
    ['late', 1],
    ['from the future', 9],
  ])('that is %s changes nothing and calls nothing', async (_how, revision) => {
    const it = scene();
    await open(it);
    const before = await stored(it);
    it.log.length = 0;
    await it.incidents.wake('inc-1', revision);
    expect(it.log).toEqual([]);
    expect(await stored(it)).toEqual(before);
  });

  it('that comes after the end, or for an incident that never was, changes nothing', async () => {
    const it = scene();
    await open(it);
    await it.incidents.act('inc-1', { type: 'incident.closed', by: 'someone' });
    it.log.length = 0;
    await it.incidents.wake('inc-1', 2);
    await it.incidents.wake('inc-never', 1);
    expect(it.log).toEqual([]);
  });

  it('is armed again after it is spent, though the instant is the same', async () => {
    const it = scene();
    await open(it, anIncident({ ...rule, waitSeconds: 60 }));
    const wake = (await stored(it)).wake!;
    // It comes a second early: the wait is for the same instant as before.
    it.now = 59 * second;
    it.armed.clear();
    it.log.length = 0;
    await it.incidents.wake('inc-1', wake.revision);
    expect(it.log).toEqual(['arm 1 +1s']);
    expect((await stored(it)).state).toBe('waiting');
  });

  it('is disarmed at the end, unless it is the one that ended it', async () => {
    const it = scene();
    await open(it, anIncident({ ...rule, waitSeconds: 60 }));
    await it.incidents.act('inc-1', { type: 'incident.closed', by: 'someone' });
    expect(it.log.at(-1)).toBe('disarm');
    expect(it.armed.size).toBe(0);

    const other = scene();
    await open(other, anIncident({ ladder: [], escalate: [{ contact: 'oncall', afterSeconds: 0 }] }));
    await other.wakes();
    expect(other.log.slice(-1)).toEqual(['commit 3 closed']);
  });
});

describe('the price', () => {
  it('of an incident that a reboot heals is five commits, however often was looked in between', async () => {
    let checks = 0;
    const it = scene({
      remediations: [
        aRemediation({
          check: async () => {
            checks += 1;
            return checks < 6 ? { kind: 'pending', detail: 'it boots' } : { kind: 'done', detail: 'it has booted' };
          },
        }),
      ],
    });
    await open(it);
    for (let polls = 0; polls < 6; polls += 1) await it.wakes();
    for (let polls = 0; polls < 6; polls += 1) await it.wakes();
    const verifying = await stored(it);
    expect(verifying.state).toBe('verifying');
    it.health = { kind: 'healthy', detail: 'well' };
    // The alarm is back to OK.
    await advance(verifying, { type: 'signal.recovered', at: it.now, detail: 'OK' }, ['ok'], it.world);
    await it.wakes();
    expect(it.ended.map(({ state }) => state)).toEqual(['resolved']);
    expect(it.commits()).toEqual([
      'commit 1 starting',
      'commit 2 checking',
      'commit 3 verifying',
      'commit 4 settling',
      'commit 5 resolved',
    ]);
  });

  it('of a look that finds nothing new is none', async () => {
    const it = scene({
      remediations: [aRemediation({ check: async () => ({ kind: 'pending', detail: 'it boots' }) })],
    });
    await open(it);
    it.log.length = 0;
    await it.wakes();
    expect(it.log).toEqual(['check', 'arm 2 +30s']);
  });
});

describe('an incident of another machine', () => {
  it('is left untouched, and whoever advances it is told', async () => {
    const it = scene();
    await open(it);
    const { id, revision } = await stored(it);
    const strange: Incident = {
      ...anIncident(rule),
      id,
      revision: revision + 1,
      machine: { name: 'incident', version: 99 },
    };
    await it.store.commit({ incident: strange, entries: [], signals: [], watches: [], sightings: [] });
    it.log.length = 0;
    const closing: IncidentEvent = { type: 'incident.closed', at: 0, by: 'someone' };
    await expect(advance(strange, closing, ['s-3'], it.world)).rejects.toThrow(UnknownMachineError);
    await expect(it.incidents.act(id, { type: 'incident.closed', by: 'someone' })).rejects.toThrow(
      'Run the release that opened it: no other may touch it.',
    );
    expect(it.log).toEqual([]);
    expect(await stored(it)).toBe(strange);
    expect(await it.store.isSeen('s-3')).toBe(false);
  });
});

describe('two incidents of a rule that heals one at a time', () => {
  it('start one after the other, though both were opened at once', async () => {
    const it = scene();
    const one = { ...anIncident(rule), id: 'inc-1' };
    const two = { ...anIncident(rule), id: 'inc-2', resource: { ...one.resource, id: 'i-0def' } };
    await Promise.all([open(it, one, 's-1'), open(it, two, 's-2')]);
    expect([(await stored(it, 'inc-1')).state, (await stored(it, 'inc-2')).state].toSorted()).toEqual([
      'checking',
      'held',
    ]);
    expect(count(it, 'rebootInstances')).toBe(1);
  });
});
