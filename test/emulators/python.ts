import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { folder, ownFolder } from './folder';

const requirements = join(__dirname, 'requirements.txt');
const oldest = [3, 10] as const;

/** A Python that has the emulators; or why this machine cannot have one; or how the installation failed. */
export type Python =
  | { readonly kind: 'python'; readonly path: string }
  | { readonly kind: 'missing'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

const probe = `
import sys, sysconfig
import venv, ensurepip
print(sys.version_info[0], sys.version_info[1], sysconfig.get_platform(), sys.executable)`;

/**
 * The installed emulators. They are installed on first use, under a name that tells the pins and the Python, and
 * under another one until all is there: an interrupted installation is never taken for a finished one.
 */
export function pythonWithEmulators(): Python {
  const found = ['python3', 'python'].map(probed);
  const base = found.find((one) => one.kind === 'base');
  if (base?.kind !== 'base') {
    const reasons = found.map((one) => (one.kind === 'missing' ? one.reason : '')).join('; ');
    return { kind: 'missing', reason: `they need Python ${oldest.join('.')} or newer with venv and pip: ${reasons}` };
  }
  const pins = createHash('sha256').update(readFileSync(requirements)).update(base.name).digest('hex').slice(0, 16);
  const home = join(folder, `python-${pins}`);
  const path = join(home, 'bin/python');
  return existsSync(path) ? { kind: 'python', path } : installed(base.command, home);
}

type Probed =
  | { readonly kind: 'base'; readonly command: string; readonly name: string }
  | { readonly kind: 'missing'; readonly reason: string };

function probed(command: string): Probed {
  const { stdout, stderr, error, status } = spawnSync(command, ['-c', probe], { encoding: 'utf8' });
  if (error) return { kind: 'missing', reason: `there is no ${command}` };
  if (status !== 0) return { kind: 'missing', reason: `${command} lacks a part (${lastLine(stderr)})` };
  const [major = 0, minor = 0] = stdout.split(' ').map(Number);
  const isOld = major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
  if (isOld) return { kind: 'missing', reason: `${command} is ${major}.${minor}` };
  return { kind: 'base', command, name: stdout.trim() };
}

function installed(command: string, home: string): Python {
  process.stdout.write(`Installing the emulators into ${home}: once, a minute or so.\n`);
  const unfinished = ownFolder('installing');
  const inside = join(unfinished, 'bin/python');
  const steps: [string, string[]][] = [
    [command, ['-m', 'venv', unfinished]],
    // No dependency is looked up: what is not pinned is not installed, and `check` tells it.
    [inside, ['-m', 'pip', 'install', '--no-deps', '--only-binary', ':all:', '--quiet', '-r', requirements]],
    [inside, ['-m', 'pip', 'check', '--quiet']],
  ];
  for (const [step, args] of steps) {
    const { status, stderr, stdout, error } = spawnSync(step, args, { encoding: 'utf8' });
    if (status === 0) continue;
    rmSync(unfinished, { recursive: true, force: true });
    const said = error?.message ?? lastLine(stderr === '' ? stdout : stderr);
    return { kind: 'failed', reason: `\`${[step, ...args].join(' ')}\` failed: ${said}. The next run tries again.` };
  }
  // Left over where the Python that it was made with is gone.
  if (!existsSync(join(home, 'bin/python'))) rmSync(home, { recursive: true, force: true });
  try {
    renameSync(unfinished, home);
  } catch (error) {
    // Another run was faster; what it installed is the same.
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(join(home, 'bin/python'))) throw error;
  }
  return { kind: 'python', path: join(home, 'bin/python') };
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
