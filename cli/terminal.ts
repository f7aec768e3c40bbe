import { createInterface } from 'node:readline/promises';

/** Asks whoever sits at the terminal; undefined where nobody does. */
export type Ask = (question: string) => Promise<string | undefined>;

/** Asks on this program's own terminal. */
export const askOnTerminal: Ask = async (question) => {
  if (!process.stdin.isTTY) return undefined;
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    // Where the input ends, nobody will answer any more.
    const ended = new Promise<string>((done) => {
      lines.once('close', () => {
        done('');
      });
    });
    return await Promise.race([lines.question(question), ended]);
  } finally {
    lines.close();
  }
};
