import { z } from 'zod';
import type { Resource } from '../../../signals/signal';
import type { Calls } from '../../../vitals/aws';
import { findExecution, findRunUnderWay, objectionOfCalendars } from '../../../vitals/systems-manager/runbook';
import { objectionToDocument } from '../../../vitals/systems-manager/ssm-document';
import type { Check, Start } from '../../remediation';

/** One run of a runbook, as it is planned. */
export const planned = z.object({
  account: z.string(),
  region: z.string(),
  /** Name, or ARN of one that another account shares. */
  document: z.string(),
  /** Number of the version. */
  version: z.string(),
  /** AWS's hash of the document that was looked at. */
  hash: z.string(),
  inputs: z.record(z.string(), z.array(z.string())),
  changeCalendars: z.array(z.string()),
  /** UUID of the attempt: AWS takes one start by it, and a run is found again by it. */
  token: z.string(),
});
export type Plan = z.infer<typeof planned>;

type Reads = Calls<
  'ssm:DescribeDocument' | 'ssm:GetCalendarState' | 'ssm:DescribeAutomationExecutions' | 'ssm:GetAutomationExecution'
>;

/** SSM finds executions by the key of a tag and not by its value, so that the token stands in the key. */
export function tagKey({ token }: Plan): string {
  return `homeostat:attempt:${token}`;
}

/** What a run that has an id is followed by. */
export function started({ account, region }: Plan, id: string | undefined): Start {
  if (id === undefined) return { kind: 'started' };
  const progressOf: Resource = { kind: 'automation-execution', id, account, region };
  return { kind: 'started', handle: id, progressOf };
}

/** Begins the run, and answers its id. A token is taken once: SSM refuses its second use, and what the first began is ours. */
export async function begin(
  plan: Plan,
  aws: Reads & Calls<'ssm:StartAutomationExecution'>,
): Promise<string | undefined> {
  try {
    const { AutomationExecutionId } = await aws.ssm.startAutomationExecution({
      DocumentName: plan.document,
      DocumentVersion: plan.version,
      Parameters: plan.inputs,
      ClientToken: plan.token,
      Tags: [{ Key: tagKey(plan), Value: 'homeostat' }],
    });
    return AutomationExecutionId;
  } catch (error) {
    const ours = isRefusal(error) ? await findExecution(tagKey(plan), aws) : undefined;
    if (ours) return ours;
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && '$fault' in error && error.$fault === 'client';
}

/** Why the runbook must not run as planned; undefined when it may. */
export async function objectionTo(plan: Plan, aws: Reads): Promise<string | undefined> {
  return (
    (await objectionToDocument(plan, 'Automation', aws)) ?? (await objectionOfCalendars(plan.changeCalendars, aws))
  );
}

/** Says so while the runbook runs on the same already, whoever began that and as whom. */
export async function sameRun({ document, inputs }: Plan, aws: Reads): Promise<string | undefined> {
  const { AutomationAssumeRole: _, ...pointedAt } = inputs;
  const running = await findRunUnderWay(document, pointedAt, aws);
  return running && `${document} runs with the same inputs already: ${running}`;
}

const succeeded = ['Success', 'CompletedWithSuccess'];
const ended = [
  'Failed',
  'TimedOut',
  'Cancelled',
  'Rejected',
  'ChangeCalendarOverrideRejected',
  'CompletedWithFailure',
  'Exited',
];

/** How a run has ended, if it has. Statuses that are new to us are taken for work under way: patience ends it. */
export function outcomeOf(status: string): Exclude<Check['kind'], 'notStarted' | 'continue'> {
  if (succeeded.includes(status)) return 'done';
  return ended.includes(status) ? 'failed' : 'pending';
}
