import { type EventPattern, parseEventPattern } from '../signals/event-pattern';
import type { Policy } from '../statemachines/policy';
import type { PolicyRule } from '../statemachines/policy/rule';
import type { Clause } from '../statemachines/policy/where';

/** Rises with every change of what a policy looks like once it is read. */
const format = 2;

/** The text is not what this program's own `compilePolicy` writes. */
export class CompiledPolicyError extends Error {
  override readonly name = 'CompiledPolicyError';
}

/** With the JSON that a pattern was read from in the pattern's place. */
type Flat<T extends { readonly pattern: EventPattern }> = Omit<T, 'pattern'> & { readonly pattern: unknown };
type FlatRule = Omit<PolicyRule, 'where'> & { readonly where: readonly Flat<Clause>[] };
type FlatPolicy = Omit<Policy, 'mappings' | 'rules'> & {
  readonly mappings: readonly Flat<Policy['mappings'][number]>[];
  readonly rules: readonly FlatRule[];
};

const flat = <T extends { readonly pattern: EventPattern }>(one: T): Flat<T> => ({
  ...one,
  pattern: one.pattern.source,
});

/** A policy as JSON, so that where it is used neither YAML nor the checks of a policy have to be loaded. */
export function compilePolicy(policy: Policy): string {
  const compiled: FlatPolicy = {
    ...policy,
    mappings: policy.mappings.map(flat),
    rules: policy.rules.map((rule) => ({ ...rule, where: rule.where.map(flat) })),
  };
  return `${JSON.stringify({ format, policy: compiled }, undefined, 1)}\n`;
}

/** Reads what `compilePolicy` wrote; throws a `CompiledPolicyError` for anything else. */
export function loadPolicy(text: string): Policy {
  const { format: found, policy } = parsed(text);
  if (found !== format || !policy) {
    throw new CompiledPolicyError(
      `The compiled policy has format ${found === undefined ? 'none' : JSON.stringify(found)}; this program reads format ${format}. Make the bundle anew: npm run bundle.`,
    );
  }
  return {
    ...policy,
    mappings: policy.mappings.map((mapping) => ({ ...mapping, pattern: patternIn(mapping.pattern) })),
    rules: policy.rules.map((rule) => ({
      ...rule,
      where: rule.where.map((clause) => ({ ...clause, pattern: patternIn(clause.pattern) })),
    })),
  };
}

function parsed(text: string): { readonly format?: unknown; readonly policy?: FlatPolicy } {
  try {
    return { ...(JSON.parse(text) as ReturnType<typeof parsed> | null) };
  } catch {
    throw new CompiledPolicyError('The compiled policy is no JSON. Make the bundle anew: npm run bundle.');
  }
}

function patternIn(source: unknown): EventPattern {
  const read = parseEventPattern(source);
  if (read.kind === 'pattern') return read.pattern;
  throw new CompiledPolicyError(`An event pattern of the compiled policy is none: ${read.reason}`);
}
