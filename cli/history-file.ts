import { closeSync, openSync, writeSync } from 'node:fs';
import { HistoryRecorder } from '../replay/history';
import type { Commit, HistoryEntry } from '../runtime/store/incident-store';
import type { Incident } from '../statemachines/incident';
import { release } from './release';

/** A new file of histories, one a line as they end. Throws for a file that is there: it may be the only copy. */
export class HistoryFile {
  readonly #recorder = new HistoryRecorder(release());
  readonly #file: number;

  constructor(path: string) {
    try {
      this.#file = openSync(path, 'wx');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      throw new Error(`${path} is there already: name a file that is not, or remove it`, { cause: error });
    }
  }

  readonly onCommit = (commit: Commit): void => {
    this.#recorder.onCommit(commit);
  };

  readonly onHistory = (incident: Incident, history: readonly HistoryEntry[]): void => {
    writeSync(this.#file, `${JSON.stringify(this.#recorder.historyOf(incident, history))}\n`);
  };

  close(): void {
    closeSync(this.#file);
  }
}
