import { z } from 'zod';
import type { PathFault } from './wording';
import type { RemediationFacts } from './remediation-facts';
import { modes } from '../rule';

const text = z.string().catch('');
const texts = z.array(text).catch([]);
const mode = z.enum(modes).optional().catch(undefined);

/** A name alone, or one with what is set of it; a name that cannot be read is empty. */
const named = z
  .union([
    text.unwrap().transform((name) => ({ name, set: {} })),
    z
      .record(z.string(), z.unknown())
      .transform((entry) => ({ name: Object.keys(entry)[0] ?? '', set: Object.values(entry)[0] ?? {} })),
  ])
  .catch({ name: '', set: {} });
const escalate = z.array(named).optional().catch(undefined);

const limits = z.record(z.string(), z.unknown()).optional().catch(undefined);

const rule = z.object({
  name: text,
  on: texts.optional(),
  events: z.unknown().optional(),
  resource: z.object({ kind: text }).optional().catch({ kind: '' }),
  where: z.unknown().optional(),
  mode,
  limits,
  try: z.array(named).catch([]),
  snapshotFirst: z.boolean().optional().catch(undefined),
  escalate,
});
const emptyRule = { name: '', events: undefined, where: undefined, try: [] };

const mapping = z.object({
  condition: text,
  events: z.unknown().optional(),
  resource: z.object({ kind: text }).catch({ kind: '' }),
});

/**
 * What can be made of a policy though parts of it are wrong, each in its place, so that one reading finds all faults.
 * Nothing is ever run by a draft.
 */
const draftSchema = z.object({
  mode,
  limits,
  defaults: z.object({ escalate, limits }).catch({}),
  conditions: z.array(mapping.catch({ condition: '', events: undefined, resource: { kind: '' } })).catch([]),
  rules: z.array(rule.catch(emptyRule)).catch([]),
  contacts: z
    .record(z.string(), z.object({ topic: text }).catch({ topic: '' }))
    .optional()
    .catch(undefined),
  windows: z.array(z.object({ cron: text, timezone: text }).catch({ cron: '', timezone: '' })).catch([]),
});

export type Draft = z.output<typeof draftSchema>;
export type DraftRule = Draft['rules'][number];

/** A calendar that knows time zones: all that is wrong with when a window begins. */
export type WindowFaults = (
  cron: string,
  timezone: string,
) => readonly { readonly of: 'cron' | 'timezone'; readonly reason: string }[];

/** What a policy is checked against, handed in by the runtime. */
export interface PolicyFacts {
  readonly remediations: readonly RemediationFacts[];
  readonly windowFaults: WindowFaults;
}

/** Looks at one side of a draft. */
export type Inspection = (draft: Draft, facts: PolicyFacts) => readonly PathFault[];

/** The draft in any data; an empty one in data that is no policy at all. */
export function draftOf(data: unknown): Draft {
  return draftSchema.catch({ defaults: {}, conditions: [], rules: [], windows: [] }).parse(data);
}
