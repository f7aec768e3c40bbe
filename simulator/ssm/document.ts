import { createHash } from 'node:crypto';
import type { DocumentDescription, GetDocumentResult } from '@aws-sdk/client-ssm';
import { z } from 'zod';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';

const parameterSchema = z.strictObject({
  name: z.string().min(1),
  type: z.enum(['String', 'StringList', 'Boolean', 'Integer', 'StringMap', 'MapList']).default('String'),
  /** Without one the parameter is required. */
  default: z.string().optional(),
  allowedValues: z.array(z.string()).optional(),
});

/** One version of an Automation runbook as a description of an account writes it; everything but the name has a default. */
export const documentSchema = z.strictObject({
  name: z.string().min(1),
  version: z.string().regex(/^\d+$/, 'A version is a number, such as "1"').default('1'),
  /** `Amazon`, or the account that shares it. Default: Amazon for a name that starts with AWS, else the account. */
  owner: z.string().optional(),
  parameters: z
    .array(parameterSchema)
    .default([
      parameterSchema.parse({ name: 'InstanceId' }),
      parameterSchema.parse({ name: 'AutomationAssumeRole', default: '' }),
    ]),
  runsForSeconds: z.number().positive().default(60),
  ends: z.enum(['Success', 'Failed', 'TimedOut']).default('Success'),
  /** Whether its success helps what its InstanceId, DBInstanceIdentifier or DBClusterIdentifier names. */
  cures: z.boolean().default(true),
});

/** A runbook as one describes it: what has a default may be left out. */
export type RunbookDescription = z.input<typeof documentSchema>;

/** A version of a runbook as the account holds it. */
export interface Runbook extends Omit<z.infer<typeof documentSchema>, 'owner'> {
  readonly owner: string;
  readonly arn: string;
}

/** The version that a description means. */
export function runbookFrom(account: SimulatedAccount, description: RunbookDescription): Runbook {
  const given = documentSchema.parse(description);
  const owner = given.owner ?? (/^AWS/.test(given.name) ? 'Amazon' : account.id);
  const arn = account
    .arn('ssm', `document/${given.name}`)
    .replace(`:${account.id}:`, owner === 'Amazon' ? '::' : `:${owner}:`);
  return { ...given, owner, arn };
}

/** The runbook's text: AWS's schema, with one step that does it all. */
export function contentOf({ parameters }: Runbook): string {
  return JSON.stringify({
    schemaVersion: '0.3',
    parameters: Object.fromEntries(
      parameters.map(({ name, type, default: value, allowedValues }) => [
        name,
        { type, ...(value !== undefined && { default: value }), ...(allowedValues && { allowedValues }) },
      ]),
    ),
    mainSteps: [{ name: 'run', action: 'aws:executeAwsApi' }],
  });
}

/** The runbook as DescribeDocument shows it, by the name that it was asked for. */
export function describeRunbook(runbook: Runbook, versions: readonly Runbook[], askedFor: string): DocumentDescription {
  return {
    Name: askedFor,
    Owner: runbook.owner,
    Hash: createHash('sha256').update(contentOf(runbook)).digest('hex'),
    HashType: 'Sha256',
    Status: 'Active',
    DocumentVersion: runbook.version,
    DefaultVersion: versions[0]?.version,
    LatestVersion: latest(versions)?.version,
    DocumentType: 'Automation',
    SchemaVersion: '0.3',
    DocumentFormat: 'JSON',
    Parameters: runbook.parameters.map(({ name, type, default: value }) => ({
      Name: name,
      // The description knows two types only; the text has the exact one.
      Type: type === 'StringList' || type === 'MapList' ? 'StringList' : 'String',
      ...(value !== undefined && { DefaultValue: value }),
    })),
  };
}

/** The runbook as GetDocument shows it. */
export function showRunbook(runbook: Runbook, askedFor: string): Omit<GetDocumentResult, '$metadata'> {
  return {
    Name: askedFor,
    DocumentVersion: runbook.version,
    Status: 'Active',
    Content: contentOf(runbook),
    DocumentType: 'Automation',
    DocumentFormat: 'JSON',
  };
}

function latest(versions: readonly Runbook[]): Runbook | undefined {
  return versions.toSorted((a, b) => Number(b.version) - Number(a.version))[0];
}

/** The version that is meant; `$DEFAULT`, which is the first one added, unless told otherwise. */
export function versionOf(versions: readonly Runbook[], asked = '$DEFAULT'): Runbook | undefined {
  if (asked === '$DEFAULT') return versions[0];
  if (asked === '$LATEST') return latest(versions);
  return versions.find(({ version }) => version === asked);
}

/** The parameters that a run gets: those given, and defaults. Refuses what doesn't fit, as StartAutomationExecution does. */
export function fillParameters(
  { parameters, name }: Runbook,
  given: Readonly<Record<string, string[]>>,
): Record<string, string[]> {
  const refuse = (why: string): never => {
    throw new Refusal('InvalidAutomationExecutionParametersException', why);
  };
  for (const key of Object.keys(given)) {
    if (!parameters.some((parameter) => parameter.name === key))
      refuse(`Parameter "${key}" is not defined in ${name}.`);
  }
  const filled: Record<string, string[]> = {};
  for (const { name: key, default: value, allowedValues } of parameters) {
    const values = given[key] ?? (value === undefined ? refuse(`Parameter "${key}" requires a value.`) : [value]);
    const alien = allowedValues && values.find((each) => !allowedValues.includes(each));
    if (alien !== undefined)
      refuse(`Parameter "${key}" has value "${alien}" not found in [${allowedValues?.join(', ') ?? ''}].`);
    filled[key] = values;
  }
  return filled;
}
