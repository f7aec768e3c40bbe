import { readFile } from 'node:fs/promises';
import { parse, YAMLParseError } from 'yaml';
import { buildAccount } from '../simulator/description';
import { readDescription } from '../simulator/account-schema';
import type { World } from '../simulator/world';

/** An account file that cannot be used; its message names the file and the place. */
export class AccountFileError extends Error {
  override readonly name = 'AccountFileError';
}

/** Reads a description of an account, YAML or JSON, at once, and gives what fills a world with it. */
export async function readAccountFile(file: string): Promise<(world: World) => void> {
  const text = await readFile(file, 'utf8');
  try {
    const described: unknown = parse(text);
    readDescription(described);
    return (world) => {
      buildAccount(world, described);
    };
  } catch (error) {
    const at = error instanceof YAMLParseError ? `:${error.linePos?.[0].line ?? 1}:${error.linePos?.[0].col ?? 1}` : '';
    throw new AccountFileError(`${file}${at}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
