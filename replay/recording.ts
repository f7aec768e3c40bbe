import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** A set of recorded events that happened in one world: its files, and the account and policy that belong to it. */
export interface Recording {
  /** Name of its folder or file. */
  readonly name: string;
  /** Files of events, sorted by name. */
  readonly files: readonly string[];
  /** `account.yaml` beside the events; without it the account is assumed. */
  readonly accountFile?: string;
  /** `policy.yaml` beside the events. */
  readonly policyFile?: string;
}

const isEventFile = (name: string): boolean => /\.(json|jsonl|ndjson)(\.gz)?$/.test(name);

/**
 * Finds what is recorded under `paths`. All files and folders given make one recording, except that a folder with an
 * `account.yaml`, a `policy.yaml` or an `expected.txt` of its own is a recording of its own.
 * Throws what the file system throws for a path that is not there.
 */
export async function findRecordings(paths: readonly string[]): Promise<readonly Recording[]> {
  const apart: Recording[] = [];
  const files: string[] = [];
  for (const path of paths) {
    if ((await stat(path)).isDirectory()) files.push(...(await walk(path, apart)));
    else files.push(path);
  }
  const together = files.length > 0 ? [{ name: paths.map((path) => basename(path)).join(' '), files }] : [];
  return [...together, ...apart.sort((one, other) => one.name.localeCompare(other.name))];
}

async function walk(folder: string, apart: Recording[]): Promise<string[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).sort((one, other) =>
    one.name.localeCompare(other.name),
  );
  const names = entries.map(({ name }) => name);
  const files: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await walk(path, apart)));
    else if (isEventFile(entry.name)) files.push(path);
  }
  const own = {
    ...(names.includes('account.yaml') && { accountFile: join(folder, 'account.yaml') }),
    ...(names.includes('policy.yaml') && { policyFile: join(folder, 'policy.yaml') }),
  };
  if (Object.keys(own).length === 0 && !names.includes('expected.txt')) return files;
  apart.push({ name: basename(folder), files, ...own });
  return [];
}
