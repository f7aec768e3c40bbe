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

/** One version of a runbook, or of a document of Run Command, as a description of an account writes it; all but the name has a default. */
export const documentSchema = z.strictObject({
  name: z.string().min(1),
  type: z.enum(['Automation', 'Command']).default('Automation'),
  version: z.string().regex(/^\d+$/, 'A version is a number, such as "1"').default('1'),
  /** `Amazon`, or the account that shares it. Default: Amazon for a name that starts with AWS, else the account. */
  owner: z.string().optional(),
  /** Default: InstanceId and AutomationAssumeRole of a runbook, none of a command. */
  parameters: z.array(parameterSchema).optional(),
  runsForSeconds: z.number().positive().default(60),
  ends: z.enum(['Success', 'Failed', 'TimedOut']).default('Success'),
  /**
   * Whether its success helps: what its InstanceId, DBInstanceIdentifier or DBClusterIdentifier names; of a command the instance
   * that it runs on, whose filesystems become as large as their volumes besides.
   */
  cures: z.boolean().default(true),
});

const usualParameters = [
  parameterSchema.parse({ name: 'InstanceId' }),
  parameterSchema.parse({ name: 'AutomationAssumeRole', default: '' }),
];

/** A runbook as one describes it: what has a default may be left out. */
export type RunbookDescription = z.input<typeof documentSchema>;

/** A version of a runbook as the account holds it. */
export interface Runbook extends Omit<z.infer<typeof documentSchema>, 'owner' | 'parameters'> {
  readonly owner: string;
  readonly parameters: readonly z.infer<typeof parameterSchema>[];
  readonly arn: string;
}

/** The version that a description means. */
export function runbookFrom(account: SimulatedAccount, description: RunbookDescription): Runbook {
  const given = documentSchema.parse(description);
  const owner = given.owner ?? (/^AWS/.test(given.name) ? 'Amazon' : account.id);
  const arn = account
    .arn('ssm', `document/${given.name}`)
    .replace(`:${account.id}:`, owner === 'Amazon' ? '::' : `:${owner}:`);
  const parameters = given.parameters ?? (given.type === 'Automation' ? usualParameters : []);
  return { ...given, parameters, owner, arn };
}

/** Which of AWS's schemas a document of each type is written in. */
export const schemaOf = { Automation: '0.3', Command: '2.2' } as const;

/** The runbook's text: AWS's schema, with one step that does it all. */
export function contentOf({ parameters, type }: Runbook): string {
  return JSON.stringify({
    schemaVersion: schemaOf[type],
    parameters: Object.fromEntries(
      parameters.map(({ name, type, default: value, allowedValues }) => [
        name,
        { type, ...(value !== undefined && { default: value }), ...(allowedValues && { allowedValues }) },
      ]),
    ),
    mainSteps: [{ name: 'run', action: type === 'Automation' ? 'aws:executeAwsApi' : 'aws:runShellScript' }],
  });
}

/** SHA-256 of the text, as AWS tells it and takes it. */
export function hashOf(runbook: Runbook): string {
  return createHash('sha256').update(contentOf(runbook)).digest('hex');
}

/** The runbook as DescribeDocument shows it, by the name that it was asked for. */
export function describeRunbook(runbook: Runbook, versions: readonly Runbook[], askedFor: string): DocumentDescription {
  return {
    Name: askedFor,
    Owner: runbook.owner,
    Hash: hashOf(runbook),
    HashType: 'Sha256',
    Status: 'Active',
    DocumentVersion: runbook.version,
    DefaultVersion: versions[0]?.version,
    LatestVersion: latest(versions)?.version,
    DocumentType: runbook.type,
    SchemaVersion: schemaOf[runbook.type],
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
    DocumentType: runbook.type,
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

/** The parameters that a run gets: those given, and defaults. Refuses what doesn't fit by the name that AWS has for it. */
export function fillParameters(
  { parameters, name }: Runbook,
  given: Readonly<Record<string, string[]>>,
  refusal: 'InvalidAutomationExecutionParametersException' | 'InvalidParameters',
): Record<string, string[]> {
  const refuse = (why: string): never => {
    throw new Refusal(refusal, why);
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
