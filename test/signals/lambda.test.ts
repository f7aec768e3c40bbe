import { readEvent } from '../../signals';
import { anywhere, inWords, sampleEvent } from './event-files';

const at = '111122223333/eu-west-1';
const alarm = 'cloudwatch/function-alias-errors-alarm';

/** What an alarm on this metric of Lambda tells. */
function measured(name: string, dimensions: Readonly<Record<string, string>>): string {
  const metric = { namespace: 'AWS/Lambda', name, dimensions };
  const metrics = [{ id: 'm1', metricStat: { metric, period: 60, stat: 'Sum' }, returnData: true }];
  return inWords(readEvent(sampleEvent(alarm, {}, { configuration: { metrics } }), anywhere)).join(' + ');
}

describe('an alarm on a function', () => {
  const FunctionName = 'checkout';

  test.each([
    ['Throttles', 'function-throttled'],
    ['Errors', 'function-erroring'],
    ['Duration', 'function-erroring'],
    ['IteratorAge', 'event-source-late'],
    ['OffsetLag', 'event-source-late'],
  ])('%s tells of %s', (name, condition) => {
    expect(measured(name, { FunctionName })).toBe(`unhealthy ${condition} ${at}/function/checkout`);
  });

  test('is of the alias that Resource names, whichever version answered', () => {
    const Resource = 'checkout:live';
    const told = `unhealthy function-erroring ${at}/function-alias/checkout:live`;
    expect(measured('Errors', { FunctionName, Resource })).toBe(told);
    expect(measured('Errors', { FunctionName, Resource, ExecutedVersion: '7' })).toBe(told);
  });

  test.each(['checkout', 'checkout:7', 'checkout:$LATEST'])(
    'is of the function where Resource is %s, which names no alias',
    (Resource) => {
      expect(measured('Errors', { FunctionName, Resource })).toBe(
        `unhealthy function-erroring ${at}/function/checkout`,
      );
    },
  );

  test('that is behind is told of a function alone: Lambda shows what brings records to a function, and not to an alias', () => {
    const late = measured('IteratorAge', { FunctionName, Resource: 'checkout:live' });
    expect(late).toMatch(/^ignored: .* tells of no known condition/);
  });

  test('that runs often is not sick', () => {
    expect(measured('ConcurrentExecutions', { FunctionName })).toMatch(/^ignored: .* tells of no known condition/);
  });

  test('is of nothing where the metric is of all functions', () => {
    expect(measured('Throttles', {})).toMatch(/^ignored: .* names no one resource/);
  });
});

test('a dimension Resource of others names no alias', () => {
  const metric = {
    namespace: 'AWS/ApiGateway',
    name: '5XXError',
    dimensions: { ApiName: 'shop', Resource: '/orders' },
  };
  const metrics = [{ id: 'm1', metricStat: { metric, period: 60, stat: 'Sum' }, returnData: true }];
  const read = inWords(readEvent(sampleEvent(alarm, {}, { configuration: { metrics } }), anywhere)).join(' + ');
  expect(read).toMatch(/^ignored: .* names no one resource/);
});

describe('a call that changes an event source mapping', () => {
  const disabled = 'lambda/mapping-disabled';
  const read = (detail: object): string =>
    inWords(readEvent(sampleEvent(disabled, {}, detail as never), anywhere)).join(' + ');

  test('tells who made it', () => {
    const [signal] = signalsOf(disabled);
    expect(signal.detail).toBe(
      'disabled by arn:aws:sts::111122223333:assumed-role/operators/alice; it leads to checkout',
    );
  });

  test('tells nothing when Lambda refused it, or when it names no mapping', () => {
    expect(read({ errorCode: 'AccessDenied' })).toMatch(/^ignored: the call .* was refused: AccessDenied/);
    expect(read({ requestParameters: { enabled: false } })).toMatch(/names no mapping$/);
    expect(read({ requestParameters: null })).toMatch(/names no mapping$/);
    expect(read({ requestParameters: { uUID: 'orders', enabled: false } })).toMatch(/names no mapping$/);
  });

  test('is read by its name without the version of the API, too', () => {
    expect(read({ eventName: 'UpdateEventSourceMapping' })).toMatch(/^unhealthy event-source-disabled/);
    expect(read({ eventName: 'DeleteEventSourceMapping20150331' })).toMatch(/^ignored: no signal is read/);
  });

  test('is the same fact however often it is delivered, and another call is another one', () => {
    const [one] = signalsOf(disabled);
    const [again] = signalsOf(disabled, { id: '5ec00000-cddc-8302-80c9-1857d49fb0ff' });
    const [other] = signalsOf(disabled, {}, { eventID: '6d6f6d65-3333-4222-8333-444455556799' });
    expect(again.dedupKey).toBe(one.dedupKey);
    expect(other.dedupKey).not.toBe(one.dedupKey);
  });
});

function signalsOf(name: string, changes: object = {}, detail: object = {}) {
  const reading = readEvent(sampleEvent(name, changes as never, detail as never), anywhere);
  if (reading.kind !== 'signals') throw new Error(reading.reason);
  return reading.signals;
}
