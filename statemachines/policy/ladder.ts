import { z } from 'zod';
import { didYouMean, listed } from './nearest-name';
import { inPlainWords } from './wording';
import type { RemediationFacts } from './remediation-facts';
import type { Json, Rung } from '../rule';

/** A rung as its author writes it; whether a person must agree depends also on the remediation and on the rule's mode. */
export interface WrittenRung {
  readonly remediation: string;
  readonly approval?: Rung['approval'] | undefined;
  readonly mode?: 'approve' | 'act' | undefined;
  readonly snapshotFirst?: boolean | undefined;
  /** With the remediation's defaults filled in. */
  readonly parameters: Rung['parameters'];
}

/** Of a rung; of a rule it goes for all its rungs that do not say otherwise. */
export const snapshotFirst = z.boolean().meta({
  description:
    'true: what could lose data takes a snapshot first and starts when that is complete; what can lose none starts as ever.',
});

const ofTheRung = {
  approval: z
    .enum(['twoPeople', 'required', 'notRequired'])
    .optional()
    .meta({ description: 'Whether a person must agree, or two; if absent, as the remediation has it.' }),
  mode: z
    .enum(['approve', 'act'], 'a rung is approve or act; to observe only, put it into a rule of mode observe')
    .optional()
    .meta({ description: 'approve: a person must agree to this rung.' }),
  snapshotFirst: snapshotFirst.optional(),
};

const json: z.ZodType<{ readonly [key: string]: Json }> = z.record(z.string(), z.json());

/** What follows the name of a remediation: the keys of every rung, and the parameters of this one. */
function optionsOf(remediation: RemediationFacts) {
  const { parameters, title, when } = remediation;
  const shape = parameters instanceof z.ZodObject ? parameters.shape : {};
  return z
    .strictObject({ ...shape, ...ofTheRung })
    .transform(({ approval, mode, snapshotFirst: first, ...written }, context): WrittenRung => {
      // The fields are sound by themselves here; this asks what the schema says of several of them together.
      const read = parameters.safeParse(written, { error: inPlainWords });
      for (const issue of read.error?.issues ?? []) context.addIssue({ ...issue, code: 'custom', input: written });
      const stored = json.safeParse(JSON.parse(JSON.stringify(read.data ?? {})));
      return { remediation: remediation.name, approval, mode, snapshotFirst: first, parameters: stored.data ?? {} };
    })
    .meta({ description: `${title}. ${when}` });
}

/** A remediation by its name alone: one that needs no parameters. */
function bareRung(remediations: readonly RemediationFacts[]) {
  const names = remediations.map(({ name }) => name);
  const bare = remediations.filter(({ parameters }) => parameters.safeParse({}).success);
  return z
    .string()
    .transform((name, context): WrittenRung => {
      const remediation = remediations.find((one) => one.name === name);
      const read = remediation?.parameters.safeParse({}, { error: inPlainWords });
      if (!remediation || !read) {
        context.addIssue(`there is no remediation ${name}${didYouMean(name, names) || `; there are ${listed(names)}`}`);
      } else if (read.error) {
        const wrong = read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim());
        context.addIssue(`${name} does not go by its name alone (${listed(wrong)}): write { ${name}: { … } }`);
      }
      return { remediation: name, parameters: json.safeParse(read?.data).data ?? {} };
    })
    .meta({ enum: bare.map(({ name }) => name) });
}

/** A ladder: remediations from the gentlest up, each by its name alone or with what is to be set of it. */
export function ladderSchema(remediations: readonly RemediationFacts[]): z.ZodType<WrittenRung[]> {
  const options = Object.fromEntries(remediations.map((one) => [one.name, optionsOf(one).optional()]));
  const named = z
    .strictObject(options)
    .transform((rungs, context): WrittenRung => {
      const [rung, ...others] = Object.values(rungs).filter((one) => one !== undefined);
      if (rung && others.length === 0) return rung;
      if (context.issues.length > 0) return z.NEVER;
      context.addIssue('a rung is one remediation: begin each with its own dash');
      return z.NEVER;
    })
    .meta({ minProperties: 1, maxProperties: 1 });
  return z
    .array(z.union([bareRung(remediations), named]))
    .max(20)
    .meta({ description: 'Remediations from the gentlest up; if there is none, people are called at once.' });
}
