import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What the emulators need and write; git-ignored, and safe to delete while no run is on. */
export const folder = join(__dirname, '../../.emulators');

/** A folder of this process alone: named by its id, so that a later run can tell whether its owner lives. */
export function ownFolder(kind: 'installing' | 'run'): string {
  const path = join(folder, `${kind}-${process.pid}`);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  return path;
}

/** Removes what killed runs left behind: half an installation above all. */
export function sweep(): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    const owner = /^(?:installing|run)-(\d+)$/.exec(name)?.[1];
    if (owner !== undefined && !lives(Number(owner))) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
