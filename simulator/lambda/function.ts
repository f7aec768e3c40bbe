import { z } from 'zod';

/** Digits; JSON and YAML write them as a number, too. */
const version = z.union([z.int().positive().transform(String), z.string().regex(/^(\d+|\$LATEST)$/)]);

const aliasSchema = z.strictObject({
  name: z.string().regex(/^(?!\d+$)[\w-]{1,128}$/, 'an alias is no number'),
  version,
  /** The version that it led to until it was switched. */
  before: version.optional(),
  switchedMinutesAgo: z.number().nonnegative().default(600),
  /** Shares of the invocations that go to further versions. */
  weights: z.record(z.string(), z.number()).default({}),
});

/** A function as a description of an account writes it. */
export const functionSchema = z.strictObject({
  name: z.string().regex(/^[\w-]{1,64}$/, 'a function is named by up to 64 letters, digits, hyphens and underscores'),
  /** Who may call it: services, each for what that ARN names. */
  callers: z.array(z.strictObject({ service: z.string(), for: z.string() })).default([]),
  /** Invocations at one time that are its own. */
  reserved: z.int().nonnegative().optional(),
  /** Invocations that would run at one time if nothing held them back; each takes a second, and goes to the first alias. */
  demand: z.number().nonnegative().default(1),
  /** Published besides those that the aliases name. */
  versions: z.array(version).default([]),
  aliases: z.array(aliasSchema).default([]),
  /** Versions whose invocations fail. */
  failing: z.array(version).default([]),
  tags: z.record(z.string(), z.string()).default({}),
});
export type FunctionInput = z.input<typeof functionSchema>;
export type DescribedFunction = z.infer<typeof functionSchema>;

/** What people, or their programs, do about functions. */
export const lambdaHappeningSchema = z.union([
  z.strictObject({ function: z.string(), demand: z.number().nonnegative() }),
  z.strictObject({ function: z.string(), failing: z.array(version) }),
  /** A version is published, and the alias leads there from now on. */
  z.strictObject({ alias: z.string(), deploy: version, works: z.boolean().default(true) }),
  z.strictObject({ mapping: z.string(), is: z.enum(['disabled', 'enabled']) }),
  /** Minutes that the oldest record of its source waits; Lambda reads on where it is enabled, and gets no further. */
  z.strictObject({ mapping: z.string(), behindMinutes: z.number().nonnegative() }),
]);
export type LambdaHappening = z.infer<typeof lambdaHappeningSchema>;

/** An alias as it is, and where it has led to, the oldest first. */
export interface AliasState {
  readonly name: string;
  version: string;
  revision: string;
  weights: Readonly<Record<string, number>>;
  readonly led: { readonly version: string; readonly at: number }[];
}

export interface FunctionState {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  reserved: number | undefined;
  demand: number;
  versions: readonly string[];
  failing: readonly string[];
  readonly aliases: readonly AliasState[];
}

/** The state that a description describes. `revision` makes a new one. */
export function functionState(described: DescribedFunction, now: number, revision: () => string): FunctionState {
  const { name, tags, reserved, demand, failing } = described;
  const named = described.aliases.flatMap(({ version: one, before, weights }) => [
    one,
    ...(before === undefined ? [] : [before]),
    ...Object.keys(weights),
  ]);
  const versions = [...new Set([...described.versions, ...named])].filter((one) => one !== '$LATEST');
  return {
    name,
    tags,
    reserved,
    demand,
    failing,
    versions: versions.sort((one, other) => Number(one) - Number(other)),
    aliases: described.aliases.map((alias) => ({
      name: alias.name,
      version: alias.version,
      weights: alias.weights,
      revision: revision(),
      led: [
        ...(alias.before === undefined ? [] : [{ version: alias.before, at: 0 }]),
        { version: alias.version, at: now - alias.switchedMinutesAgo * 60_000 },
      ],
    })),
  };
}
