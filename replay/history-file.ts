import { machineId } from '../statemachines/incident';
import { historyFormat, type History } from './history';
import { historySchema } from './history-schema';
import { readRecorded } from './recorded-events';
import { findRecordings } from './recording';

/** Not a history that this program can read; its message names the place, what is wrong there, and what to do. */
export class HistoryError extends Error {
  override readonly name = 'HistoryError';
}

/** A history with where it stands: `file`, `file:line` or `file[index]`. */
export type FoundHistory =
  | { readonly kind: 'history'; readonly position: string; readonly history: History }
  | { readonly kind: 'unreadable'; readonly position: string; readonly message: string };

/**
 * The histories of a file, or of all files under a folder: one, an array or JSON Lines of them, also `.gz`. One that cannot be
 * read does not hide the next. Throws what the file system throws.
 */
export async function* historiesIn(path: string): AsyncGenerator<FoundHistory> {
  const recordings = await findRecordings([path]);
  for (const file of recordings.flatMap(({ files }) => files)) yield* historiesOf(file);
}

async function* historiesOf(file: string): AsyncGenerator<FoundHistory> {
  for await (const one of readRecorded([file])) {
    const { position } = one;
    if (one.kind === 'unreadable') yield one;
    else {
      try {
        yield { kind: 'history', position, history: readHistory(one.event) };
      } catch (error) {
        if (!(error instanceof HistoryError)) throw error;
        yield { kind: 'unreadable', position, message: error.message };
      }
    }
  }
}

const howToWrite = 'homeostat incident ID --history writes one';
/** As many faults of one history are told. */
const faultsAtMost = 3;

/** Reads one history, whole and in order. Throws a `HistoryError`. */
export function readHistory(value: unknown): History {
  const { format, opened } = (value ?? {}) as { readonly format?: unknown; readonly opened?: unknown };
  if (format !== historyFormat) {
    throw new HistoryError(
      typeof format === 'number'
        ? `it is written in format ${format}, and this program knows ${historyFormat}: use the release that wrote it`
        : `it is not a history: ${howToWrite}`,
    );
  }
  const read = historySchema.safeParse(value);
  if (!read.success) {
    const issues = read.error.issues.map(({ path, message }) => `${pathOf(path)}: ${message}`);
    const more = issues.length > faultsAtMost ? `; and ${issues.length - faultsAtMost} more` : '';
    throw new HistoryError(
      `it cannot be read. ${issues.slice(0, faultsAtMost).join('; ')}${more}. ${byAnother(opened)}`.trim(),
    );
  }
  const history = value as History;
  checkWhole(history);
  return { ...history, entries: read.data.entries as History['entries'] };
}

/** A fault that is none in the release that wrote it. */
function byAnother(opened: unknown): string {
  const { name, version } = (opened as { machine?: { name?: unknown; version?: unknown } } | undefined)?.machine ?? {};
  if (typeof name !== 'string' || typeof version !== 'number') return '';
  if (name === machineId.name && version === machineId.version) return '';
  return `Machine ${name} ${version} decided it, and this program has ${machineId.name} ${machineId.version}: use the release that wrote it.`;
}

/** A history with a gap would be told as a decision that differs, and nobody decided that. */
function checkWhole({ opened, entries, ended }: History): void {
  if (opened.machine.name !== machineId.name)
    throw new HistoryError(`machine ${opened.machine.name} decided it, and this program has ${machineId.name}`);
  if (entries[0]?.event.type !== 'incident.opened')
    throw new HistoryError(`entries[0] is not incident.opened: its beginning is missing. ${howToWrite} that is whole`);
  let before = entries[0].from;
  for (const [index, { from, to }] of entries.entries()) {
    if (from !== before)
      throw new HistoryError(
        `entries[${index}] begins in ${from}, and the one before ended in ${before}: entries are missing. ${howToWrite} that is whole`,
      );
    before = to;
  }
  if (ended.state !== before)
    throw new HistoryError(
      `it ended in ${ended.state}, and its last entry in ${before}: entries are missing. ${howToWrite} that is whole`,
    );
}

function pathOf(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text.replace(/^\./, '') || 'the whole';
}
