import { parserOf } from './parsed';
import { readPath, readPaths, type Path } from './path';
import type { Tokens } from './tokens';

/** What an attribute is set to. */
export type NewValue =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'if_not_exists'; readonly path: Path; readonly otherwise: NewValue }
  | { readonly kind: 'list_append'; readonly first: NewValue; readonly second: NewValue }
  | { readonly kind: 'sum'; readonly sign: 1 | -1; readonly left: NewValue; readonly right: NewValue };

/** `ADD` or `DELETE`: the path, and the placeholder of what is added or taken away. */
interface Alteration {
  readonly path: Path;
  readonly value: string;
}

export interface Update {
  readonly set: readonly { readonly path: Path; readonly value: NewValue }[];
  readonly remove: readonly Path[];
  readonly add: readonly Alteration[];
  readonly delete: readonly Alteration[];
  /** All that it changes. */
  readonly paths: readonly Path[];
}

const sections = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;

export const parseUpdate = parserOf((tokens): Update => {
  const update: { -readonly [K in keyof Update]: Update[K] } = { set: [], remove: [], add: [], delete: [], paths: [] };
  const met = new Set<string>();
  do {
    const section = sections.find((one) => tokens.tookWord(one)) ?? tokens.fail();
    if (met.has(section)) {
      throw tokens.refuse(`The "${section}" section can only be used once in an update expression;`);
    }
    met.add(section);
    if (section === 'SET') update.set = listOf(tokens, readAssignment);
    else if (section === 'REMOVE') update.remove = readPaths(tokens);
    else update[section === 'ADD' ? 'add' : 'delete'] = listOf(tokens, readAlteration);
  } while (!tokens.isAtEnd);
  const { set, remove, add, delete: deleted } = update;
  return { ...update, paths: [...[...set, ...add, ...deleted].map(({ path }) => path), ...remove] };
});

function listOf<T>(tokens: Tokens, read: (tokens: Tokens) => T): readonly T[] {
  const list = [read(tokens)];
  while (tokens.took(',')) list.push(read(tokens));
  return list;
}

function readAlteration(tokens: Tokens): Alteration {
  const path = readPath(tokens);
  return { path, value: tokens.tookKind('value') ?? tokens.fail() };
}

function readAssignment(tokens: Tokens): Update['set'][number] {
  const path = readPath(tokens);
  tokens.expect('=');
  return { path, value: readNewValue(tokens) };
}

function readNewValue(tokens: Tokens): NewValue {
  const left = readOperand(tokens);
  if (tokens.took('+')) return { kind: 'sum', sign: 1, left, right: readOperand(tokens) };
  if (tokens.took('-')) return { kind: 'sum', sign: -1, left, right: readOperand(tokens) };
  return left;
}

function readOperand(tokens: Tokens): NewValue {
  if (tokens.took('(')) {
    const inner = readNewValue(tokens);
    tokens.expect(')');
    return inner;
  }
  const value = tokens.tookKind('value');
  if (value !== undefined) return { kind: 'value', name: value };
  const called = tokens.tookCall();
  return called === undefined ? { kind: 'path', path: readPath(tokens) } : readCall(tokens, called);
}

function readCall(tokens: Tokens, name: string): NewValue {
  if (name !== 'if_not_exists' && name !== 'list_append') {
    throw tokens.refuse(`Invalid function name; function: ${name}`);
  }
  const given = listOf(tokens, readOperand);
  tokens.expect(')');
  const [first, second] = given;
  if (!first || !second || given.length > 2) {
    throw tokens.refuse(
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${given.length}`,
    );
  }
  if (name === 'list_append') return { kind: name, first, second };
  if (first.kind === 'path') return { kind: name, path: first.path, otherwise: second };
  throw tokens.refuse(`Operator or function requires a document path; operator or function: ${name}`);
}
