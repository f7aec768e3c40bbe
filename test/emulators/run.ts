import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { variable, type Emulator } from './endpoints';
import { folder, ownFolder, sweep } from './folder';
import { pythonWithEmulators } from './python';
import { startServer, type Server } from './server';

/** Runs the emulated tests, with the emulators or the endpoint that is given; answers with the exit code. */
async function run(args: readonly string[]): Promise<number> {
  const endpoint = process.env.HOMEOSTAT_TEST_ENDPOINT;
  if (endpoint !== undefined) return await jest([{ name: 'custom', endpoint: endpoint.replace(/\/+$/, '') }], args);
  sweep();
  const python = pythonWithEmulators();
  if (python.kind === 'failed') return refuse(`The emulators could not be installed: ${python.reason}`);
  if (python.kind === 'missing') {
    const said = `The tests on emulators were not run: ${python.reason}.`;
    return isCi() ? refuse(`${said} Under CI that is a failure.`) : refuse(said, 0);
  }
  const home = ownFolder('run');
  const servers: Server[] = [];
  try {
    const starting = (['moto', 'ministack'] as const).map(async (name) => {
      servers.push(await startServer(name, python.path, home));
    });
    const failed = (await Promise.allSettled(starting)).find((one) => one.status === 'rejected');
    if (failed) return refuse(String(failed.reason));
    if (interrupted) return 130;
    servers.sort((one, other) => other.name.localeCompare(one.name));
    return await jest(
      servers.map(({ name, endpoint: at }) => ({ name, endpoint: at })),
      args,
    );
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    keepLogs(home);
  }
}

let tests: ChildProcess | undefined;
let interrupted = false;

async function jest(started: readonly Emulator[], args: readonly string[]): Promise<number> {
  const command = [
    require.resolve('jest/bin/jest'),
    '--config',
    join(__dirname, '../../jest.emulators.config.js'),
    ...args,
  ];
  const child = spawn(process.execPath, command, {
    stdio: 'inherit',
    env: { ...process.env, [variable]: JSON.stringify(started) },
  });
  tests = child;
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      resolve(code ?? 130);
    });
  });
}

const isCi = (): boolean => !['', '0', 'false'].includes(process.env.CI ?? '');

function refuse(message: string, code = 1): number {
  process.stderr.write(`${message}\n`);
  return code;
}

/** The logs of the last run stay; what the emulators wrote besides does not. */
function keepLogs(home: string): void {
  const logs = join(folder, 'logs');
  mkdirSync(logs, { recursive: true });
  for (const name of readdirSync(home)) if (name.endsWith('.log')) cpSync(join(home, name), join(logs, name));
  rmSync(home, { recursive: true, force: true });
}

// An interrupt ends the tests, and by that the run: the emulators are stopped on the way out, as ever.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    interrupted = true;
    tests?.kill('SIGTERM');
  });
}

run(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = refuse(String(error));
  },
);
