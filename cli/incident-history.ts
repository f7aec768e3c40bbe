import { historyOf, type History } from '../replay/history';
import { UnreadableIncidentError, type IncidentStore } from '../runtime/store/incident-store';
import { failed, fine, type CommandResult } from './command-result';
import { release } from './release';

/** An incident that moves while it is read is read again this often. */
const readsAtMost = 5;

/** The history of an incident of a deployment; in words why there is none. */
export async function historyIn(store: IncidentStore, id: string): Promise<History | string> {
  try {
    for (let reads = 0; reads < readsAtMost; reads += 1) {
      const before = await store.read(id);
      if (!before)
        return `there is no incident ${id}: homeostat incidents lists those there are; what ended long ago is forgotten`;
      const entries = await store.history(id);
      const after = await store.read(id);
      if (after?.revision === before.revision) return historyOf(before, entries, release());
    }
  } catch (error) {
    if (!(error instanceof UnreadableIncidentError)) throw error;
    return `incident ${id} cannot be read: ${error.message}; use the version of homeostat that wrote it`;
  }
  return `incident ${id} moved on each time that it was read: try again in a minute`;
}

/** `homeostat incident ID --history`: one JSON object, to be kept and decided anew. */
export async function printedHistory(store: IncidentStore, id: string): Promise<CommandResult> {
  const found = await historyIn(store, id);
  return typeof found === 'string' ? failed(found) : fine(JSON.stringify(found, null, 2));
}
