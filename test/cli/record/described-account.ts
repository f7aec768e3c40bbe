import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type RecordedAccount, newFolder, recordFrom, trueAccount } from './recorded-account';

const root = join(__dirname, '../..');

export type Item = Readonly<Record<string, unknown>>;
export type Account = Readonly<Record<string, readonly Item[] | undefined>>;

/** A sample of an event, with texts of it replaced, on the first of March. */
export function sample(name: string, replaced: Readonly<Record<string, string>> = {}): object {
  let text = readFileSync(join(root, 'events', name), 'utf8').replaceAll('111122223333', trueAccount);
  for (const [from, to] of Object.entries(replaced)) text = text.replaceAll(from, to);
  return JSON.parse(text) as object;
}

/** What comes of recording it: the account file, all that was written, and what is told at the end. */
export async function described(
  account: RecordedAccount,
  options: Partial<Parameters<typeof recordFrom>[1]> = {},
): Promise<{ readonly account: Account; readonly text: string; readonly everything: string; readonly told: string }> {
  const out = options.out ?? newFolder();
  const told = await recordFrom(account, { ...options, out });
  const text = readFileSync(join(out, 'account.yaml'), 'utf8');
  const everything = readdirSync(out)
    .map((name) => readFileSync(join(out, name), 'utf8'))
    .join('\n');
  return { account: parse(text) as Account, text, everything, told };
}
