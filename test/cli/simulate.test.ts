import { registerSimulate } from '../../cli/simulate';
import { typed } from './deployed';

const simulate = (...words: string[]) => typed(registerSimulate, 'simulate', ...words);

// Threads compile what they run, and the machine may be busy.
jest.setTimeout(60_000);

describe('homeostat simulate', () => {
  let begun: ReturnType<typeof simulate> | undefined;
  const inTwoThreads = () => (begun ??= simulate('--seeds', '4', '--threads', '2', '--from', '31'));

  it('runs worlds, and tells what went wrong in them, what was reached, and that some ran twice', async () => {
    const { status, out } = await inTwoThreads();
    expect(status).toBe(0);
    expect(out).toMatch(/^Faults that struck:\nclass +fault +struck +it happens that …\ndelivery +event-twice +\d+ /);
    expect(out).toMatch(/ healed by: drain-target \d+, /);
    expect(out).toMatch(/ states at the end: resolved \d+, /);
    expect(out).toContain('(that all of it happened is demanded from 1000 seeds on, with all faults)');
    expect(out).toMatch(/\n4 seeds from 31 in [\d.]+ s: \d+ incidents, /);
    expect(out).toContain('3 seeds ran twice, each with the same hash');
    expect(out).toMatch(/\nhash of all trials: [0-9a-f]{16}\nNothing is violated\.\n$/);
  });

  it('has one hash for the same worlds, whatever the number of threads', async () => {
    const { out } = await simulate('--seeds', '4', '--threads', '1', '--from', '31', '--json');
    const { hash } = JSON.parse(out) as { hash: string };
    expect(hash).toMatch(/^[0-9a-f]{16}$/);
    expect((await inTwoThreads()).out).toContain(`\nhash of all trials: ${hash}\n`);
  });

  it('leaves away the faults that are named after --without, and all others but those after --only', async () => {
    const struck = async (...words: string[]): Promise<string[]> => {
      const { out } = await simulate('--seed', '33', '--json', ...words);
      return (JSON.parse(out) as { had: string[] }).had;
    };
    const [first = '', second = '', ...rest] = await struck();
    expect(await struck('--without', first)).toEqual([second, ...rest]);
    expect(await struck('--only', `${second},${first}`)).toEqual([first, second]);
    expect(await struck('--only', 'none')).toEqual([]);
  });

  it('shows all that happens in one world, and the same hash each time', async () => {
    const { status, out } = await simulate('--seed', '33', '--full');
    expect(status).toBe(0);
    expect(out).toMatch(/^homeostat simulate --seed 33\n\nFaults that it has, and how often each struck:\n/);
    expect(out).toMatch(/\n {2}02 09:\d\d:\d\d {2}the world {4}\S+ /);
    expect(out).toMatch(/\n\d+ incidents?; hash [0-9a-f]{16}\nNothing is violated\.\n$/);
    expect((await simulate('--seed', '33', '--full')).out).toBe(out);
  });

  it.each([
    [['--seeds', '0'], 'It has to be 1 or more.'],
    [['--seeds', 'many'], 'It has to be a whole number from 0 to 2147483647.'],
    [['--seed', '99999999999'], 'It has to be a whole number from 0 to 2147483647.'],
    [['--only', 'aws-throtled'], 'There is no fault aws-throtled; did you mean aws-throttled?'],
    [['--only', 'storm', '--without', 'storm'], 'cannot be used with'],
    [['--seed', '1', '--seeds', '2'], 'cannot be used with'],
    [['--ailments', '1'], "option '--ailments <places>' is for one world: name it with --seed"],
    [['--only-mutation', 'no-lok'], 'There is no mutation no-lok; did you mean no-lock?'],
    [['--mutations', '--seed', '1'], 'cannot be used with'],
  ])('refuses %j as wrong usage', async (words, why) => {
    const { status, out, err } = await simulate(...words);
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain(why);
  });

  it('plants a bug, and tells by which invariant it was found, and after how many seeds', async () => {
    const { status, out } = await simulate('--only-mutation', 'commit-after-effect', '--seeds', '20');
    expect(status).toBe(0);
    expect(out).toMatch(
      /\ncommit-after-effect +AWS is touched first, and the intent committed after +I\d+ +\d+ +\d+\n/,
    );
    expect(out).toMatch(/\nAll 1 planted bugs were found within 20 seeds, in \d+ s\.\n$/);
  });

  it('fails where a planted bug is not found, and says what it was to break', async () => {
    const { status, out } = await simulate('--only-mutation', 'late-yes-counts', '--seeds', '1');
    expect(status).toBe(1);
    expect(out).toContain('late-yes-counts (statemachines/incident-machine/guards.ts) was to break I14.');
    expect(out).toMatch(/\nNOT FOUND within 1 seed: 1 of 1 planted bugs, in \d+ s\.\n$/);
  });
});
