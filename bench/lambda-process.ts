import { fork, spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const host = join(__dirname, 'lambda-host.js');
const readsProc = process.platform === 'linux';

/** What one batch took, in milliseconds: from the call of the handler to its answer. */
export interface Invocation {
  readonly milliseconds: number;
  /** Of the whole process since its start, all threads. */
  readonly cpuOfProcess: number;
}

/** A process that has just been started on one batch. */
export function coldProcess(index: string, batchFile: string, env: Record<string, string>): ChildProcess {
  // A channel to the process costs it some CPU; where it need not be asked, it gets none.
  return spawn(process.execPath, [host, index, batchFile], {
    env: { ...env, NODE_DISABLE_COMPILE_CACHE: '1' },
    stdio: ['ignore', 'ignore', 'inherit', ...(readsProc ? [] : ['ipc' as const])],
  });
}

/** CPU of a process and all its threads since its start, in milliseconds. Elsewhere than on Linux the process is asked. */
export async function cpuOf(child: ChildProcess): Promise<number> {
  if (!readsProc) {
    const told = new Promise<NodeJS.CpuUsage>((resolve) =>
      child.once('message', (usage) => {
        resolve(usage as NodeJS.CpuUsage);
      }),
    );
    child.send('cpu');
    const { user, system } = await told;
    return (user + system) / 1_000;
  }
  const threads = `/proc/${child.pid ?? 0}/task`;
  const nanoseconds = readdirSync(threads).map((id) =>
    Number(readFileSync(`${threads}/${id}/schedstat`, 'utf8').split(' ')[0]),
  );
  return nanoseconds.reduce((all, one) => all + one, 0) / 1e6;
}

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await over;
}

/** A process that takes batches one after the other. */
export class WarmProcess {
  private constructor(private readonly child: ChildProcess) {}

  static async start(index: string, env: Record<string, string>): Promise<WarmProcess> {
    const child = fork(host, [index], { env, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const warm = new WarmProcess(child);
    await warm.#next();
    return warm;
  }

  /** `now` is what the process takes for the time; absent: the time. Throws when a message was given back. */
  async invoke(batch: object, now?: number): Promise<Invocation> {
    this.child.send({ now, batch });
    const { answer, ...took } = (await this.#next()) as Invocation & {
      readonly answer: { batchItemFailures: object[] };
    };
    if (answer.batchItemFailures.length > 0) throw new Error('A message of the bench was given back to the queue.');
    return took;
  }

  async end(): Promise<void> {
    await ended(this.child);
  }

  async #next(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const died = (code: number | null): void => {
        reject(new Error(`A function of the bench ended by itself, with status ${code ?? 'none'}.`));
      };
      this.child.once('exit', died).once('message', (message) => {
        this.child.off('exit', died);
        resolve(message);
      });
    });
  }
}
