import type { Calls } from '../aws';
import { pages } from '../pages';
import { messageOf } from '../vitals';

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
