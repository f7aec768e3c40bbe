import { hostname } from 'node:os';
import { holdOff, holdOn, holdStatus, registerHold } from '../../cli/hold';
import type { Held } from '../../runtime/store/incident-store';
import { MemoryStore } from '../../runtime/store/memory-store';
import { aDeployment, awsError, known, start, typed } from './deployed';

const ann = async (): Promise<string> => 'arn:aws:iam::111122223333:user/ann';
const nobody = async (): Promise<string> => {
  throw awsError('ExpiredTokenException', 'the token has expired');
};
const web: Held = { rule: 'web-tier' };
const reboot: Held = { remediation: 'reboot-instance' };

describe('homeostat hold', () => {
  let store: MemoryStore;
  beforeEach(() => {
    store = new MemoryStore();
  });

  it('on keeps who, when and why', async () => {
    const { status, out, err } = await holdOn(store, ann, 'everything', 'release', start);
    expect([status, err]).toEqual([0, '']);
    expect(await store.holds()).toEqual([{ of: 'everything', by: await ann(), reason: 'release', at: start }]);
    expect(out).toBe(
      `The hold on everything is on since 2026-03-02T10:00:00Z: no remediation starts; what is under way goes on.\n  by   ${await ann()}\n  why  release`,
    );
  });

  it.each([
    [web, 'The hold on rule web-tier is on since 2026-03-02T10:00:00Z: nothing starts under it;'],
    [reboot, 'The hold on remediation reboot-instance is on since 2026-03-02T10:00:00Z: it does not start,'],
  ])('on says of %j what does not start', async (of, told) => {
    expect((await holdOn(store, ann, of, 'release', start)).out).toContain(told);
    expect(await store.holds()).toMatchObject([{ of }]);
  });

  it('on works when AWS does not say who asks', async () => {
    const { status, err } = await holdOn(store, nobody, 'everything', 'release', start);
    expect(status).toBe(0);
    expect(err).toContain('for AWS does not say who you are');
    expect(await store.holds()).toMatchObject([{ by: `unknown caller on ${hostname()}` }]);
  });

  it('on works when the holds cannot be read', async () => {
    const read = jest.spyOn(store, 'holds').mockRejectedValue(new Error('neither on nor off'));
    expect((await holdOn(store, ann, 'everything', 'release', start)).status).toBe(0);
    read.mockRestore();
    expect(await store.holds()).toHaveLength(1);
  });

  it('off lets remediations start again, and says whose hold was ended', async () => {
    await holdOn(store, nobody, 'everything', 'release', start);
    const { status, out } = await holdOff(store, ann, 'everything');
    expect(status).toBe(0);
    expect(out).toBe(
      `The hold on everything is off: remediations may start again. ${await ann()} ended the hold of unknown caller on ${hostname()} (since 2026-03-02T10:00:00Z): release`,
    );
    expect(await store.holds()).toEqual([]);
  });

  it('off ends the hold that is named and no other, and says which are still on', async () => {
    for (const held of ['everything', web, reboot] as const) await holdOn(store, ann, held, 'release', start);
    const { out } = await holdOff(store, ann, web);
    expect(out).toMatch(/^The hold on rule web-tier is off\. [^]*\n2 other holds are still on: /);
    expect((await store.holds()).map(({ of }) => of)).toEqual(expect.arrayContaining(['everything', reboot]));
    expect(await store.holds()).toHaveLength(2);
  });

  it('off leaves it on when AWS does not say who asks', async () => {
    await holdOn(store, ann, 'everything', 'release', start);
    const { status, err } = await holdOff(store, nobody, 'everything');
    expect(status).toBe(1);
    expect(err).toMatch(
      /^homeostat: the hold on everything stays on, for AWS does not say who you are: .*the token has expired/,
    );
    expect(await store.holds()).toHaveLength(1);
  });

  it('off leaves alone what is off, and says what is on', async () => {
    expect((await holdOff(store, nobody, 'everything')).out).toBe('The hold on everything was off already.');
    await holdOn(store, ann, web, 'release', start);
    expect(await holdOff(store, nobody, 'everything')).toEqual({
      status: 0,
      out: 'The hold on everything was off already.\n1 other hold is still on: rule web-tier.',
      err: '',
    });
    expect(await store.holds()).toHaveLength(1);
  });

  it('off ends a hold though another cannot be read', async () => {
    await holdOn(store, ann, web, 'release', start);
    const read = jest.spyOn(store, 'holds').mockRejectedValue(new Error('neither on nor off'));
    expect((await holdOff(store, ann, web)).out).toMatch(/^The hold on rule web-tier is off/);
    expect((await holdOff(store, ann, web)).out).toBe('The hold on rule web-tier was off already.');
    read.mockRestore();
    expect(await store.holds()).toEqual([]);
  });

  it('status says which are on with status 0, also as JSON', async () => {
    expect(await holdStatus(store, {})).toEqual({
      status: 0,
      out: 'No hold is on: remediations may start.',
      err: '',
    });
    expect(JSON.parse((await holdStatus(store, { json: true })).out)).toEqual({ on: false, holds: [] });
    await holdOn(store, ann, web, 'release', start);
    await holdOn(store, ann, reboot, 'a bad image', start);
    const { status, out } = await holdStatus(store, { json: true });
    expect(status).toBe(0);
    const told = JSON.parse(out) as { on: boolean; holds: unknown[] };
    expect(told.on).toBe(true);
    expect(told.holds).toHaveLength(2);
    expect(told.holds).toContainEqual({ of: web, by: await ann(), reason: 'release', at: '2026-03-02T10:00:00Z' });
    expect((await holdStatus(store, {})).out).toMatch(/rule web-tier is on[^]*why {2}release[^]*why {2}a bad image/);
  });

  describe('as a command', () => {
    const register = (program: Parameters<typeof registerHold>[0]): void => {
      registerHold(program, () => aDeployment({ sts: known }, store));
    };

    it.each([
      [[], 'everything'],
      [['--rule', 'web-tier'], web],
      [['--remediation', 'reboot-instance'], reboot],
    ] as const)('goes on and off with %j under the name that AWS gives the caller', async (words, of) => {
      expect((await typed(register, 'hold', 'on', ...words, '--reason', 'a release')).status).toBe(0);
      expect(await store.holds()).toMatchObject([{ of, by: await ann(), reason: 'a release' }]);
      expect((await typed(register, 'hold', 'status')).out).toContain('why  a release');
      expect((await typed(register, 'hold', 'off', ...words)).status).toBe(0);
      expect(await store.holds()).toEqual([]);
    });

    it.each([
      [['hold', 'on'], "required option '--reason <text>' not specified"],
      [['hold', 'on', '--reason', '  '], 'a reason is one line of 1 to 400 characters'],
      [['hold', 'on', '--reason', 'one\ntwo'], 'a reason is one line of 1 to 400 characters'],
      [['hold', 'on', '--reason', 'x'.repeat(401)], 'a reason is one line of 1 to 400 characters'],
      [['hold', 'on', '--reason', 'x', '--rule', ''], 'a name is one line of 1 to 100 characters'],
      [['hold', 'on', '--reason', 'x', '--remediation', 'a\u0007'], 'a name is one line of 1 to 100 characters'],
      [['hold', 'on', '--reason', 'x', '--rule', 'a', '--remediation', 'b'], 'cannot be used with option'],
      [['hold', 'of'], "unknown command 'of'"],
    ])('refuses %j as wrong usage, and holds nothing', async (words, told) => {
      const { status, err } = await typed(register, ...words);
      expect([status, err]).toEqual([2, expect.stringContaining(told)]);
      expect(await store.holds()).toEqual([]);
    });
  });
});
