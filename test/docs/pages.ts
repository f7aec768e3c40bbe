import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const root = join(__dirname, '..', '..');

/** A fenced block of a page. */
export interface Block {
  readonly language: string;
  /** What follows the language on the fence: of `ts` the file that is quoted. */
  readonly of: string;
  readonly text: string;
}

/** One page of the documentation. */
export interface Page {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** Every page that people read, from the README on. */
export function pages(): readonly Page[] {
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name));
  return ['README.md', 'CONTRIBUTING.md', ...inDocs.sort()].map(pageAt);
}

export function pageAt(path: string): Page {
  const text = readFileSync(join(root, path), 'utf8');
  return { path: relative(root, join(root, path)), text, blocks: blocksOf(text) };
}

function blocksOf(text: string): Block[] {
  return [...text.matchAll(/^```(\w+)?(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', of = '', body = '']) => ({
      language,
      of,
      text: body,
    }),
  );
}

/** Command lines of `homeostat` in a page, in blocks for a shell and in the text, without `npx` and what they are piped to. */
export function commandLines({ blocks, text }: Page): readonly string[] {
  const typed = blocks
    .filter(({ language }) => ['sh', 'console'].includes(language))
    .flatMap((block) => block.text.split('\n'))
    .map((line) => line.replace(/^\$ /, ''));
  const inText = [...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/`(?:npx )?(homeostat [^`]+)`/g)].map(
    ([, line = '']) => line,
  );
  return [...typed, ...inText]
    .map((line) =>
      /^(?:npx )?(homeostat .*)$/
        .exec(line)?.[1]
        ?.split(/ [|#>&]| 2>/)[0]
        ?.trim(),
    )
    .filter((line) => line !== undefined);
}
