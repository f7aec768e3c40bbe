import type { Caller } from '../../../runtime/aws/access';
import { failureOf, failureOfStart } from '../../../runtime/aws/failure';
import { roleCredentials, type AssumeRole } from '../../../runtime/aws/role-credentials';
import { aRemediation, minute } from '../world';

type Asked = Parameters<AssumeRole>[0];
type Writer = Extract<Caller, { kind: 'remediation' }>;

const reader: Caller = { kind: 'reader' };
const writer = (overrides: Partial<Writer> = {}): Caller => ({
  kind: 'remediation',
  remediation: 'reboot-instance',
  incident: 'inc-0a1b2c',
  mode: 'act',
  touches: ['111122223333/eu-west-1/ec2-instance/i-1'],
  ...overrides,
});

interface Setting {
  readonly asked: Asked[];
  now: number;
  /** Thrown by STS. */
  fails: Error | undefined;
}

function aSetting() {
  const asked: Asked[] = [];
  const told: Setting = { asked, now: 0, fails: undefined };
  const credentialsFor = roleCredentials({
    clock: { now: () => told.now },
    remediations: new Map([['reboot-instance', aRemediation()]]),
    partition: 'aws',
    rolePrefix: 'homeostat-eu-central-1-',
    assumeRole: async (one) => {
      asked.push(one);
      if (told.fails) throw told.fails;
      const expiration = new Date(told.now + one.DurationSeconds * 1_000);
      return { accessKeyId: `key-${asked.length}`, secretAccessKey: 's', sessionToken: 't', expiration };
    },
  });
  const get = (caller: Caller) => credentialsFor(caller, '111122223333', 'eu-west-1');
  const failure = (caller: Caller): Promise<Error> =>
    get(caller).then(
      () => {
        throw new Error('it got credentials');
      },
      (error: unknown) => error as Error,
    );
  return Object.assign(told, { credentialsFor, get, failure });
}

describe('credentials', () => {
  it('to look are those of the reader, in the account of the resource', async () => {
    const it = aSetting();
    await it.credentialsFor(reader, '444455556666', 'eu-west-1');
    expect(it.asked).toEqual([
      {
        RoleArn: 'arn:aws:iam::444455556666:role/homeostat-eu-central-1-reader',
        RoleSessionName: 'homeostat-reader',
        DurationSeconds: 3_600,
      },
    ]);
  });

  it('to touch are those of the remediation, in a session that is named after the incident and writes to what is touched', async () => {
    const it = aSetting();
    await it.get(writer());
    expect(it.asked).toMatchObject([
      {
        RoleArn: 'arn:aws:iam::111122223333:role/homeostat-eu-central-1-reboot-instance',
        RoleSessionName: 'inc-0a1b2c',
        DurationSeconds: 900,
        Policy: expect.stringContaining('"arn:aws:ec2:eu-west-1:111122223333:instance/i-1"') as string,
      },
    ]);
  });

  it('are asked for once, also by two at one time, and again before they expire', async () => {
    const it = aSetting();
    const [one, same] = await Promise.all([it.get(writer()), it.get(writer())]);
    expect(one).toBe(same);
    it.now = 12 * minute;
    await it.get(writer());
    expect(it.asked).toHaveLength(1);
    it.now = 14 * minute;
    await it.get(writer());
    expect(it.asked).toHaveLength(2);
  });

  it('of one incident are never those of another, nor of another plan', async () => {
    const it = aSetting();
    await it.get(writer());
    await it.get(writer({ incident: 'inc-other' }));
    await it.get(writer({ touches: ['111122223333/eu-west-1/ec2-instance/i-2'] }));
    expect(it.asked).toHaveLength(3);
  });

  it('that were not had are asked for anew', async () => {
    const it = aSetting();
    it.fails = new Error('socket hang up');
    await it.failure(reader);
    it.fails = undefined;
    expect(await it.get(reader)).toMatchObject({ accessKeyId: 'key-2' });
  });

  it('are kept for a bounded number of sessions', async () => {
    const it = aSetting();
    for (let n = 0; n <= 50; n += 1) await it.get(writer({ incident: `inc-${n}` }));
    await it.get(writer({ incident: 'inc-50' }));
    expect(it.asked).toHaveLength(51);
    await it.get(writer({ incident: 'inc-0' }));
    expect(it.asked).toHaveLength(52);
  });
});

describe('no credentials that write', () => {
  it.each<[string, Partial<Writer>, string]>([
    ['for an incident in observe', { mode: 'observe' }, 'is in observe'],
    ['for a remediation that there is not', { remediation: 'format-disk' }, 'no remediation format-disk'],
    ['for a plan that touches nothing', { touches: [] }, 'touches nothing'],
    [
      'for a plan that touches more than a session policy can name',
      { touches: Array.from({ length: 50 }, (_, n) => `111122223333/eu-west-1/ec2-instance/i-${n}`) },
      'touches too much at once',
    ],
  ])('%s: AWS is not even asked', async (_what, overrides, reason) => {
    const it = aSetting();
    const error = await it.failure(writer(overrides));
    expect(error.message).toContain(reason);
    expect(failureOf(error).kind).toBe('refused');
    expect(it.asked).toEqual([]);
  });
});

describe('a role that cannot be put on', () => {
  const answer = (name: string, status: number, attempts = 1) =>
    Object.assign(new Error('no'), { name, $metadata: { httpStatusCode: status, attempts } });
  const write = (error: Error) => [
    { at: 0, action: 'ec2:RebootInstances', access: 'write', input: {}, error: error.name } as const,
  ];

  it.each(['AccessDenied', 'PackedPolicyTooLarge', 'RegionDisabledException'])('for %s is a refusal', async (name) => {
    const it = aSetting();
    it.fails = answer(name, name === 'AccessDenied' ? 403 : 400);
    const error = await it.failure(writer());
    expect(failureOf(error)).toEqual({ kind: 'refused', reason: expect.stringContaining(name) as string });
    expect(failureOfStart(error, write(error)).kind).toBe('refused');
  });

  it.each([answer('Throttling', 400), answer('InternalFailure', 500), new Error('socket hang up')])(
    'for $name has changed nothing; what is half done goes on later',
    async (fault) => {
      const it = aSetting();
      it.fails = fault;
      const error = await it.failure(writer());
      expect(failureOfStart(error, write(error)).kind).toBe('refused');
      expect(failureOfStart(error, write(error), true).kind).toBe('unknown');
    },
  );
});
