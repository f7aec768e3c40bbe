import { bench } from '../remediations/account';
import { deployed, disabled, mappingId, throttled } from '../remediations/lambda/checkout';
import type { BusEvent } from '../../simulator/event-bus';
import { readEvent } from '../../signals';
import { anywhere, inWords } from '../signals/event-files';

const named = { FunctionName: 'checkout' };

function measured(on: ReturnType<typeof bench>, name: string, dimensions: Readonly<Record<string, string>> = named) {
  return on.account.services.cloudwatch.value({ namespace: 'AWS/Lambda', name, dimensions });
}

describe('reserved concurrency', () => {
  test('turns away what is beyond it, and is what runs at one time', async () => {
    const on = bench();
    throttled(on);
    expect(measured(on, 'Throttles')).toBe(15 * 60);
    expect(measured(on, 'ConcurrentExecutions')).toBe(10);
    await on.aws.lambda.putFunctionConcurrency({ ...named, ReservedConcurrentExecutions: 25 });
    expect(measured(on, 'Throttles')).toBe(0);
    expect(await on.aws.lambda.getFunctionConcurrency(named)).toMatchObject({ ReservedConcurrentExecutions: 25 });
  });

  test('is taken from what all share, of which Lambda keeps a hundred', async () => {
    const on = bench();
    throttled(on);
    const shared = async () =>
      (await on.aws.lambda.getAccountSettings({})).AccountLimit?.UnreservedConcurrentExecutions;
    expect(await shared()).toBe(990);
    await on.aws.lambda.putFunctionConcurrency({ ...named, ReservedConcurrentExecutions: 900 });
    expect(await shared()).toBe(100);
    await expect(
      on.aws.lambda.putFunctionConcurrency({ ...named, ReservedConcurrentExecutions: 901 }),
    ).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringMatching(/\[100\]/) as string,
    });
  });

  test('is no field of a function that has none', async () => {
    const on = bench();
    throttled(on, { reserved: undefined, demand: 1_200 });
    expect(await on.aws.lambda.getFunctionConcurrency(named)).not.toHaveProperty('ReservedConcurrentExecutions');
    expect(measured(on, 'Throttles')).toBe(200 * 60);
  });
});

describe('an alias', () => {
  const alias = { ...named, Name: 'live' };

  test('leads where it is led, at once, and has another revision from then on', async () => {
    const on = bench();
    deployed(on);
    const before = await on.aws.lambda.getAlias(alias);
    const after = await on.aws.lambda.updateAlias({ ...alias, FunctionVersion: '6', RevisionId: before.RevisionId });
    expect(after.FunctionVersion).toBe('6');
    expect(after.RevisionId).not.toBe(before.RevisionId);
    const again = { ...alias, FunctionVersion: '7', RevisionId: before.RevisionId };
    await expect(on.aws.lambda.updateAlias(again)).rejects.toMatchObject({ name: 'PreconditionFailedException' });
  });

  test('leads to no version that there is not', async () => {
    const on = bench();
    deployed(on);
    await expect(on.aws.lambda.updateAlias({ ...alias, FunctionVersion: '9' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await expect(on.aws.lambda.getAlias({ ...named, Name: 'next' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('fails as much as its versions do, by their shares', () => {
    const on = bench();
    const dimensions = { ...named, Resource: 'checkout:live' };
    deployed(on);
    expect(measured(on, 'Errors', dimensions)).toBe(300);
    deployed(on, { weights: { 8: 0.5 } });
    expect(measured(on, 'Errors', dimensions)).toBe(150);
    expect(measured(on, 'Invocations', { ...dimensions, ExecutedVersion: '8' })).toBe(150);
    expect(measured(on, 'Errors', { ...named, Resource: 'checkout:next' })).toBeUndefined();
  });

  test('is counted by the version that was invoked at each time', async () => {
    const on = bench();
    deployed(on);
    const now = on.clock.now();
    const points = async (version: string) => {
      const { MetricDataResults: [result] = [] } = await on.aws.cloudwatch.getMetricData({
        StartTime: new Date(now - 3_600_000),
        EndTime: new Date(now),
        ScanBy: 'TimestampAscending',
        MetricDataQueries: [
          {
            Id: 'a',
            MetricStat: {
              Metric: {
                Namespace: 'AWS/Lambda',
                MetricName: 'Invocations',
                Dimensions: Object.entries({ ...named, Resource: 'checkout:live', ExecutedVersion: version }).map(
                  ([Name, Value]) => ({ Name, Value }),
                ),
              },
              Period: 300,
              Stat: 'Sum',
            },
          },
        ],
      });
      return (result?.Timestamps ?? []).map((time) => Math.round((now - time.getTime()) / 60_000));
    };
    expect(await points('6')).toEqual([60, 55, 50, 45, 40, 35, 30]);
    expect(await points('7')).toEqual([25, 20, 15, 10, 5]);
    expect(await points('5')).toEqual([]);
  });
});

describe('an event source mapping', () => {
  test('takes half a minute to be enabled, and cannot be changed meanwhile', async () => {
    const on = bench();
    disabled(on);
    const change = () => on.aws.lambda.updateEventSourceMapping({ UUID: mappingId, Enabled: true });
    expect(await change()).toMatchObject({ State: 'Enabling' });
    await expect(change()).rejects.toMatchObject({ name: 'ResourceInUseException' });
    await on.pass(30);
    expect(await on.aws.lambda.getEventSourceMapping({ UUID: mappingId })).toMatchObject({ State: 'Enabled' });
  });

  test('measures how old its records are while it is enabled, and nothing while it is not', async () => {
    const on = bench();
    disabled(on, { behindMinutes: 3 });
    expect(measured(on, 'IteratorAge')).toBeUndefined();
    on.account.services.lambda.mappings.put(mappingId, 'Enabled');
    expect(measured(on, 'IteratorAge')).toBe(180_000);
  });

  test('is told of by CloudTrail when somebody disables or enables it', async () => {
    const on = bench();
    disabled(on, { state: 'Enabled' });
    const events: BusEvent[] = [];
    on.account.bus.subscribe((event) => void events.push(event));
    const { lambda } = on.account.services;
    lambda.befall({ mapping: mappingId, is: 'disabled' });
    lambda.befall({ mapping: mappingId, is: 'enabled' });
    await on.pass(60);
    const place = `111122223333/eu-central-1/event-source-mapping/${mappingId}`;
    expect(events.flatMap((event) => inWords(readEvent(event, anywhere)))).toEqual([
      `unhealthy event-source-disabled ${place}`,
      `recovered event-source-disabled ${place}`,
    ]);
  });

  test('is one of those of its function, page by page', async () => {
    const on = bench();
    disabled(on);
    on.account.services.lambda.mappings.add({ id: mappingId.replace(/1$/, '2'), function: 'checkout' });
    on.account.services.lambda.mappings.add({ id: mappingId.replace(/1$/, '3'), function: 'other' });
    on.account.pageSize = 1;
    const first = await on.aws.lambda.listEventSourceMappings(named);
    const second = await on.aws.lambda.listEventSourceMappings({ ...named, Marker: first.NextMarker });
    const all = [...(first.EventSourceMappings ?? []), ...(second.EventSourceMappings ?? [])];
    expect(all.map(({ UUID }) => UUID)).toEqual([mappingId, mappingId.replace(/1$/, '2')]);
    expect(second.NextMarker).toBeUndefined();
  });
});

test('what happens to a function happens at its time', () => {
  const on = bench();
  deployed(on, { version: 6, before: 5 }, { failing: [] });
  const { lambda } = on.account.services;
  lambda.befall({ function: 'checkout', demand: 7 });
  lambda.befall({ alias: 'checkout:live', deploy: '7', works: false });
  expect(lambda.find('checkout')).toMatchObject({ demand: 7, failing: ['7'], versions: ['5', '6', '7'] });
  lambda.befall({ function: 'checkout', failing: [] });
  expect(measured(on, 'Errors')).toBe(0);
  expect(() => {
    lambda.befall({ alias: 'checkout:next', deploy: '7', works: true });
  }).toThrow('there is no alias checkout:next');
});
