import type { DocumentDescription } from '@aws-sdk/client-ssm';
import type { Calls } from '../aws';

/** `Automation` is a runbook; `Command` is what the agent of an instance runs. */
export type DocumentType = 'Automation' | 'Command';

/** A version of a document that can be run. */
export interface SsmDocument {
  /** AWS's hash of its text: SHA-256. */
  readonly hash: string;
  /** Names of the parameters that it takes, and of those the ones that it has no default for. */
  readonly parameters: readonly string[];
  readonly required: readonly string[];
}

export type DocumentReading =
  | { readonly kind: 'found'; readonly document: SsmDocument }
  /** It can't be run, and why. */
  | { readonly kind: 'unusable'; readonly reason: string };

/** The action of `readDocument`. */
export const documentReads = ['ssm:DescribeDocument'] as const;

/** Reads one version of a document. AWS's refusals other than "no such document" are thrown as they come. */
export async function readDocument(
  document: string,
  version: string,
  type: DocumentType,
  aws: Calls<(typeof documentReads)[number]>,
): Promise<DocumentReading> {
  try {
    const { Document } = await aws.ssm.describeDocument({ Name: document, DocumentVersion: version });
    return documentOf(Document, document, version, type);
  } catch (error) {
    if (!(error instanceof Error && /^InvalidDocument(Version)?$/.test(error.name))) throw error;
    return { kind: 'unusable', reason: `SSM knows no version ${version} of ${document}: ${error.message}` };
  }
}

function documentOf(
  raw: DocumentDescription | undefined,
  document: string,
  version: string,
  type: DocumentType,
): DocumentReading {
  const name = versionText(document, version);
  if (raw?.DocumentVersion !== version) return { kind: 'unusable', reason: `SSM did not answer with ${name}` };
  if (raw.DocumentType !== type) return { kind: 'unusable', reason: `${name} is no ${kindOf[type]}` };
  if (raw.Status !== 'Active')
    return { kind: 'unusable', reason: `${name} is ${raw.Status ?? 'of unknown status'}, not Active` };
  const parameters = (raw.Parameters ?? []).map((parameter) => parameter.Name ?? '');
  const required = (raw.Parameters ?? []).flatMap(({ Name = '', DefaultValue }) =>
    DefaultValue === undefined ? [Name] : [],
  );
  return { kind: 'found', document: { hash: raw.Hash ?? 'none', parameters, required } };
}

const kindOf = { Automation: 'Automation runbook', Command: 'Command document' } as const;

/** `version 3 of Acme-ShedLoad`, for people. */
export function versionText(document: string, version: string): string {
  return `version ${version} of ${document}`;
}

/** One version of a document as the plan saw it, and what it is to be given. */
export interface PinnedDocument {
  readonly document: string;
  readonly version: string;
  readonly hash: string;
  readonly inputs: Readonly<Record<string, readonly string[]>>;
}

/** Why it must not be run with these inputs as it is now; undefined when it may. */
export async function objectionToDocument(
  { document, version, hash, inputs }: PinnedDocument,
  type: DocumentType,
  aws: Calls<(typeof documentReads)[number]>,
): Promise<string | undefined> {
  const reading = await readDocument(document, version, type, aws);
  if (reading.kind === 'unusable') return reading.reason;
  const { document: read } = reading;
  const name = versionText(document, version);
  if (read.hash !== hash) return `${name} is not the text that was planned with: it was written anew`;
  const given = Object.keys(inputs);
  const unknown = given.filter((input) => !read.parameters.includes(input));
  if (unknown.length > 0) {
    return `${name} takes no ${unknown.join(', ')}: it takes ${read.parameters.join(', ') || 'nothing'}`;
  }
  const missing = read.required.filter((parameter) => !given.includes(parameter));
  return missing.length > 0 ? `${name} needs ${missing.join(', ')}, which it is not given` : undefined;
}
