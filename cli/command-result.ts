/** What a command prints, and the status that it ends with: 0 fine, 1 something is wrong or failed, 2 wrong usage. */
export interface CommandResult {
  readonly status: 0 | 1 | 2;
  readonly out: string;
  readonly err: string;
}

/** Prints it; the process ends with its status. */
export function tell({ status, out, err }: CommandResult): void {
  if (err) console.error(err);
  if (out) console.log(out);
  process.exitCode = status;
}

/** A result that is all well. */
export function fine(out: string, err = ''): CommandResult {
  return { status: 0, out, err };
}

/** A result of one error line, as every command words them. */
export function failed(message: string, out = ''): CommandResult {
  return { status: 1, out, err: `homeostat: ${message}` };
}
