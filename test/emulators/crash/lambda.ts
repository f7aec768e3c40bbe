import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { SQSBatchResponse } from 'aws-lambda';

/** A call of a handler that came to nothing, because its process died. */
export class LambdaDiedError extends Error {
  override readonly name = 'LambdaDiedError';
}

export interface LambdaSettings {
  /** Folder of the bundle. */
  readonly bundle: string;
  readonly environment: Readonly<Record<string, string>>;
}

type Answer = 'ready' | { readonly call: number; readonly result?: unknown; readonly error?: string };

/** The deployed function in a process of its own. A killed one is followed by a new one at the next call, as on Lambda. */
export class Lambda {
  readonly #log: string[] = [];
  #child: ChildProcess | undefined;
  #calls = 0;

  constructor(private readonly settings: LambdaSettings) {}

  /** What it wrote, in chunks, of all its processes. */
  get log(): string {
    return this.#log.join('');
  }

  async work(
    bodies: readonly { readonly id: string; readonly body: string }[],
    now: number,
  ): Promise<SQSBatchResponse> {
    const Records = bodies.map(({ id, body }) => ({
      messageId: id,
      body,
      attributes: { ApproximateReceiveCount: '1' },
    }));
    return (await this.#call('work', { Records }, now)) as SQSBatchResponse;
  }

  /** Hands a request of a browser to the page. */
  async answer(
    { method, path, body }: { readonly method: string; readonly path: string; readonly body: string },
    now: number,
  ): Promise<{ readonly statusCode: number; readonly body: string }> {
    const call = { rawPath: path, body, isBase64Encoded: false, requestContext: { http: { method } } };
    return (await this.#call('answer', call, now)) as { readonly statusCode: number; readonly body: string };
  }

  async sweep(now: number): Promise<void> {
    await this.#call('sweep', {}, now);
  }

  /** As when the machine goes down: nothing more is done. */
  kill(): void {
    this.#child?.kill('SIGKILL');
  }

  async end(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await ended;
  }

  async #call(handler: 'work' | 'answer' | 'sweep', event: object, now: number): Promise<unknown> {
    const child = await this.#running();
    const call = (this.#calls += 1);
    return new Promise((done, failed) => {
      const heard = (answer: Answer): void => {
        if (answer === 'ready' || answer.call !== call) return;
        settle();
        if (answer.error === undefined) done(answer.result);
        else failed(new Error(answer.error));
      };
      const died = (): void => {
        settle();
        failed(new LambdaDiedError(`the process died in ${handler}`));
      };
      const settle = (): void => {
        child.off('message', heard).off('exit', died);
      };
      child.on('message', heard).once('exit', died);
      child.send({ call, handler, event, now }, (error) => {
        if (error) died();
      });
    });
  }

  async #running(): Promise<ChildProcess> {
    const last = this.#child;
    if (last && last.exitCode === null && last.signalCode === null && !last.killed) return last;
    const child = fork(join(__dirname, 'lambda-host.js'), [this.settings.bundle], {
      execArgv: [],
      silent: true,
      env: { PATH: process.env.PATH, ...this.settings.environment },
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => this.#log.push(chunk.toString()));
    await new Promise<void>((ready, failed) => {
      child.once('message', () => {
        ready();
      });
      child.once('exit', () => {
        failed(new LambdaDiedError(`the bundle does not load: ${this.log}`));
      });
    });
    return child;
  }
}
