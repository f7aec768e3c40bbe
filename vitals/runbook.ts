import type { DocumentDescription } from '@aws-sdk/client-ssm';
import type { Calls } from './aws';
import { pages } from './pages';
import { messageOf } from './vitals';

/** A version of an Automation document that can be run. */
export interface Runbook {
  /** AWS's hash of its text. */
  readonly hash: string;
  /** Names of the parameters that it takes, and of those the ones that it has no default for. */
  readonly parameters: readonly string[];
  readonly required: readonly string[];
}

export type RunbookReading =
  | { readonly kind: 'found'; readonly runbook: Runbook }
  /** It can't be run, and why. */
  | { readonly kind: 'unusable'; readonly reason: string };

/** Reads one version of an Automation document. AWS's refusals other than "no such document" are thrown as they come. */
export async function readRunbook(
  document: string,
  version: string,
  aws: Calls<'ssm:DescribeDocument'>,
): Promise<RunbookReading> {
  try {
    const { Document } = await aws.ssm.describeDocument({ Name: document, DocumentVersion: version });
    return runbookOf(Document, document, version);
  } catch (error) {
    if (!(error instanceof Error && /^InvalidDocument(Version)?$/.test(error.name))) throw error;
    return { kind: 'unusable', reason: `SSM knows no version ${version} of ${document}: ${error.message}` };
  }
}

function runbookOf(raw: DocumentDescription | undefined, document: string, version: string): RunbookReading {
  const name = `version ${version} of ${document}`;
  if (raw?.DocumentVersion !== version) return { kind: 'unusable', reason: `SSM did not answer with ${name}` };
  if (raw.DocumentType !== 'Automation') return { kind: 'unusable', reason: `${name} is no Automation runbook` };
  if (raw.Status !== 'Active')
    return { kind: 'unusable', reason: `${name} is ${raw.Status ?? 'of unknown status'}, not Active` };
  const parameters = (raw.Parameters ?? []).map((parameter) => parameter.Name ?? '');
  const required = (raw.Parameters ?? []).flatMap(({ Name = '', DefaultValue }) =>
    DefaultValue === undefined ? [Name] : [],
  );
  return { kind: 'found', runbook: { hash: raw.Hash ?? 'none', parameters, required } };
}

/** Why these change calendars forbid a change now; undefined when all are open. One that can't be read forbids it. */
export async function objectionOfCalendars(
  calendars: readonly string[],
  aws: Calls<'ssm:GetCalendarState'>,
): Promise<string | undefined> {
  if (calendars.length === 0) return undefined;
  const names = calendars.join(', ');
  try {
    const { State, NextTransitionTime } = await aws.ssm.getCalendarState({ CalendarNames: [...calendars] });
    if (State === 'OPEN') return undefined;
    const until = NextTransitionTime === undefined ? '' : ` until ${NextTransitionTime}`;
    return `a change calendar is ${State ?? 'in an unknown state'}${until}: ${names}`;
  } catch (error) {
    return `the change calendars ${names} can't be read: ${messageOf(error)}`;
  }
}

/** Id of the execution that carries the tag key; undefined when SSM shows none. */
export async function findExecution(
  tagKey: string,
  aws: Calls<'ssm:DescribeAutomationExecutions'>,
): Promise<string | undefined> {
  const filtered = pages((token) =>
    aws.ssm.describeAutomationExecutions({ Filters: [{ Key: 'TagKey', Values: [tagKey] }], ...token }),
  );
  for await (const { AutomationExecutionMetadataList = [] } of filtered) {
    const [found] = AutomationExecutionMetadataList;
    if (found?.AutomationExecutionId) return found.AutomationExecutionId;
  }
  return undefined;
}

/** Statuses of a run that goes on. */
const underWay = ['Pending', 'InProgress', 'Waiting', 'PendingApproval', 'Cancelling'];

/** Id of a run of the document that goes on with these very inputs, whoever began it; undefined when SSM shows none. */
export async function findRunUnderWay(
  document: string,
  inputs: Readonly<Record<string, readonly string[]>>,
  aws: Calls<'ssm:DescribeAutomationExecutions' | 'ssm:GetAutomationExecution'>,
): Promise<string | undefined> {
  const going = pages((token) =>
    aws.ssm.describeAutomationExecutions({ Filters: [{ Key: 'ExecutionStatus', Values: underWay }], ...token }),
  );
  for await (const { AutomationExecutionMetadataList = [] } of going) {
    for (const { DocumentName = '', AutomationExecutionId: id } of AutomationExecutionMetadataList) {
      if (id === undefined || nameIn(DocumentName) !== nameIn(document)) continue;
      const { AutomationExecution: run } = await aws.ssm.getAutomationExecution({ AutomationExecutionId: id });
      const same = Object.entries(inputs).every(
        ([name, values]) => JSON.stringify(run?.Parameters?.[name]) === JSON.stringify(values),
      );
      if (same) return id;
    }
  }
  return undefined;
}

/** A document that another account shares is named by its ARN in one place and without it in another. */
function nameIn(document: string): string {
  return document.replace(/^arn:.*:document\//, '');
}

/** One run of a runbook. */
export interface Execution {
  /** SSM's word, such as `InProgress`; there are nineteen, and new ones come. */
  readonly status: string;
  /** What SSM adds: where it is, or why it failed; empty, or else it starts with a colon. */
  readonly said: string;
}

/** Reads a run; undefined while SSM doesn't show it, which lags its start. */
export async function readExecution(
  id: string,
  aws: Calls<'ssm:GetAutomationExecution'>,
): Promise<Execution | undefined> {
  try {
    const { AutomationExecution: run } = await aws.ssm.getAutomationExecution({ AutomationExecutionId: id });
    const said = run?.FailureMessage ?? (run?.CurrentStepName && `at ${run.CurrentStepName}`);
    return { status: run?.AutomationExecutionStatus ?? 'of unknown status', said: said ? `: ${said}` : '' };
  } catch (error) {
    if (error instanceof Error && error.name === 'AutomationExecutionNotFoundException') return undefined;
    throw error;
  }
}
