import { failureOf, failureOfStart } from '../../../runtime/aws/failure';
import type { RecordedCall } from '../../../runtime/store/incident-store';

function answered(httpStatusCode: number, attempts?: number): Error {
  return Object.assign(new Error('no'), { name: 'SomeError', $metadata: { httpStatusCode, attempts } });
}

function call(access: RecordedCall['access'], error?: string): RecordedCall {
  return { at: 0, action: 'ec2:Something', access, input: {}, ...(error && { error }) };
}

describe('a failure', () => {
  it.each([
    [400, 'refused'],
    [403, 'refused'],
    [408, 'unknown'],
    [429, 'refused'],
    [499, 'refused'],
    [500, 'unknown'],
    [503, 'unknown'],
    [200, 'unknown'],
    [301, 'unknown'],
  ])('with status %i is %s', (status, kind) => {
    expect(failureOf(answered(status))).toEqual({ kind, reason: 'SomeError: no' });
  });

  it('of a second try is unknown: the first may have been done', () => {
    expect(failureOf(answered(400, 1)).kind).toBe('refused');
    expect(failureOf(answered(400, 2)).kind).toBe('unknown');
  });

  it.each(['ThrottlingException', 'Throttling', 'RequestLimitExceeded', 'TooManyRequestsException'])(
    '%s is no refusal: what is half done goes on later',
    (name) => {
      expect(failureOf(Object.assign(answered(400, 1), { name })).kind).toBe('unknown');
    },
  );

  it.each(['UndeclaredCallError', 'CredentialsProviderError'])('%s never left', (name) => {
    expect(failureOf(Object.assign(new Error('no'), { name })).kind).toBe('refused');
  });

  it.each([
    ['an error without status', new Error('fetch failed'), 'Error: fetch failed'],
    ['a fault in a program', new TypeError('x is not a function'), 'TypeError: x is not a function'],
    ['nothing', undefined, 'Error: undefined'],
    ['null', null, 'Error: null'],
    ['a text', 'oh', 'Error: oh'],
    ['an object that is no error', { name: 7 }, 'Error: no message'],
  ])('that is %s is unknown and says what it can', (_what, error, reason) => {
    expect(failureOf(error)).toEqual({ kind: 'unknown', reason });
  });

  it('says its reason in one line of bounded length, without terminal sequences', () => {
    const { reason } = failureOf(new Error(`a\n\u001b[31mb${'x'.repeat(5_000)}`));
    expect(reason).toMatch(/^Error: a bx+…$/);
    expect(reason).toHaveLength(400);
  });
});

describe('a start that failed', () => {
  it.each([
    ['without any call', [], 'refused'],
    ['after reads', [call('read'), call('read', 'TimeoutError')], 'refused'],
    ['with its one write refused for the state of things', [call('read'), call('write', 'SomeError')], 'unknown'],
    ['with its one write done', [call('write')], 'unknown'],
    ['with another error than that of its write', [call('write', 'TimeoutError')], 'unknown'],
    ['with its second write refused', [call('write'), call('write', 'SomeError')], 'unknown'],
    ['with both writes refused', [call('write', 'SomeError'), call('write', 'SomeError')], 'unknown'],
  ] as const)('%s', (_what, calls, kind) => {
    expect(failureOfStart(answered(400), calls).kind).toBe(kind);
  });

  it.each(['UnauthorizedOperation', 'AccessDeniedException', 'ValidationError', 'InvalidInstanceID.NotFound'])(
    'with its one write refused outright, by %s, has done nothing',
    (name) => {
      const error = Object.assign(new Error('no'), { name, $metadata: { httpStatusCode: 400 } });
      expect(failureOfStart(error, [call('write', name)]).kind).toBe('refused');
    },
  );

  it.each(['IncorrectInstanceState', 'InvalidDBInstanceState', 'ScalingActivityInProgress', 'TargetInUse'])(
    'with its one write refused by %s may have been done by an earlier delivery',
    (name) => {
      const error = Object.assign(new Error('no'), { name, $metadata: { httpStatusCode: 400 } });
      expect(failureOfStart(error, [call('write', name)]).kind).toBe('unknown');
    },
  );

  it('with no answer to its write is unknown', () => {
    expect(failureOfStart(answered(503), [call('write', 'SomeError')]).kind).toBe('unknown');
  });
});
