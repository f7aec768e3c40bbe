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
import { findExecution, readExecution } from '../../vitals/systems-manager/runbook';
import { documentReads, readDocument } from '../../vitals/systems-manager/ssm-document';
import { automationParameters, isPlainId, resolveInputs } from './run-ssm-automation/automation-parameters';
import { begin, objectionTo, outcomeOf, planned, sameRun, started, tagKey } from './run-ssm-automation/run';
import { clientToken } from '../client-token';
import { anyCondition, defineRemediation } from '../remediation';

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
  // What the runbook touches only its author knows: it can take snapshots itself.
  snapshots: 'noneCanBeMade',
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
    return started(plan, await begin(plan, aws));
  },

  async check(plan, handle, aws) {
    const id = handle ?? (await findExecution(tagKey(plan), aws));
    if (!id) return { kind: 'notStarted', detail: `SSM shows no run of ${plan.document} for this attempt` };
    const run = await readExecution(id, aws);
    if (!run) return { kind: 'pending', detail: `SSM does not show the run ${id} of ${plan.document} yet` };
    return { kind: outcomeOf(run.status), detail: `${plan.document} (${id}) is ${run.status}${run.said}` };
  },
});

/** The Auto Scaling group of an instance. Beyond that the policy's author answers for what the runbook does to others. */
async function groupOf(
  resource: Resource,
  aws: Calls<(typeof membershipReads)[number] | (typeof standInReads)[number]>,
): Promise<StandIns> {
  return resource.kind === 'ec2-instance' ? standInsFor(await readGroupOf(resource.id, aws), resource, aws) : 'alone';
}
