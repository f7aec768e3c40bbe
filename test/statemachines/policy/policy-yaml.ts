import { z } from 'zod';
import { type Policy, readPolicy } from '../../../statemachines/policy';
import type { PolicyFacts } from '../../../statemachines/policy/draft';
import type { Fault } from '../../../statemachines/policy/text';
import type { RemediationFacts } from '../../../statemachines/policy/remediation-facts';

/** A remediation as a policy sees it. */
function remediation(overrides: Partial<RemediationFacts> = {}): RemediationFacts {
  return {
    name: 'reboot-instance',
    title: 'Reboot an instance',
    when: 'The guest hangs.',
    heals: ['ec2-instance-impaired'],
    takes: ['ec2-instance'],
    needsApproval: false,
    snapshots: 'losesNoData',
    parameters: z.strictObject({}),
    ...overrides,
  };
}

export const facts: PolicyFacts = {
  remediations: [
    remediation(),
    remediation({
      name: 'replace-instance',
      heals: ['ec2-instance-impaired', 'ec2-host-impaired'],
      needsApproval: true,
      snapshots: {},
      parameters: z.strictObject({ warmUp: z.int().min(0).default(60), zones: z.array(z.string()).default([]) }),
    }),
    remediation({
      name: 'scale-out-group',
      heals: ['group-overloaded'],
      takes: ['auto-scaling-group'],
      parameters: z
        .object({ by: z.int().default(1), to: z.int().optional() })
        .refine(({ by, to }) => to === undefined || to > by, {
          error: 'must be more than by',
          path: ['to'],
        }),
    }),
    remediation({
      name: 'run-ssm-automation',
      heals: ['*'],
      takes: ['ec2-instance', 'auto-scaling-group', 'volume'],
      snapshots: 'noneCanBeMade',
      parameters: z.strictObject({ document: z.string(), version: z.string().default('1') }),
    }),
  ],
  windowFaults: (cron) => (cron.includes('99') ? [{ of: 'cron', reason: 'there is no hour 99' }] : []),
};

type Parts = Readonly<Record<string, string | undefined>>;

/** A sound policy of one rule in YAML; each part is YAML for its key, and an undefined one leaves the key out. */
export function policyYaml({
  rule = {},
  ...top
}: { readonly rule?: Parts } & { readonly [key: string]: Parts | string | undefined } = {}): string {
  const lines = (parts: Parts): string[] =>
    Object.entries(parts).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]));
  const ofRule = lines({
    name: 'web',
    on: '[ec2-instance-impaired]',
    try: '[reboot-instance]',
    escalate: '[oncall]',
    ...rule,
  });
  const strings = Object.fromEntries(
    Object.entries(top).map(([key, value]) => [key, typeof value === 'object' ? '' : value]),
  );
  const all: Parts = {
    mode: 'act',
    rules: `\n  - ${ofRule.join('\n    ')}`,
    contacts: '{ oncall: { topic: arn:aws:sns:eu-central-1:111122223333:oncall } }',
    ...strings,
  };
  return `${lines(all).join('\n')}\n`;
}

/** The policy of a text that must be sound. */
export function soundPolicy(text: string): { readonly policy: Policy; readonly warnings: readonly Fault[] } {
  const reading = readPolicy(text, facts);
  if (reading.kind === 'policy') return reading;
  throw new Error(reading.errors.map(({ line, message }) => `${line}: ${message}`).join('\n'));
}

const marker = '▸';

/** Faults of a text with a marker, those at the marker first told apart from the others. */
export function faultsAtMarker(text: string): {
  readonly here: readonly string[];
  readonly elsewhere: readonly Fault[];
} {
  const before = text.slice(0, text.indexOf(marker)).split('\n');
  const at = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  const reading = readPolicy(text.replace(marker, ''), facts);
  const faults = reading.kind === 'errors' ? reading.errors : reading.warnings;
  const isHere = ({ line, column }: Fault): boolean => line === at.line && column === at.column;
  return { here: faults.filter(isHere).map(({ message }) => message), elsewhere: faults.filter((one) => !isHere(one)) };
}
