import type { z } from 'zod';
import { didYouMean, listed } from './nearest-name';
import { keysAt } from './keys';
import type { Path } from './text';

/** One thing wrong with or odd about the part of a policy that `path` leads to. */
export interface PathFault {
  readonly path: Path;
  /** Whether it is the key or the value that is at fault. */
  readonly of: 'key' | 'value';
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

const nouns: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys with values',
  record: 'keys with values',
};

function nounOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return nouns[typeof value] ?? typeof value;
}

const missing = 'is missing';

function wrongType({ expected, input }: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidType>): string {
  if (input === undefined) return missing;
  const quotes = expected === 'string' && typeof input === 'number' ? '; put it in quotes' : '';
  const is = expected === 'int' && typeof input === 'number' ? String(input) : nounOf(input);
  return `must be ${nouns[expected] ?? expected}, and is ${is}${quotes}`;
}

function wrongValue({ values, input }: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidValue>): string {
  const allowed = values.map(String);
  if (input === undefined) return `is missing: write ${listed(allowed, 'or')}`;
  const written = typeof input === 'string' && input !== '' ? input : nounOf(input);
  return `is ${written}, which is none of ${listed(allowed)}${didYouMean(written, allowed)}`;
}

function unitOf(origin: string, bound: string): string {
  if (origin === 'string') return `${bound} characters`;
  return origin === 'array' ? `${bound} ${bound === '1' ? 'entry' : 'entries'}` : bound;
}

/** What zod finds, in words for the author of a policy. What a schema says itself goes first. */
export const inPlainWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'invalid_type') return wrongType(issue);
  if (issue.code === 'invalid_value') return wrongValue(issue);
  if (issue.code === 'too_small') return `must be at least ${unitOf(issue.origin, issue.minimum.toString())}`;
  if (issue.code === 'too_big') return `must be at most ${unitOf(issue.origin, issue.maximum.toString())}`;
  if (issue.code === 'invalid_union') return issue.input === undefined ? missing : undefined;
  if (issue.code !== 'invalid_format') return undefined;
  return issue.pattern === undefined ? 'is not written as it must be' : `must match ${issue.pattern}`;
};

/** The branch of a union that its author meant: the first whose kind of value this is. */
function meantBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return branches.find((issues) => !issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0));
}

const isSymbolFree = (path: readonly PropertyKey[]): path is Path => !path.some((step) => typeof step === 'symbol');

/** A message that is no sentence yet speaks of the key that it is about. */
function told(name: string, message: string): string {
  if (/^(is|must)\b/.test(message)) return `${name} ${message}`;
  return message.startsWith('there is ') ? message : `${name}: ${message}`;
}

/** The issues of zod as faults: one for each unknown key, and of a union only what is wrong with the branch meant. */
export function faultsOf(
  issues: readonly Issue[],
  jsonSchema: z.core.JSONSchema.BaseSchema,
  above: Path = [],
): PathFault[] {
  return issues.flatMap((issue): PathFault[] => {
    const path = isSymbolFree(issue.path) ? [...above, ...issue.path] : above;
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(jsonSchema, path);
      return issue.keys.map((key) => ({
        path: [...path, key],
        of: 'key',
        message: `${key} is not known here${didYouMean(key, known) || (known.length > 0 ? `; there are ${listed(known)}` : '')}`,
      }));
    }
    const name = path.findLast((step) => typeof step === 'string') ?? 'the policy';
    if (issue.code === 'invalid_union' && issue.message !== missing) {
      const meant = meantBranch(issue.errors);
      if (meant) return faultsOf(meant, jsonSchema, path);
      const kinds = issue.errors.flatMap((branch) => (branch[0]?.code === 'invalid_type' ? [branch[0].expected] : []));
      const nounsOfKinds = kinds.map((kind) => nouns[kind] ?? kind);
      return [{ path, of: 'value', message: `${name} must be ${listed([...new Set(nounsOfKinds)], 'or')}` }];
    }
    if (issue.code === 'invalid_key') {
      return issue.issues.map(({ message }) => ({ path, of: 'key', message: `${name}: ${message}` }));
    }
    return [{ path, of: 'value', message: told(name, issue.message) }];
  });
}
