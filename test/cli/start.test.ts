import { spawn, type ChildProcess } from 'node:child_process';
import { homeostat, homeostatIn, program, root, impaired } from './command';

let service: ChildProcess;
let address = '';
let printed = '';

/** Resolves when what the service printed contains `text`. */
function sees(text: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const found = text.exec(printed);
      if (!found) return;
      service.stdout?.off('data', look);
      resolve(found);
    };
    service.stdout?.on('data', look);
    service.once('exit', () => {
      reject(new Error(`The service ended. It printed:\n${printed}`));
    });
    look();
  });
}

beforeAll(async () => {
  service = spawn(process.execPath, [program, 'start', '--port', '0'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  service.stdout?.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  address = (await sees(/http:\/\/127\.0\.0\.1:\d+/))[0];
}, 30_000);

afterAll(() => {
  service.kill('SIGKILL');
});

const post = async (body: string): Promise<{ status: number; answer: Record<string, unknown> }> => {
  const response = await fetch(`${address}/events`, { method: 'POST', body });
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
};

describe('homeostat start', () => {
  it('shows a healed incident before it listens', () => {
    expect(printed).toMatch(/resolved after/);
    expect(printed.indexOf('resolved after')).toBeLessThan(printed.indexOf('Listening'));
  });

  it('answers an event with its decision and prints what becomes of it', async () => {
    const { status, answer } = await post(JSON.stringify(impaired('i-0aaaaaaaaaaaaaaaa', '2026-04-01T00:00:00Z')));
    expect([status, answer]).toEqual([200, { decisions: [expect.objectContaining({ decision: 'opened' })] }]);
    const { incident } = (answer.decisions as { incident: string }[])[0]!;
    await sees(new RegExp(`${incident} .*resolved after`));
  });

  it('answers an array with a decision for each, in order', async () => {
    const other = impaired('i-0bbbbbbbbbbbbbbbb', '2026-04-02T00:00:00Z');
    const { answer } = await post(JSON.stringify([other, other, { nonsense: true }]));
    expect((answer.decisions as { decision: string }[]).map(({ decision }) => decision)).toEqual([
      'opened',
      'ignored',
      'invalid',
    ]);
  });

  it('answers what is not JSON with 400, and goes on', async () => {
    expect((await post('{ oops')).status).toBe(400);
    expect((await post('{}')).status).toBe(200);
  });

  it('refuses a body that is too large', async () => {
    const { status, answer } = await post(`"${'x'.repeat(3_000_000)}"`);
    expect(status).toBe(400);
    expect(answer.error).toMatch(/send fewer events/);
  });

  it('knows no other door', async () => {
    expect((await fetch(`${address}/events`)).status).toBe(404);
    expect((await fetch(`${address}/incidents`, { method: 'POST', body: '{}' })).status).toBe(404);
  });

  it('says which port is taken, and how to choose another', () => {
    const port = address.split(':')[2]!;
    const { status, err } = homeostatIn({}, 'start', '--port', port);
    expect([status, err]).toEqual([1, `homeostat: port ${port} is taken: choose another with --port\n`]);
  });

  it.each(['abc', '-1', '65536', '80.5'])('refuses %s as a port', async (port) => {
    const { status, err } = await homeostat('start', `--port=${port}`);
    expect(status).toBe(2);
    expect(err).toContain('a port is a whole number from 0 to 65535');
  });
});

describe('homeostat start with a sample that asks people', () => {
  const sample = 'test/recordings/approval-unanswered';
  let asking: ChildProcess;
  let out = '';
  beforeAll(() => {
    asking = spawn(process.execPath, [program, 'start', '--port', '0', '--sample', sample], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    asking.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
  });
  afterAll(() => {
    asking.kill('SIGKILL');
  });
  const until = (text: RegExp): Promise<string> =>
    new Promise((resolve) => {
      const look = (): void => {
        const [found] = text.exec(out) ?? [];
        if (found === undefined) return;
        asking.stdout?.off('data', look);
        resolve(found);
      };
      asking.stdout?.on('data', look);
      look();
    });

  it('shows a link to a page by which it is approved, and then healed', async () => {
    const url = await until(/http:\/\/127\.0\.0\.1:\d+\/answer\/[\w-]{43}/);
    const page = await (await fetch(url)).text();
    expect(page).toContain('May Homeostat stop i-0a1b2c3d4e5f60711 and start it on another host');
    const send = async (form: Record<string, string>) =>
      fetch(url, { method: 'POST', body: new URLSearchParams(form).toString() });
    const sure = await (await send({ decision: 'approve' })).text();
    const code = /type <code>(\w{4})<\/code>/.exec(sure)?.[1] ?? '';
    expect((await send({ decision: 'approve', confirm: 'yes', code })).status).toBe(200);
    expect(await until(/resolved after/)).toBe('resolved after');
    expect(await (await fetch(url)).text()).toContain('It was approved at');
  }, 30_000);
});
