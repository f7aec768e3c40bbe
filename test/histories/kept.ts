import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { release } from '../../cli/release';
import type { Difference } from '../../replay/history-decisions';
import { historiesIn } from '../../replay/history-file';
import type { History } from '../../replay/history';

/** Where histories are kept: a folder for each release that recorded some. */
export const keptIn = __dirname;
/** Where it is said that a change decides otherwise, and why. */
export const differsFile = join(keptIn, 'differs.yaml');

/** A history that a release recorded. */
export interface Kept {
  readonly release: string;
  /** `way/recording/incident`, such as `act/runbook/inc-ac8327373d85`. */
  readonly name: string;
  readonly history: History;
}

const declaration = z.strictObject({
  release: z.string(),
  history: z.string(),
  entry: z.number().int().positive(),
  reason: z.string().min(20, 'say why it is decided otherwise now, so that whoever upgrades understands it'),
});
export type Declared = z.infer<typeof declaration>;

export function releases(): readonly string[] {
  return readdirSync(keptIn)
    .filter((name) => statSync(join(keptIn, name)).isDirectory())
    .sort();
}

/** All that a release recorded. Throws for what cannot be read: a release's histories stay readable. */
export async function keptOf(of: string): Promise<readonly Kept[]> {
  const kept: Kept[] = [];
  for await (const found of historiesIn(join(keptIn, of))) {
    if (found.kind === 'unreadable') throw new Error(`${found.position}: ${found.message}`);
    const file = found.position.replace(/(\.json|\.jsonl)(\.gz)?(:\d+)?$/, '');
    const way = relative(join(keptIn, of), dirname(file));
    kept.push({ release: of, name: `${way}/${basename(file)}/${found.history.opened.id}`, history: found.history });
  }
  return kept;
}

/** What `differs.yaml` says. */
export function declared(): readonly Declared[] {
  const text = existsSync(differsFile) ? readFileSync(differsFile, 'utf8') : '';
  return z.array(declaration).parse(parse(text) ?? []);
}

/** Of each history that is decided otherwise without saying so, or said to be and is not: what to do. */
export function undeclared(
  differences: readonly (Pick<Kept, 'release' | 'name'> & { readonly difference: Difference })[],
  declarations: readonly Declared[],
): readonly string[] {
  const isOf = (one: Declared, { release: of, name }: Pick<Kept, 'release' | 'name'>): boolean =>
    one.release === of && one.history === name;
  const unsaid = differences
    .filter((one) => !declarations.some((said) => isOf(said, one) && said.entry === one.difference.entry))
    .map(({ release: of, name, difference: { entry, event, from, why } }) =>
      [
        `${of} ${name}: entry ${entry}, ${event} in state ${from}: ${why}.`,
        `If it is meant, raise machineId.version and declare it in test/histories/differs.yaml:`,
        `- { release: ${of}, history: ${name}, entry: ${entry}, reason: … }`,
      ].join('\n'),
    );
  const stale = declarations
    .filter((said) => !differences.some((one) => isOf(said, one) && said.entry === one.difference.entry))
    .map(
      ({ release: of, history, entry }) =>
        `${of} ${history}: differs.yaml says that entry ${entry} is decided otherwise, and it is not the first that is: take the line out, or name the right entry`,
    );
  return [...unsaid, ...stale];
}

/** The release that this program would be. */
export const present = release();
