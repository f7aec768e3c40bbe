import type { OutputConfiguration } from 'commander';

/** What a person sees who types a command. */
export interface Seen {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** What `work` prints and the status that it leaves, as if it were a process of its own. */
export async function printed(work: (output: OutputConfiguration) => Promise<unknown>): Promise<Seen> {
  const before = process.exitCode;
  let out = '';
  let err = '';
  const writeOut = (text: string): void => void (out += text);
  const writeErr = (text: string): void => void (err += text);
  const log = jest.spyOn(console, 'log').mockImplementation((text: string) => {
    writeOut(`${text}\n`);
  });
  const error = jest.spyOn(console, 'error').mockImplementation((text: string) => {
    writeErr(`${text}\n`);
  });
  process.exitCode = 0;
  try {
    await work({ writeOut, writeErr });
    return { status: process.exitCode, out, err };
  } finally {
    process.exitCode = before;
    log.mockRestore();
    error.mockRestore();
  }
}
