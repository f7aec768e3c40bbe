import { z } from 'zod';
import { resourceKinds, type Resource } from '../../signals/signal';
import type { Calls } from '../../vitals/aws';
import { isInstanceId } from '../../vitals/ec2/instance';
import {
  membershipReads,
  readGroupOf,
  standInReads,
  standInsFor,
  type StandIns,
} from '../../vitals/auto-scaling/membership';
import {
  findExecution,
  findRunUnderWay,
  objectionOfCalendars,
  readExecution,
} from '../../vitals/systems-manager/runbook';
import { documentReads, objectionToDocument, readDocument } from '../../vitals/systems-manager/ssm-document';
import { automationParameters, isPlainId, resolveInputs } from './run-ssm-automation/automation-parameters';
import { clientToken } from '../client-token';
import { anyCondition, defineRemediation, type Check, type Start } from '../remediation';

const planned = z.object({
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
type Plan = z.infer<typeof planned>;

type Reads = Calls<
  'ssm:DescribeDocument' | 'ssm:GetCalendarState' | 'ssm:DescribeAutomationExecutions' | 'ssm:GetAutomationExecution'
>;

const where = 'arn:*:ssm:*:*';

/** Runs a reviewed Automation runbook of Systems Manager on what is sick. */
export const runSsmAutomation = defineRemediation({
  name: 'run-ssm-automation',
  title: 'Run an SSM Automation runbook',
  when: 'A runbook that people have reviewed heals the condition, and the policy names it with its version and its role.',
  whenNot:
    'A remediation of its own does the same, since that one knows the guards of its resource and a runbook has its own.',
  heals: [anyCondition],
  takes: resourceKinds.filter((kind) => kind !== 'automation-execution'),
  // Whatever the runbook does; nobody can tell from here.
  risk: 'high',
  needsApproval: true,
  parameters: automationParameters,
  permissions: {
    read: [
      ...documentReads,
      'ssm:GetCalendarState',
      'ssm:DescribeAutomationExecutions',
      'ssm:GetAutomationExecution',
      ...membershipReads,
      ...standInReads,
    ],
    // AWS's own documents carry no tags of ours, and an execution none before it exists.
    write: [
      { action: 'ssm:StartAutomationExecution', on: `${where}:automation-definition/*:*`, tagged: false },
      { action: 'ssm:StartAutomationExecution', on: `${where}:document/*`, tagged: false },
      { action: 'ssm:StartAutomationExecution', on: `${where}:automation-execution/*`, tagged: false },
    ],
    implied: [
      {
        action: 'iam:PassRole',
        on: 'arn:*:iam::*:role/*',
        tagged: false,
        condition: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
      },
      { action: 'ssm:AddTagsToResource', on: `${where}:automation-execution/*`, tagged: false },
    ],
  },
  patience: { checkEvery: 30, giveUpAfter: 3600 },
  unseen: 'a run is found by the mark of its attempt, which a run that somebody else began does not carry',
  planned,

  async plan({ resource, attemptKey }, parameters, aws) {
    if (!isPlainId(resource) || (resource.kind === 'ec2-instance' && !isInstanceId(resource.id))) {
      const id = JSON.stringify(resource.id.slice(0, 80));
      return { kind: 'refused', reason: `${id} holds characters that a runbook might take for more than a name` };
    }
    const { document, version, changeCalendars } = parameters;
    const reading = await readDocument(document, version, 'Automation', aws);
    if (reading.kind === 'unusable') return { kind: 'refused', reason: reading.reason };
    const inputs = resolveInputs(parameters, resource);
    const { hash } = reading.document;
    const { account, region } = resource;
    const plan = { account, region, document, version, hash, inputs, changeCalendars, token: clientToken(attemptKey) };
    const objection = await objectionTo(plan, aws);
    if (objection) return { kind: 'refused', reason: objection };
    const work = await sameRun(plan, aws);
    if (work) return { kind: 'busy', reason: work };
    return {
      kind: 'planned',
      plan,
      summary: `run version ${version} of ${document} on ${resource.id}`,
      touches: [resource],
      group: await groupOf(resource, aws),
    };
  },

  async start(plan, aws) {
    const running = await findExecution(tagKey(plan), aws);
    if (running) return started(plan, running);
    const objection = await objectionTo(plan, aws);
    if (objection) return { kind: 'refused', reason: objection };
    const work = await sameRun(plan, aws);
    if (work) {
      // Lists lag: it may be ours, shown only now.
      const own = await findExecution(tagKey(plan), aws);
      return own ? started(plan, own) : { kind: 'refused', reason: work };
    }
    try {
      const { AutomationExecutionId } = await aws.ssm.startAutomationExecution({
        DocumentName: plan.document,
        DocumentVersion: plan.version,
        Parameters: plan.inputs,
        ClientToken: plan.token,
        Tags: [{ Key: tagKey(plan), Value: 'homeostat' }],
      });
      return started(plan, AutomationExecutionId);
    } catch (error) {
      // A token is taken once; SSM refuses the second use of it, and the run that the first use began is ours.
      const ours = isRefusal(error) ? await findExecution(tagKey(plan), aws) : undefined;
      if (ours) return started(plan, ours);
      throw error;
    }
  },

  async check(plan, handle, aws) {
    const id = handle ?? (await findExecution(tagKey(plan), aws));
    if (!id) return { kind: 'notStarted', detail: `SSM shows no run of ${plan.document} for this attempt` };
    const run = await readExecution(id, aws);
    if (!run) return { kind: 'pending', detail: `SSM does not show the run ${id} of ${plan.document} yet` };
    return { kind: outcomeOf(run.status), detail: `${plan.document} (${id}) is ${run.status}${run.said}` };
  },
});

/** SSM finds executions by the key of a tag and not by its value, so that the token stands in the key. */
function tagKey({ token }: Plan): string {
  return `homeostat:attempt:${token}`;
}

function started({ account, region }: Plan, id: string | undefined): Start {
  if (id === undefined) return { kind: 'started' };
  const progressOf: Resource = { kind: 'automation-execution', id, account, region };
  return { kind: 'started', handle: id, progressOf };
}

/** The Auto Scaling group of an instance. Beyond that the policy's author answers for what the runbook does to others. */
async function groupOf(
  resource: Resource,
  aws: Calls<(typeof membershipReads)[number] | (typeof standInReads)[number]>,
): Promise<StandIns> {
  return resource.kind === 'ec2-instance' ? standInsFor(await readGroupOf(resource.id, aws), resource, aws) : 'alone';
}

/** Why the runbook must not run as planned; undefined when it may. */
async function objectionTo(plan: Plan, aws: Reads): Promise<string | undefined> {
  return (
    (await objectionToDocument(plan, 'Automation', aws)) ?? (await objectionOfCalendars(plan.changeCalendars, aws))
  );
}

/** Says so while the runbook runs on the same already, whoever began that and as whom. */
async function sameRun({ document, inputs }: Plan, aws: Reads): Promise<string | undefined> {
  const { AutomationAssumeRole: _, ...pointedAt } = inputs;
  const running = await findRunUnderWay(document, pointedAt, aws);
  return running && `${document} runs with the same inputs already: ${running}`;
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && '$fault' in error && error.$fault === 'client';
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

/** Statuses that are new to us are taken for work under way: patience ends it. */
function outcomeOf(status: string): Exclude<Check['kind'], 'notStarted' | 'continue'> {
  if (succeeded.includes(status)) return 'done';
  return ended.includes(status) ? 'failed' : 'pending';
}
