import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HomeostatStack } from '../../infra/stack';
import type { HomeostatProps } from '../../infra/homeostat';
import { quickApp } from './app';
import { account, region } from './policies';

/** A resource of a template, its references made plain: see `plain`. */
export interface Synthesised {
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly Principal?: unknown;
}

/** A folder that holds a policy and a bundle of nothing; removed by whoever asked for it. */
export function workplace(policy: string): { readonly folder: string; readonly props: HomeostatProps } {
  const folder = mkdtempSync(join(tmpdir(), 'homeostat-infra-'));
  writeFileSync(join(folder, 'policy.yaml'), policy);
  const code = join(folder, 'code');
  mkdirSync(code);
  writeFileSync(join(code, 'index.js'), 'exports.work = exports.sweep = () => undefined;\n');
  return { folder, props: { policyFile: join(folder, 'policy.yaml'), code } };
}

/** The resources of a stack with this policy. */
export function synthesise(policy: string, more: Partial<HomeostatProps> = {}): readonly Synthesised[] {
  const { folder, props } = workplace(policy);
  try {
    const app = quickApp(join(folder, 'out'));
    new HomeostatStack(app, 'homeostat', { ...props, ...more, env: { account, region } });
    const { template } = app.synth().getStackArtifact('homeostat') as { template: { Resources: object } };
    return Object.entries(template.Resources).map(([id, raw]: [string, Record<string, unknown>]) => ({
      id,
      type: String(raw.Type),
      properties: plain(raw.Properties ?? {}) as Record<string, unknown>,
      raw,
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A template's value with its references as text: the partition is `aws`, another resource is `<its id>`. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value) as [string, unknown][];
  const [key, argument] = entries[0] ?? ['', undefined];
  if (key === 'Ref') return argument === 'AWS::Partition' ? 'aws' : `<${String(argument)}>`;
  if (key === 'Fn::GetAtt') return `<${String((argument as unknown[])[0])}>`;
  if (key === 'Fn::Join') {
    const [glue, parts] = argument as [string, unknown[]];
    return parts.map((part) => String(plain(part))).join(glue);
  }
  return Object.fromEntries(entries.map(([name, one]) => [name, plain(one)]));
}

export const ofType = (resources: readonly Synthesised[], type: string): readonly Synthesised[] =>
  resources.filter((one) => one.type === type);

/** The one resource of that type that the test accepts. Throws when there is none, or another one. */
export function theOne(
  resources: readonly Synthesised[],
  type: string,
  is: (one: Synthesised) => boolean = () => true,
): Synthesised {
  const found = ofType(resources, type).filter(is);
  if (found.length === 1 && found[0]) return found[0];
  throw new Error(`${found.length} resources of type ${type} fit, not one`);
}

/** Every statement of a policy document. */
export function statementsOf(document: unknown): readonly Statement[] {
  return (document as { Statement: readonly Statement[] }).Statement;
}

/** What stands in the policy of that name within a role. */
export function inlineStatements(role: Synthesised, name: string): readonly Statement[] {
  const policies = (role.properties.Policies ?? []) as readonly { PolicyName: string; PolicyDocument: unknown }[];
  return policies
    .filter(({ PolicyName }) => PolicyName === name)
    .flatMap(({ PolicyDocument }) => statementsOf(PolicyDocument));
}

export const listed = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : [value].flat();
