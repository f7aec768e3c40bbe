import { parentPort, workerData } from 'node:worker_threads';
import { playSide, type SideSetting } from './side';
import type { FromWorker } from './side-thread';

/** The main file of a thread that plays one side: its data is the setting, its last message the side. */
async function main(): Promise<void> {
  const tell = (message: FromWorker): void => parentPort?.postMessage(message);
  const side = await playSide(workerData as SideSetting, (events) => {
    tell({ kind: 'progress', events });
  });
  tell({ kind: 'side', side });
}

void main();
