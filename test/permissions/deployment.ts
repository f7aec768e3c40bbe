import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { remediations } from '../../remediations';
import { HomeostatStack } from '../../infra/stack';
import { quickApp } from '../infra/app';
import { scenarios } from '../remediations/scenarios';
import { account, region } from './requests';

/** A CloudFormation template as it is deployed. */
export interface StackTemplate {
  readonly Resources: Readonly<Record<string, StackResource>>;
}

export interface StackResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** The ARN of the topic on which this policy calls people. */
export const peopleTopic = `arn:aws:sns:${region}:${account}:oncall`;

/** A policy as it is before it is read. */
interface PolicyOfAll extends Readonly<Record<string, unknown>> {
  readonly rules: readonly object[];
}

/** Remediations that can take a snapshot of what they could lose. */
export const keeping: ReadonlySet<string> = new Set(
  remediations.filter(({ snapshots }) => typeof snapshots === 'object').map(({ name }) => name),
);

/**
 * A policy that starts every remediation that has a scenario, with the parameters of the scenario. `keeps`: whatever can takes a
 * snapshot first, which needs more leave.
 */
export function policyOfAll(mode: 'observe' | 'act', keeps = false): PolicyOfAll {
  return {
    mode,
    rules: scenarios.map(({ remediation, condition, parameters }, place) => ({
      name: `scenario-${place + 1}`,
      on: [condition],
      // The first rule that takes a condition has it; by the tag none hides another.
      where: { tags: { scenario: String(place + 1) } },
      try: [{ [remediation]: { ...parameters, ...(keeps && keeping.has(remediation) && { snapshotFirst: true }) } }],
      escalate: ['oncall'],
    })),
    contacts: { oncall: { topic: peopleTopic }, tickets: { opsItems: true } },
  };
}

/** The template of a stack with this policy. */
export function synthesised(policy: object): StackTemplate {
  const folder = mkdtempSync(join(tmpdir(), 'homeostat-'));
  try {
    const policyFile = join(folder, 'policy.yaml');
    writeFileSync(policyFile, JSON.stringify(policy));
    const code = mkdtempSync(join(folder, 'bundle-'));
    writeFileSync(join(code, 'index.js'), '');
    const app = quickApp(join(folder, 'cdk.out'));
    const stack = new HomeostatStack(app, 'homeostat', { policyFile, code, env: { account, region } });
    return Template.fromStack(stack).toJSON() as StackTemplate;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
