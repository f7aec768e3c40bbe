import { raiseFilesystemThroughput } from '../../../remediations/efs/raise-filesystem-throughput';
import type { FileSystemInput } from '../../../simulator/elasticfilesystem/file-system';
import { bench } from '../account';
import { answerWith, attempt, no } from '../attempt';

const id = 'fs-0123456789abcdef0';

/** A file system of 100 GiB, which gives it 4.9 MiB/s, whose credits are used up. */
function throttled(described: Partial<FileSystemInput> = {}, parameters: object = {}) {
  const on = bench();
  const { elasticfilesystem } = on.account.services;
  elasticfilesystem.add({ id, load: 40, credits: 0, ...described });
  const target = { resource: on.resource('file-system', id), condition: 'file-system-throttled' };
  return { ...on, ...attempt(raiseFilesystemThroughput, on, target, parameters), elasticfilesystem };
}

test('one without credits gets half as much again as its size gives it, in tens', async () => {
  const { plan, start, check, writes, pass } = throttled();
  expect(await plan()).toMatchObject({
    plan: { from: { mode: 'bursting' }, to: { mode: 'provisioned', provisioned: 10 } },
    summary: `make the throughput of ${id} 10 MiB/s (provisioned) instead of bursting, which costs more from now on`,
  });
  await start();
  expect(writes()).toMatchObject([
    { input: { FileSystemId: id, ThroughputMode: 'provisioned', ProvisionedThroughputInMibps: 10 } },
  ]);
  expect(await check()).toMatchObject({ kind: 'pending', detail: `the file system ${id} is updating` });
  await pass(60);
  expect(await check()).toMatchObject({ kind: 'done' });
});

test('what it moved while its credits lasted counts, and one busy minute does not', async () => {
  const moved = (minutes: number) => {
    const made = throttled({ credits: 1e6, load: 1 });
    const metric = { namespace: 'AWS/EFS', name: 'MeteredIOBytes', dimensions: { FileSystemId: id } };
    // An alarm makes the account remember what the metric was.
    made.account.services.cloudwatch.add({ name: 'moved', metric, threshold: 1e15 });
    return made.pass(60).then(async () => {
      made.elasticfilesystem.setLoad(id, 60);
      await made.pass(minutes * 60);
      made.elasticfilesystem.setCredits(id, 0);
      await made.pass(60);
      return made.plan();
    });
  };
  expect(await moved(20)).toMatchObject({ plan: { to: { provisioned: 90 } } });
  expect(await moved(5)).toMatchObject({ plan: { to: { provisioned: 10 } } });
});

test('it gets no more than the policy allows, though it needs more', async () => {
  expect(await throttled({}, { atMost: 7 }).plan()).toMatchObject({ plan: { to: { provisioned: 7 } } });
  expect(await throttled({}, { atMost: 4 }).plan()).toEqual(
    no('refused', /has 4.9 MiB\/s already, and the policy allows 4 \(atMost\)/),
  );
});

test('one that is to be elastic gets what it needs, paid by the byte', async () => {
  const { plan, start, writes } = throttled({ mode: 'provisioned', provisioned: 20 }, { how: 'elastic' });
  expect(await plan()).toMatchObject({
    summary: expect.stringMatching(/elastic instead of 20 MiB.*without a ceiling$/) as string,
  });
  await start();
  expect(writes()).toMatchObject([{ input: { FileSystemId: id, ThroughputMode: 'elastic' } }]);
});

test.each<[string, Partial<FileSystemInput>, object, RegExp]>([
  ['that is elastic', { mode: 'elastic' }, {}, /is elastic already/],
  [
    'that moves less than its size gives it',
    { load: 2 },
    {},
    /moves 2 MiB\/s and has 4.9 without credits: throughput is not/,
  ],
  ['that moves less than is provisioned', { mode: 'provisioned', provisioned: 100 }, {}, /moves 40 MiB\/s and has 100/],
  ['that is broken', { status: 'error' }, {}, /is error: EFS changes only what is available/],
  [
    'of Max I/O, to be elastic',
    { performance: 'maxIO' },
    { how: 'elastic' },
    /performance mode maxIO, which cannot be elastic/,
  ],
])('a file system %s is left alone', async (_, described, parameters, reason) => {
  const { plan, writes } = throttled(described, parameters);
  expect(await plan()).toEqual(no('refused', reason));
  expect(writes()).toEqual([]);
});

test('what CloudWatch does not tell is no reason to pay for more', async () => {
  const on = throttled();
  answerWith(on, 'cloudwatch', 'GetMetricData', { MetricDataResults: [] });
  expect(await on.plan()).toEqual(no('refused', /is not told by CloudWatch/));
});

test('a mode that was changed within a day is not changed again, and that is told', async () => {
  const { plan, start } = throttled({ changedHoursAgo: 3 });
  expect(await plan()).toMatchObject({ kind: 'planned' });
  expect(await start()).toEqual(no('refused', /once in 24 hours.*again after 2026-11-21T23:00/));
});

test('what is provisioned may be raised again within the day', async () => {
  const { start, check, pass } = throttled({ mode: 'provisioned', provisioned: 20, changedHoursAgo: 3 });
  expect(await start()).toEqual({ kind: 'started' });
  await pass(60);
  expect(await check()).toMatchObject({ kind: 'done' });
});

test('other refusals of AWS are told as they are', async () => {
  const on = throttled();
  answerWith(
    on,
    'elasticfilesystem',
    'UpdateFileSystem',
    Object.assign(new Error('none left'), { name: 'ThroughputLimitExceeded' }),
  );
  await expect(on.start()).rejects.toThrow('none left');
});

test('what others have set meanwhile stays so, and one that is gone is left', async () => {
  const made = throttled();
  await made.plan();
  made.elasticfilesystem.add({ id, mode: 'provisioned', provisioned: 55 });
  expect(await made.start()).toEqual(no('refused', /was changed by others/));
  expect(await made.check()).toMatchObject({
    kind: 'failed',
    detail: `the throughput of ${id} was changed by others since the plan`,
  });
  const gone = throttled();
  await gone.plan();
  answerWith(
    gone,
    'elasticfilesystem',
    'DescribeFileSystems',
    Object.assign(new Error('gone'), { name: 'FileSystemNotFound' }),
  );
  expect(await gone.start()).toEqual(no('refused', /no longer exists/));
  expect(await gone.check()).toMatchObject({ kind: 'failed', detail: `${id} no longer exists` });
  expect([...made.writes(), ...gone.writes()]).toEqual([]);
});
