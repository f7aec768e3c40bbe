import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Row } from '../value';
import { reservedWords } from './reserved-words';
import type { Tokens } from './tokens';

/** One step into a row: the name of an attribute, or of a placeholder for it, or a place in a list. */
export type Step = string | number;
/** Where in a row something is; of one step or more. */
export type Path = readonly Step[];

export function readPath(tokens: Tokens): Path {
  const path: Step[] = [readName(tokens)];
  for (;;) {
    if (tokens.took('.')) path.push(readName(tokens));
    else if (tokens.took('[')) {
      path.push(Number(tokens.tookKind('place') ?? tokens.fail()));
      tokens.expect(']');
    } else return path;
  }
}

export function readPaths(tokens: Tokens): readonly Path[] {
  const paths = [readPath(tokens)];
  while (tokens.took(',')) paths.push(readPath(tokens));
  return paths;
}

function readName(tokens: Tokens): string {
  const placeholder = tokens.tookKind('name');
  if (placeholder !== undefined) return placeholder;
  const word = tokens.tookKind('word') ?? tokens.fail();
  if (reservedWords.has(word.toUpperCase())) {
    throw tokens.refuse(`Attribute name is a reserved keyword; reserved keyword: ${word}`);
  }
  return word;
}

/** What is there, if anything. The names in the path are those of attributes. */
export function valueAt(row: Row, path: Path): AttributeValue | undefined {
  let value = row[path[0] as string];
  for (let at = 1; at < path.length && value; at += 1) {
    const step = path[at] as Step;
    value = typeof step === 'number' ? value.L?.[step] : value.M?.[step];
  }
  return value;
}

export const pathText = (path: Path): string =>
  `[${path.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join(', ')}]`;

/** Two of these, one of which is the other or leads to it; undefined where there are none such. */
export function overlapOf(paths: readonly Path[]): readonly [Path, Path] | undefined {
  // Most are of one step, and then a look at each is enough.
  const heads = new Set(paths.map(([head]) => head));
  if (heads.size === paths.length) return undefined;
  for (const [at, path] of paths.entries()) {
    const before = paths.slice(0, at).find((other) => leads(other, path) || leads(path, other));
    if (before) return [before, path];
  }
  return undefined;
}

const leads = (one: Path, other: Path): boolean => one.every((step, at) => at < other.length && step === other[at]);
