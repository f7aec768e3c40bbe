import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import type { Command } from 'commander';
import { conditions } from '../signals/conditions';
import { durationText } from '../statemachines/duration';
import { type FileFault, readPolicyFile } from '../runtime/policy-file';
import type { Policy } from '../statemachines/policy';
import type { PolicyRule } from '../statemachines/policy/rule';
import { numbered } from './incident-text';
import { defaultPolicyFile } from './policy-option';
import { tableText } from './table-text';

/** What `check` prints, and the status that it ends with: 0 fine, 1 faults in the policy, 2 there is no such file. */
export interface CheckResult {
  readonly status: 0 | 1 | 2;
  readonly out: string;
  readonly err: string;
}

const lineOf = (fault: FileFault, severity: 'error' | 'warning'): string =>
  `${fault.file}:${fault.line}:${fault.column}: ${severity}: ${fault.message}`;

/** One rule as people read it. */
function summaryOf({ rule, on, where }: PolicyRule): Readonly<Record<string, string>> {
  const rungs = rule.ladder.map(({ remediation, approval, snapshotFirst }) => {
    const first = [...(approval === 'required' ? ['asks first'] : []), ...(snapshotFirst ? ['snapshot first'] : [])];
    return first.length > 0 ? `${remediation} (${first.join(', ')})` : remediation;
  });
  const [first, ...later] = rule.escalate;
  return {
    RULE: rule.name,
    MODE: rule.mode,
    ON: [...on, ...where.map(({ field, asks }) => `${field}=${JSON.stringify(asks)}`)].join(' '),
    TRIES: rungs.join(' → ') || 'nothing: people are called at once',
    CALLS: [
      first.contact,
      ...later.map(({ contact, afterSeconds }) => `${contact} after ${durationText(afterSeconds)}`),
    ].join(', '),
  };
}

function uncovered(policy: Policy): string[] {
  return conditions.map(({ name }) => name).filter((name) => !policy.rules.some(({ on }) => on.includes(name)));
}

function report(policy: Policy): string {
  const left = uncovered(policy);
  const windows = policy.windows.map(({ name, then }) => `${name} (${then})`);
  return [
    tableText(policy.rules.map(summaryOf)),
    '',
    `${numbered(policy.rules.length, 'rule')}, in mode ${policy.mode}.`,
    ...(windows.length > 0 ? [`Windows: ${windows.join(', ')}.`] : []),
    ...(left.length > 0 ? [`No rule is on: ${left.join(', ')}.`] : []),
  ].join('\n');
}

function asJson({ mode, accounts, regions, mappings, rules, contacts, windows }: Policy): object {
  return {
    mode,
    accounts,
    regions,
    mappings: mappings.map(({ pattern, ...mapping }) => ({ ...mapping, events: pattern.source })),
    rules: rules.map(({ rule, on, where }) => ({
      ...rule,
      on,
      where: Object.fromEntries(where.map(({ field, asks }) => [field, asks])),
    })),
    contacts,
    windows,
  };
}

/** Checks the policy in `file`: its faults, or what it would do. */
export function check(file: string, options: { readonly json?: boolean }): CheckResult {
  if (!existsSync(file)) {
    return {
      status: 2,
      out: '',
      err: `There is no policy ${file}: name a file, as in homeostat check policies/default.yaml`,
    };
  }
  const reading = readPolicyFile(file);
  const errors = reading.kind === 'errors' ? reading.errors : [];
  const warnings = reading.kind === 'policy' ? reading.warnings : [];
  const status = reading.kind === 'policy' ? 0 : 1;
  const policy = reading.kind === 'policy' ? reading.policy : undefined;
  if (options.json === true) {
    const told = { file, errors, warnings, ...(policy && { policy: asJson(policy) }) };
    return { status, out: JSON.stringify(told, null, 2), err: '' };
  }
  const told = [...errors.map((one) => lineOf(one, 'error')), ...warnings.map((one) => lineOf(one, 'warning'))];
  return {
    status,
    out: policy ? report(policy) : '',
    err: [...told, ...(policy ? [] : [`${file}: ${numbered(errors.length, 'error')}`])].join('\n'),
  };
}

/** Adds `homeostat check [POLICY]`. */
export function registerCheck(program: Command): void {
  program
    .command('check')
    .description('check a policy: its errors with line and column, or what its rules would do')
    .argument('[policy]', 'YAML file', relative(process.cwd(), defaultPolicyFile))
    .option('--json', 'print one JSON object')
    .action((file: string, options: { json?: boolean }) => {
      const { status, out, err } = check(file, options);
      if (err) console.error(err);
      if (out) console.log(out);
      process.exitCode = status;
    });
}
