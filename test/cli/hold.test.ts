import { hostname } from 'node:os';
import { holdOff, holdOn, holdStatus, registerHold } from '../../cli/hold';
import { MemoryStore } from '../../runtime/store/memory-store';
import { aDeployment, awsError, known, start, typed } from './deployed';

const ann = async (): Promise<string> => 'arn:aws:iam::111122223333:user/ann';
const nobody = async (): Promise<string> => {
  throw awsError('ExpiredTokenException', 'the token has expired');
};

describe('homeostat hold', () => {
  let store: MemoryStore;
  beforeEach(() => {
    store = new MemoryStore();
  });

  it('on keeps who, when and why', async () => {
    const { status, out, err } = await holdOn(store, ann, 'release', start);
    expect([status, err]).toEqual([0, '']);
    expect(await store.hold()).toEqual({ on: true, by: await ann(), reason: 'release', at: start });
    expect(out).toBe(
      `The hold is on since 2026-03-02T10:00:00Z: no remediation starts; what is under way goes on.\n  by   ${await ann()}\n  why  release`,
    );
  });

  it('on works when AWS does not say who asks', async () => {
    const { status, err } = await holdOn(store, nobody, 'release', start);
    expect(status).toBe(0);
    expect(err).toContain('for AWS does not say who you are');
    expect(await store.hold()).toMatchObject({ on: true, by: `unknown caller on ${hostname()}` });
  });

  it('on works when the hold cannot be read', async () => {
    const read = jest.spyOn(store, 'hold').mockRejectedValue(new Error('neither on nor off'));
    expect((await holdOn(store, ann, 'release', start)).status).toBe(0);
    read.mockRestore();
    expect(await store.hold()).toMatchObject({ on: true });
  });

  it('off lets remediations start again, and says whose hold was ended', async () => {
    await holdOn(store, nobody, 'release', start);
    const { status, out } = await holdOff(store, ann);
    expect(status).toBe(0);
    expect(out).toContain(`${await ann()} ended the hold of unknown caller on ${hostname()}`);
    expect(await store.hold()).toEqual({ on: false });
  });

  it('off leaves it on when AWS does not say who asks', async () => {
    await holdOn(store, ann, 'release', start);
    const { status, err } = await holdOff(store, nobody);
    expect(status).toBe(1);
    expect(err).toMatch(/^homeostat: the hold stays on, for AWS does not say who you are: .*the token has expired/);
    expect(await store.hold()).toMatchObject({ on: true });
  });

  it('off leaves alone what is off', async () => {
    expect(await holdOff(store, nobody)).toEqual({ status: 0, out: 'The hold was off already.', err: '' });
  });

  it('status says either with status 0, also as JSON', async () => {
    expect(await holdStatus(store, {})).toEqual({
      status: 0,
      out: 'The hold is off: remediations may start.',
      err: '',
    });
    expect(JSON.parse((await holdStatus(store, { json: true })).out)).toEqual({ on: false });
    await holdOn(store, ann, 'release', start);
    const { status, out } = await holdStatus(store, { json: true });
    expect(status).toBe(0);
    expect(JSON.parse(out)).toEqual({ on: true, by: await ann(), reason: 'release', at: '2026-03-02T10:00:00Z' });
  });

  describe('as a command', () => {
    const register = (program: Parameters<typeof registerHold>[0]): void => {
      registerHold(program, () => aDeployment({ sts: known }, store));
    };

    it('goes on and off under the name that AWS gives the caller', async () => {
      expect((await typed(register, 'hold', 'on', '--reason', 'a release')).status).toBe(0);
      expect(await store.hold()).toMatchObject({ on: true, by: await ann(), reason: 'a release' });
      expect((await typed(register, 'hold', 'status')).out).toContain('why  a release');
      expect((await typed(register, 'hold', 'off')).status).toBe(0);
      expect(await store.hold()).toEqual({ on: false });
    });

    it.each([
      [['hold', 'on'], "required option '--reason <text>' not specified"],
      [['hold', 'on', '--reason', '  '], 'a reason is one line of 1 to 400 characters'],
      [['hold', 'on', '--reason', 'one\ntwo'], 'a reason is one line of 1 to 400 characters'],
      [['hold', 'on', '--reason', 'x'.repeat(401)], 'a reason is one line of 1 to 400 characters'],
      [['hold', 'of'], "unknown command 'of'"],
    ])('refuses %j as wrong usage, and holds nothing', async (words, told) => {
      const { status, err } = await typed(register, ...words);
      expect([status, err]).toEqual([2, expect.stringContaining(told)]);
      expect(await store.hold()).toEqual({ on: false });
    });
  });
});
