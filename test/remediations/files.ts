import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The folder of the remediations: one folder for each system, in it one file for each remediation. */
export const folder = join(__dirname, '../../remediations');

export interface RemediationFile {
  /** Name of the folder that it stands in, such as `rds`. */
  readonly system: string;
  /** Name of the file without its ending, which is the remediation's. */
  readonly name: string;
  readonly path: string;
}

/** Every file that is a remediation. What lies beside the folders, or in a folder of its own within one, is shared or a part. */
export const remediationFiles: readonly RemediationFile[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: system }) =>
    readdirSync(join(folder, system))
      .filter((file) => file.endsWith('.ts'))
      .map((file) => ({ system, name: file.slice(0, -'.ts'.length), path: join(folder, system, file) })),
  );

/** The file of a remediation. Throws for one that has none. */
export function fileOf(name: string): RemediationFile {
  const found = remediationFiles.find((file) => file.name === name);
  if (found) return found;
  throw new Error(
    `no file remediations/<system>/${name}.ts: a remediation stands in a file of its name, in a system's folder`,
  );
}

const root = join(folder, '..');

/** What `homeostat new remediation` has left to its author, one line each: where it stands, and what is to be decided. */
export function undecidedIn(name: string): readonly string[] {
  const { system, path } = fileOf(name);
  const tests = ['scenario', 'test'].map((part) => join(root, 'test/remediations', system, `${name}.${part}.ts`));
  const lines = [path, ...tests].filter(existsSync).flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .map((text, index) => ({ text, at: `${relative(root, file)}:${index + 1}` })),
  );
  const listed = readFileSync(join(folder, 'index.ts'), 'utf8')
    .split('\n')
    .map((text, index) => ({ text, at: `remediations/index.ts:${index + 1}` }))
    .filter(({ text }) => text.includes(name.replace(/-(\w)/g, (_all, letter: string) => letter.toUpperCase())));
  return [...lines, ...listed].flatMap(({ text, at }) => {
    const [, decision] = /DECIDE: (.*?)(?:'\);)?$/.exec(text) ?? [];
    return decision === undefined ? [] : [`${at} ${decision}`];
  });
}
