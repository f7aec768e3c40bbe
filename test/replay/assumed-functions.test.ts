import { AssumedWorld } from '../../replay/assumed-world';
import { readEvent } from '../../signals';
import { VirtualClock } from '../../simulator/clock';
import { World } from '../../simulator/world';
import { anywhere, sampleEvent } from '../signals/event-files';

function room() {
  const world = new World(new VirtualClock(Date.parse('2026-03-01T10:00:00Z')));
  const assumed = new AssumedWorld(world);
  const { lambda } = world.account('111122223333', 'eu-west-1').services;
  const follow = (name: string, detail: object = {}): void => {
    const event = sampleEvent(name, {}, detail as never);
    const reading = readEvent(event, anywhere);
    assumed.follow(event, reading.kind === 'signals' ? reading.signals : []);
  };
  const alarm = (name: string, dimensions: object): void => {
    const metric = { namespace: 'AWS/Lambda', name, dimensions };
    const metrics = [{ id: 'm1', metricStat: { metric, period: 60, stat: 'Sum' }, returnData: true }];
    follow('cloudwatch/function-alias-errors-alarm', { configuration: { metrics } });
  };
  return { assumed, lambda, follow, alarm };
}

test('a mapping that somebody disables is made up, with a function that is well, and enabled again when he does', () => {
  const { assumed, lambda, follow } = room();
  const id = '4f1c7d20-0000-4000-8000-000000000001';
  follow('lambda/mapping-disabled');
  expect(assumed.assumed.join('\n')).toContain(`event source mapping ${id} brings records to a function that is well`);
  expect(lambda.mappings.find(id)?.state).toBe('Disabled');
  follow('lambda/mapping-enabled');
  expect(lambda.mappings.find(id)?.state).toBe('Enabled');
});

test('an alias that an alarm on errors tells of is made up as switched shortly before', () => {
  const { assumed, lambda, follow } = room();
  follow('cloudwatch/function-alias-errors-alarm');
  expect(assumed.assumed.join('\n')).toContain('checkout:live was switched to another version 15 minutes before');
  expect(lambda.find('checkout')).toMatchObject({ failing: ['2'], versions: ['1', '2'] });
});

test('a function that is throttled gets more than it may run', () => {
  const { lambda, alarm } = room();
  alarm('Throttles', { FunctionName: 'checkout' });
  expect(lambda.turnedAway('checkout')).toBe(5);
});

test('a function that is behind has a mapping that is disabled', () => {
  const { lambda, alarm } = room();
  alarm('IteratorAge', { FunctionName: 'checkout' });
  expect(lambda.mappings.ageFor('checkout')).toBeUndefined();
});

test('what is well again without having been sick is not made up', () => {
  const { assumed, follow } = room();
  follow('lambda/mapping-enabled');
  expect(assumed.assumed).toEqual([]);
});
