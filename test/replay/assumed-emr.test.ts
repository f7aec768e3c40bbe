import { ofEmrCluster, ofEmrStep } from '../../replay/assumed-sickness/emr';
import { ofFileSystem } from '../../replay/assumed-sickness/file-system';
import type { Sick } from '../../replay/assumed-sickness/sickness';
import type { RecordedAlarm } from '../../replay/recorded-alarm';
import type { ResourceKind } from '../../signals/signal';
import { VirtualClock } from '../../simulator/clock';
import { World } from '../../simulator/world';

const account = () =>
  new World(new VirtualClock(Date.parse('2026-03-02T10:00:00Z'))).account('111122223333', 'eu-west-1');

const fs = 'fs-0123456789abcdef0';
const cluster = 'j-1YONHTCP3YZKC';

function signal(kind: ResourceKind, id: string, condition: string, detail = ''): Sick {
  const resource = { kind, id, account: '111122223333', region: 'eu-west-1' };
  const told = { dedupKey: 'd', eventId: 'e', source: 's', at: 0, detail, evidence: {}, tags: {} };
  return { kind: 'unhealthy', condition, resource, ...told };
}

const alarmOn = (name: string): RecordedAlarm =>
  ({ measures: { metric: { namespace: 'AWS/ElasticMapReduce', name, dimensions: {} } } }) as unknown as RecordedAlarm;

describe('a file system', () => {
  function of(condition: string, on = account()) {
    const value = (name: string) =>
      on.services.cloudwatch.value({ namespace: 'AWS/EFS', name, dimensions: { FileSystemId: fs } });
    return { ...on.services, value, ...ofFileSystem(on, signal('file-system', fs, condition)) };
  }

  test('that is throttled is made up with tags, has no credits, and gets them back', () => {
    const { ensure, sicken, recover, value } = of('file-system-throttled');
    expect(ensure()).toMatch(/is bursting, of 100 GiB, .* mounted in eu-west-1a and eu-west-1b$/);
    expect(ensure()).toBeUndefined();
    sicken();
    expect(value('BurstCreditBalance')).toBe(0);
    recover();
    expect(value('BurstCreditBalance')).toBeGreaterThan(1e12);
  });

  test('that provides too little moves all of it; what is described as short is left so', () => {
    const on = account();
    on.services.elasticfilesystem.add({ id: fs, mode: 'provisioned', provisioned: 10 });
    const { sicken, elasticfilesystem } = of('file-system-throttled', on);
    sicken();
    expect(elasticfilesystem.find(fs)?.load).toBe(13);
    elasticfilesystem.add({ id: fs, credits: 5, load: 3 });
    sicken();
    expect(elasticfilesystem.find(fs)).toMatchObject({ credits: 5, load: 3 });
  });

  test('that cannot be reached lacks a mount target, once, until it has it back', () => {
    const { ensure, sicken, recover, value } = of('file-system-unreachable');
    ensure();
    sicken();
    sicken();
    expect(value('ClientConnections')).toBe(10);
    recover();
    expect(value('ClientConnections')).toBe(20);
  });

  test('that there is not does not recover', () => {
    expect(() => {
      of('file-system-throttled').recover();
    }).not.toThrow();
  });
});

describe('a cluster', () => {
  function of(condition: string, metric = 'YARNMemoryAvailablePercentage', on = account()) {
    const value = (name: string) =>
      on.services.cloudwatch.value({ namespace: 'AWS/ElasticMapReduce', name, dimensions: { JobFlowId: cluster } });
    return { ...on.services, value, ...ofEmrCluster(on, signal('emr-cluster', cluster, condition), alarmOn(metric)) };
  }

  test.each([
    ['emr-cluster-overloaded', 'YARNMemoryAvailablePercentage', 60, 5],
    ['emr-storage-low', 'HDFSUtilization', 40, 95],
    ['emr-nodes-lost', 'MRUnhealthyNodes', 0, 1],
    ['emr-nodes-lost', 'MRLostNodes', 0, 1],
  ])('that is %s is made up so, by %s, and well again', (condition, metric, well, sick) => {
    const { ensure, sicken, recover, value } = of(condition, metric);
    expect(ensure()).toMatch(/4 core nodes and 4 task nodes/);
    expect(ensure()).toBeUndefined();
    expect(value(metric)).toBeCloseTo(well);
    sicken();
    sicken();
    expect(value(metric)).toBeCloseTo(sick);
    recover();
    expect(value(metric)).toBeCloseTo(well);
  });

  test('whose group is stuck has one that is arrested, and no event tells of it again', async () => {
    const on = account();
    const told: object[] = [];
    on.bus.subscribe((event) => void told.push(event));
    const { ensure, sicken, elasticmapreduce } = of('emr-group-stuck', '', on);
    ensure();
    sicken();
    sicken();
    expect(elasticmapreduce.find(cluster)?.groups.map(({ state }) => state)).toEqual([
      'RUNNING',
      'RUNNING',
      'ARRESTED',
    ]);
    await on.clock.runUntil(on.clock.now() + 10_000);
    expect(told).toEqual([]);
  });

  test('that there is not does not fall sick, nor recover', () => {
    for (const condition of ['emr-cluster-overloaded', 'emr-storage-low', 'emr-nodes-lost', 'emr-group-stuck']) {
      const { sicken, recover, elasticmapreduce } = of(condition);
      sicken();
      recover();
      expect(elasticmapreduce.find(cluster)).toBeUndefined();
    }
  });
});

test('a step that has failed is made up in a cluster all of whose steps may run twice', () => {
  const on = account();
  const told = signal('emr-step', `${cluster}/s-1`, 'emr-step-failed', `load-orders of ${cluster} is FAILED`);
  const { ensure, sicken, recover } = ofEmrStep(on, told);
  expect(ensure()).toMatch(/takes work, and all of its steps may run twice/);
  expect(ensure()).toBeUndefined();
  sicken();
  const steps = () => on.services.elasticmapreduce.find(cluster)?.steps;
  expect(steps()).toMatchObject([{ id: 's-1', name: 'load-orders', state: 'FAILED' }]);
  const [step] = steps() ?? [];
  if (step) step.state = 'COMPLETED';
  sicken();
  recover();
  expect(steps()).toMatchObject([{ id: 's-1', state: 'FAILED' }]);
});
