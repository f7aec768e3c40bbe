import type { z } from 'zod';
import type { Path } from './text';

type JsonSchema = z.core.JSONSchema._JSONSchema;

/** What the schema says of the part of a value that `step` names. */
function partOf(schema: z.core.JSONSchema.BaseSchema, step: string | number): JsonSchema | undefined {
  if (typeof step === 'number') return Array.isArray(schema.items) ? undefined : schema.items;
  const named = Object.entries(schema.properties ?? {}).find(([key]) => key === step);
  return named ? named[1] : schema.additionalProperties;
}

/** Every key that a JSON Schema without references names for the value that `path` leads to. */
export function keysAt(schema: JsonSchema | undefined, path: Path): string[] {
  if (typeof schema !== 'object') return [];
  const inBranches = (schema.anyOf ?? []).flatMap((branch) => keysAt(branch, path));
  const [step, ...rest] = path;
  const here = step === undefined ? Object.keys(schema.properties ?? {}) : keysAt(partOf(schema, step), rest);
  return [...here, ...inBranches];
}
