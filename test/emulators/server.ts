import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import type { EmulatorName } from './endpoints';

/** An emulator that answers. */
export interface Server {
  readonly name: EmulatorName;
  readonly endpoint: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** A path of each emulator that answers as soon as AWS requests are answered. */
const healthPaths = { moto: '/moto-api/', ministack: '/_ministack/health' };
const startWithinMs = 60_000;
const stopWithinMs = 5_000;

/** Starts an emulator on a free loopback port and waits until it answers. Somebody else may take the port first: then another is tried. */
export async function startServer(name: 'moto' | 'ministack', python: string, runFolder: string): Promise<Server> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(name, python, runFolder);
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

async function startOnce(name: 'moto' | 'ministack', python: string, runFolder: string): Promise<Server> {
  const port = await freePort();
  const home = join(runFolder, name);
  mkdirSync(home, { recursive: true });
  const logFile = join(runFolder, `${name}.log`);
  const log = openSync(logFile, 'a');
  const child = spawn(python, [join(__dirname, 'serve.py'), name, `${port}`], {
    stdio: ['pipe', log, log],
    env: environment(home),
  });
  closeSync(log);
  const ended = new Promise<string>((resolve) => {
    child.once('error', ({ message }) => {
      resolve(message);
    });
    child.once('exit', (code, signal) => {
      resolve(`it ended with ${signal ?? `code ${code}`}`);
    });
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const outcome = await Promise.race([ended, answering(endpoint + healthPaths[name])]);
  if (outcome !== 'answers' || child.pid === undefined) {
    await stop(child, ended);
    throw new Error(`${name} did not start: ${outcome}. Its log is ${logFile}.`);
  }
  return { name, endpoint, pid: child.pid, stop: () => stop(child, ended) };
}

/** What an emulator sees of this machine: neither anybody's credentials nor a folder outside of its own. */
function environment(home: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: home,
    TMPDIR: home,
    STATE_DIR: join(home, 'state'),
    S3_DATA_DIR: join(home, 's3'),
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    NO_PROXY: '*',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUNBUFFERED: '1',
  };
}

async function answering(url: string): Promise<string> {
  const deadline = Date.now() + startWithinMs;
  while (Date.now() < deadline) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    if (answer?.ok) return 'answers';
    await passed(50);
  }
  return `no answer within ${startWithinMs / 1_000} s`;
}

/** Ends it by its own handle. One that does not end is killed: none outlives the run. */
async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.kill('SIGTERM');
  const abandon = new AbortController();
  await Promise.race([ended, passed(stopWithinMs, undefined, { signal: abandon.signal }).catch(() => undefined)]);
  abandon.abort();
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await ended;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
