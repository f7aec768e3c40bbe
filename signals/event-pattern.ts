import { z } from 'zod';
import { readBranches } from './event-pattern/branch';
import { compile } from './event-pattern/matcher';
import { type Fields, isFields, Refusal } from './event-pattern/refusal';

/** An EventBridge event pattern, read and compiled once to be matched often. */
export interface EventPattern {
  /** The JSON that it was read from, which is what an EventBridge rule takes. */
  readonly source: Fields;
  /** Use `matchesPattern`. */
  readonly matches: (event: object) => boolean;
}

export type ParsedEventPattern =
  | { readonly kind: 'pattern'; readonly pattern: EventPattern }
  /** The reason says where in the pattern, what is wrong and what to write instead. */
  | { readonly kind: 'invalid'; readonly reason: string };

/**
 * Reads a pattern as AWS's matcher does, and refuses what that refuses. Takes any JSON; never throws. Two things of the
 * text are lost before it gets here: the first of two fields with one name, and how a number was written.
 */
export function parseEventPattern(json: unknown): ParsedEventPattern {
  try {
    const matches = compile(readBranches(json));
    return { kind: 'pattern', pattern: { source: isFields(json) ? json : {}, matches } };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'invalid', reason: error.message };
    throw error;
  }
}

/**
 * Whether EventBridge would deliver the event to a rule with this pattern. Never throws; takes time in proportion to
 * the fields that the pattern names and the values that the event has there.
 */
export function matchesPattern(pattern: EventPattern, event: object): boolean {
  return pattern.matches(event);
}

/** A pattern as part of a policy; refuses with the reason of `parseEventPattern`. */
export const eventPatternSchema = z.unknown().transform((json, context): EventPattern => {
  const parsed = parseEventPattern(json);
  if (parsed.kind === 'pattern') return parsed.pattern;
  context.addIssue({ code: 'custom', message: parsed.reason });
  return z.NEVER;
});
