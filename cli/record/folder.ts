import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mark } from './checkpoint';
import { timeOf } from '../../replay/recorded-events';

const describedFile = 'record.described';
const accountFile = 'account.yaml';
const eventFile = /^events-\d{4}-\d\d-\d\d\.jsonl$/;
const buffered = 256 * 1024;

interface Appended {
  readonly handle: FileHandle;
  size: number;
  pending: string[];
  pendingLength: number;
}

/** The files of a recording. What was appended counts once `sizes` has answered. */
export class RecordingFolder {
  private readonly open = new Map<string, Appended>();

  private constructor(readonly path: string) {}

  /** Opens a folder, made if need be, with all that a mark does not know of cut off. */
  static async at(path: string, mark: Pick<Mark, 'files' | 'described'>): Promise<RecordingFolder> {
    await mkdir(path, { recursive: true });
    const folder = new RecordingFolder(path);
    try {
      await folder.take(mark);
    } catch (error) {
      await folder.close();
      throw error;
    }
    return folder;
  }

  /** What was left behind by a recording that was interrupted when all was done but this. */
  static async tidyAt(path: string): Promise<void> {
    await rm(join(path, describedFile), { force: true });
  }

  private async take(mark: Pick<Mark, 'files' | 'described'>): Promise<void> {
    for (const name of await readdir(this.path)) {
      if (eventFile.test(name) && mark.files[name] === undefined) await rm(join(this.path, name));
    }
    for (const [name, size] of Object.entries({ ...mark.files, [describedFile]: mark.described })) {
      await cutOff(await this.file(name), join(this.path, name), size);
    }
  }

  async appendEvent(day: string, event: object): Promise<void> {
    await this.append(`events-${day}.jsonl`, event);
  }

  async appendDescribed(entry: object): Promise<void> {
    await this.append(describedFile, entry);
  }

  /** What was described so far, as it was appended. */
  async described(): Promise<readonly unknown[]> {
    await this.sizes();
    const text = await readFile(join(this.path, describedFile), 'utf8');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line): unknown => JSON.parse(line));
  }

  /** Puts everything on disk, and answers the sizes of the files. */
  async sizes(): Promise<Pick<Mark, 'files' | 'described'>> {
    for (const file of this.open.values()) {
      const dirty = file.pendingLength > 0;
      await flush(file);
      if (dirty) await file.handle.datasync();
    }
    const all = [...this.open].map(([name, { size }]): [string, number] => [name, size]);
    return {
      files: Object.fromEntries(all.filter(([name]) => eventFile.test(name))),
      described: this.open.get(describedFile)?.size ?? 0,
    };
  }

  /** Puts the events of each day into the order of their times; those of one time stay as they were. */
  async sort(): Promise<void> {
    for (const name of Object.keys((await this.sizes()).files)) {
      const file = join(this.path, name);
      const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
      const timed = lines.map((line) => ({
        line,
        at: timeOf({ kind: 'event', event: JSON.parse(line) as unknown, position: '' }),
      }));
      const sorted = timed.toSorted((one, other) => one.at - other.at).map(({ line }) => `${line}\n`);
      await writeFile(`${file}.new`, sorted.join(''));
      await rename(`${file}.new`, file);
    }
  }

  async writeAccount(text: string): Promise<void> {
    const file = join(this.path, accountFile);
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  }

  /** Takes away what only the recording itself needed. */
  async tidy(): Promise<void> {
    await this.close();
    await RecordingFolder.tidyAt(this.path);
  }

  async close(): Promise<void> {
    for (const { handle } of this.open.values()) await handle.close();
    this.open.clear();
  }

  private async append(name: string, value: object): Promise<void> {
    const file = await this.file(name);
    const line = `${JSON.stringify(value)}\n`;
    file.pending.push(line);
    file.pendingLength += line.length;
    if (file.pendingLength > buffered) await flush(file);
  }

  private async file(name: string): Promise<Appended> {
    const known = this.open.get(name);
    if (known) return known;
    const file = { handle: await open(join(this.path, name), 'a', 0o600), size: 0, pending: [], pendingLength: 0 };
    this.open.set(name, file);
    return file;
  }
}

/** A file that grew to less than it should have is none that was left here: cut longer, it would hold nothing. */
async function cutOff(file: Appended, name: string, size: number): Promise<void> {
  if ((await file.handle.stat()).size < size)
    throw new Error(`${name} is not as it was left: record into another folder, or put it back`);
  await file.handle.truncate(size);
  file.size = size;
}

async function flush(file: Appended): Promise<void> {
  const bytes = Buffer.from(file.pending.join(''));
  file.pending = [];
  file.pendingLength = 0;
  await file.handle.appendFile(bytes);
  file.size += bytes.length;
}
