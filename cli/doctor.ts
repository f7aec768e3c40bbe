import type { Command } from 'commander';
import { systemClock } from '../runtime/clock';
import type { Policy } from '../statemachines/policy';
import { isOfAws, awsFault } from './aws-fault';
import { whoCalls, type Caller } from './caller';
import type { CommandResult } from './command-result';
import { against, ofDeployment, openDeployment, type Deployment, type DeploymentOptions } from './deployment';
import { callerChecks } from './doctor/caller';
import { notChecked, type Answer, type Check, type Site, type Status } from './doctor/check';
import { contactChecks, selfCheck } from './doctor/contacts';
import { eventChecks } from './doctor/event-rules';
import { functionChecks } from './doctor/functions';
import { incidentChecks } from './doctor/incidents';
import { queueChecks } from './doctor/queues';
import { roleChecks } from './doctor/roles';
import { scheduleChecks } from './doctor/schedules';
import { tableChecks } from './doctor/table';
import { numbered } from './incident-text';
import { defaultPolicyFile, policyFrom } from './policy-option';

interface Finding extends Answer {
  readonly check: string;
}

const statuses: readonly Status[] = ['ok', 'missing', 'warning', 'not checked'];

/** Adds `homeostat doctor`. */
export function registerDoctor(program: Command, open = openDeployment): void {
  ofDeployment(
    program
      .command('doctor')
      .description('check a deployment and the way to it: what is there, what is missing, and what to do')
      .option('--policy <file>', 'the policy, for its contacts and remediations (default: policies/default.yaml)')
      .option('--json', 'print one JSON object'),
  ).action(
    async ({ policy = defaultPolicyFile, json, ...options }: { policy?: string; json?: true } & DeploymentOptions) => {
      const read = policyFrom(policy);
      await against(open(options), (deployment) => examine(deployment, read, { json, now: systemClock.now }));
    },
  );
}

/** Looks at everything at once, and tells it in order. Status 1 when something is missing. */
export async function examine(
  deployment: Deployment,
  policy: Policy,
  { json, now }: { readonly json?: true | undefined; readonly now: () => number },
): Promise<CommandResult> {
  let asked: Promise<Caller> | undefined;
  const caller = (): Promise<Caller> => (asked ??= whoCalls(deployment, now));
  const site: Site = { deployment, policy, caller, now };
  const checks = [
    ...callerChecks,
    ...tableChecks,
    ...eventChecks,
    ...queueChecks,
    ...functionChecks,
    ...scheduleChecks,
    ...roleChecks(policy),
    ...contactChecks(policy),
    selfCheck,
    ...incidentChecks,
  ];
  const findings = await Promise.all(checks.map((check) => lookAt(check, site)));
  const out = json ? JSON.stringify({ name: deployment.name, checks: findings }, null, 2) : textOf(findings);
  return { status: findings.some(({ status }) => status === 'missing') ? 1 : 0, out, err: '' };
}

async function lookAt({ name, look }: Check, site: Site): Promise<Finding> {
  try {
    return { check: name, ...(await look(site)) };
  } catch (error) {
    if (!isOfAws(error)) return { check: name, ...notChecked(String(error), 'tell those who make homeostat') };
    const { what, next } = awsFault(error);
    return { check: name, ...notChecked(what, next) };
  }
}

function textOf(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const lines = findings.flatMap(({ check, status, found, next }) => [
    `${status.padEnd(11)}  ${check.padEnd(width)}  ${found}`,
    ...(next === undefined ? [] : [`${' '.repeat(13 + width)}  next: ${next}`]),
  ]);
  const counts = statuses
    .map((status) => ({ status, count: findings.filter((one) => one.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${status}`);
  return [...lines, '', `${numbered(findings.length, 'check')}: ${counts.join(', ')}`].join('\n');
}
