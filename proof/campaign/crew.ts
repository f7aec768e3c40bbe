import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { brokenOff, type Job, type Outcome } from './outcome';

/** A file whose text is another than the one on disk, in the threads of one crew. */
export interface Patch {
  /** Whole path. */
  readonly file: string;
  readonly text: string;
}

interface Waiting {
  readonly job: Job;
  readonly done: (outcome: Outcome) => void;
}

const entry = join(__dirname, '../../bin/trial-worker.js');
/** Milliseconds of real time after which a trial hangs. The longest takes a few seconds on a busy machine. */
const hangsAfter = 120_000;

/** What a trial leaves behind dies young: with room for it the collector has little to do. */
const resourceLimits = { maxYoungGenerationSizeMb: 64 };

/** Threads that run trials. Whoever is free takes the next: which thread runs what makes no difference to what comes of it. */
export class Crew {
  readonly #waiting: Waiting[] = [];
  readonly #free: Worker[] = [];
  readonly #all = new Set<Worker>();

  constructor(
    readonly threads: number,
    private readonly patch?: Patch,
  ) {}

  /** Runs a trial as soon as a thread is free. A trial that throws, hangs or kills its thread has failed; this never throws. */
  run(job: Job): Promise<Outcome> {
    return new Promise((done) => {
      this.#waiting.push({ job, done });
      this.#assign();
    });
  }

  /** Ends all threads; what they had in hand is never answered. */
  async close(): Promise<void> {
    this.#waiting.length = 0;
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
    this.#all.clear();
  }

  #assign(): void {
    while (this.#waiting.length > 0 && (this.#free.length > 0 || this.#all.size < this.threads)) {
      const next = this.#waiting.shift();
      if (next) this.#hand(this.#free.pop() ?? this.#hire(), next);
    }
  }

  #hire(): Worker {
    // What this process has preloaded would come before the patch.
    const worker = new Worker(entry, { workerData: { patch: this.patch }, execArgv: [], resourceLimits });
    this.#all.add(worker);
    return worker;
  }

  #hand(worker: Worker, { job, done }: Waiting): void {
    const settle = (outcome: Outcome, isLost: boolean): void => {
      clearTimeout(watchdog);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      if (isLost) this.#dismiss(worker);
      else this.#free.push(worker);
      done(outcome);
      this.#assign();
    };
    const lost = (what: string): void => {
      settle(brokenOff(job.plan, what), true);
    };
    const onMessage = (outcome: Outcome): void => {
      settle(outcome, false);
    };
    const onError = (error: unknown): void => {
      lost(error instanceof Error ? (error.stack ?? error.message) : String(error));
    };
    const onExit = (code: number): void => {
      lost(`its thread ended with status ${code}`);
    };
    const watchdog = setTimeout(() => {
      lost(`it does not end: ${hangsAfter / 1_000} seconds have passed`);
    }, hangsAfter);
    worker.once('message', onMessage).once('error', onError).once('exit', onExit);
    worker.postMessage(job);
  }

  #dismiss(worker: Worker): void {
    this.#all.delete(worker);
    // What it still complains of is of no interest any more.
    worker.on('error', () => undefined);
    void worker.terminate();
  }
}
