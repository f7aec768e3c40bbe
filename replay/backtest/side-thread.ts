import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Side, SideSetting } from './side';

/** What a thread that plays a side tells. */
export type FromWorker =
  { readonly kind: 'progress'; readonly events: number } | { readonly kind: 'side'; readonly side: Side };

/** The sources run as they are: each thread must be told how. */
const typescript = join(__dirname, '../../bin/typescript.js');

/** Plays a side in a thread of its own. Rejects with what is thrown there: the message is the same. */
export function playInThread(setting: SideSetting, onProgress: (events: number) => void): Promise<Side> {
  return new Promise((done, fail) => {
    const worker = new Worker(join(__dirname, 'side-worker.ts'), {
      workerData: setting,
      execArgv: ['--require', typescript],
    });
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'side') done(message.side);
      else onProgress(message.events);
    });
    worker.once('error', fail);
    worker.once('exit', (status) => {
      fail(new Error(`a thread ended with status ${status} before it had played its side`));
    });
  });
}
