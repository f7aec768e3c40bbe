import { takeEvent } from '../../runtime/intake';
import { SnapshotTooLargeError, UnreadableIncidentError } from '../../runtime/store/incident-store';
import { heard } from '../../runtime/store/heard-store';
import { incidentsIn } from '../../runtime/incidents';
import type { Incident } from '../../statemachines/incident';
import { sampleEvent } from '../signals/event-files';
import { anIncident } from '../statemachines/incident';
import { scene, type Scene } from './world';

const alarm = sampleEvent('cloudwatch/instance-status-alarm');
const backToOk = sampleEvent('cloudwatch/instance-status-ok');
const resource = {
  kind: 'ec2-instance',
  id: 'i-0a1b2c3d4e5f60718',
  account: '111122223333',
  region: 'eu-west-1',
} as const;

/** An incident that a later release has written, among the others of this one. */
async function among(overrides: Partial<Incident> = {}): Promise<Scene> {
  const it = scene();
  it.now = Date.parse(alarm.time as string);
  const incident = {
    ...anIncident({}),
    resource,
    condition: 'ec2-instance-impaired',
    machine: { name: 'incident', version: 99 },
    revision: 1,
    ...overrides,
  };
  await it.store.commit({ incident, entries: [], signals: [], watches: [], sightings: [] });
  return it;
}

const told = (it: Scene): string[] => it.log.filter((line) => line.startsWith('notify'));

describe('an incident of another release', () => {
  it('is set aside, and the first tier of its rule is told, once', async () => {
    const it = await among();
    const [decision] = await takeEvent(alarm, it.world);
    expect(decision).toMatchObject({ decision: 'refused', incident: 'inc-1' });
    expect(decision?.reason).toContain('of machine incident 99; this program has incident 2');
    expect(told(it)).toEqual(['notify parked inc-1 oncall']);
    expect(await it.store.parked(10)).toMatchObject([{ id: 'inc-1' }]);
    await takeEvent({ ...alarm, id: 'another-1' }, it.world);
    await it.incidents.wake('inc-1', 1);
    expect(told(it)).toHaveLength(1);
    expect(it.commits()).toEqual([]);
  });

  it('is set aside by its wake-up, which does not come back', async () => {
    const it = await among({ wake: { at: 0, revision: 1 } });
    await it.incidents.wake('inc-1', 1);
    expect(told(it)).toEqual(['notify parked inc-1 oncall']);
    expect(await it.store.due(it.now, 10)).toEqual([]);
  });

  it('does not keep an event from the other incidents that it concerns', async () => {
    const it = await among();
    const arns = backToOk.resources as string[];
    const mine = { ...anIncident({ waitSeconds: 60 }), id: 'inc-2', resource, condition: 'ec2-host-impaired' };
    await it.store.commit({
      incident: { ...mine, evidence: { alarmArn: arns[0]! }, state: 'waiting', revision: 1 },
      entries: [],
      signals: [],
      watches: [],
      sightings: [],
    });
    it.health = { kind: 'healthy', detail: 'it is well' };
    const [decision] = await takeEvent(backToOk, it.world);
    expect(decision).toMatchObject({ decision: 'recovered', incident: 'inc-2' });
    expect(told(it)).toEqual(['notify parked inc-1 oncall']);
  });

  it('is not set aside as long as nobody could be told of it', async () => {
    const it = await among();
    it.silence = new Error('the topic is gone');
    await expect(takeEvent(alarm, it.world)).rejects.toThrow('the topic is gone');
    expect(await it.store.parked(10)).toEqual([]);
    it.silence = undefined;
    await takeEvent(alarm, it.world);
    expect(await it.store.parked(10)).toMatchObject([{ id: 'inc-1' }]);
  });
});

describe('an incident that cannot be read', () => {
  it('is told of to the first contact of its rule as it is today', async () => {
    const it = await among({ rule: { name: 'web-tier' } as Incident['rule'] });
    await takeEvent(alarm, it.world);
    expect(told(it)).toEqual(['notify parked inc-1 oncall']);
  });

  it('by the store itself is set aside when it is woken', async () => {
    const it = await among();
    const store = {
      ...heard(it.world.store, () => undefined),
      read: async () => {
        throw new UnreadableIncidentError('Incident inc-1 is stored in schema 9.');
      },
    };
    await incidentsIn({ ...it.world, store }).wake('inc-1', 1);
    expect(await it.store.parked(10)).toMatchObject([{ parked: 'Incident inc-1 is stored in schema 9.' }]);
  });
});

it('an incident whose memory has outgrown the store is set aside, for trying again does not help', async () => {
  const it = scene();
  it.now = Date.parse(alarm.time as string);
  await takeEvent(alarm, it.world);
  const [summary] = await it.store.list(['verifying', 'checking', 'settling', 'confirming', 'waiting'], 10);
  it.beforeCommit = () => {
    throw new SnapshotTooLargeError('it takes 2000 bytes');
  };
  const [decision] = await takeEvent({ ...backToOk, id: 'another-1' }, it.world);
  expect(decision?.decision).toBe('refused');
  expect(await it.store.parked(10)).toMatchObject([{ id: summary?.id, parked: 'it takes 2000 bytes' }]);
});
