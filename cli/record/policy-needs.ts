import { matchesPattern } from '../../signals/event-pattern';
import type { JsonObject } from '../../signals/plain-json';
import type { Policy } from '../../statemachines/policy';

/** A field that a policy looks at: names of its steps. */
export interface AskedField {
  readonly path: readonly string[];
  /** Whether it names a resource. */
  readonly names: boolean;
}

/** A runbook that a policy may start. */
export interface NamedRunbook {
  readonly document: string;
  readonly version?: string;
}

/** What a policy will ask of a recording, beyond what every policy does. */
export interface PolicyNeeds {
  /** Keys of tags that its rules compare. */
  readonly tagKeys: ReadonlySet<string>;
  /** The fields that its mappings look at in such an event; none where none matches it. */
  readonly fieldsOf: (event: JsonObject) => readonly AskedField[];
  readonly runbooks: readonly NamedRunbook[];
  /** Whether it names accounts, which a recording with stand-ins does not hold. */
  readonly namesAccounts: boolean;
  /** Whether it may compare names of resources, which a recording with pseudonyms does not hold. */
  readonly asksForNames: boolean;
}

/** What a policy needs to be kept. */
export function needsOf(policy: Policy): PolicyNeeds {
  const wheres = policy.rules.flatMap(({ where }) => where);
  const asks = JSON.stringify(wheres.map(({ field, asks: asked }) => ({ [field]: asked })));
  const mapped = policy.mappings.map(({ pattern, resource: { id } }) => ({
    pattern,
    fields: [
      ...pathsIn(pattern.source).map((path) => ({ path, names: false })),
      ...(typeof id === 'string' ? [] : [{ path: id.path.split('.'), names: true }]),
    ],
  }));
  return {
    tagKeys: new Set(
      wheres.flatMap(({ field, asks: asked }) => tagKeysIn(field === '$or' ? asked : { [field]: asked })),
    ),
    fieldsOf: (event) => mapped.filter(({ pattern }) => matchesPattern(pattern, event)).flatMap(({ fields }) => fields),
    runbooks: policy.rules.flatMap(({ rule }) => rule.ladder.flatMap(({ parameters }) => runbookIn(parameters))),
    namesAccounts: policy.accounts !== undefined || /"account":/.test(asks) || comparesArns(policy),
    asksForNames: policy.mappings.length > 0 || (/"resource":/.test(asks) && /"id":/.test(asks)),
  };
}

/** Remediations that look for what their parameters name by ARN. */
const byArn = ['flip-routing-control', 'repair-sns-delivery', 'restore-log-delivery'];

function comparesArns({ rules }: Policy): boolean {
  const rungs = rules.flatMap(({ rule }) => rule.ladder).filter(({ remediation }) => byArn.includes(remediation));
  return rungs.some(({ parameters }) => /"arn:[^"]*:\d{12}:/.test(JSON.stringify(parameters)));
}

/** The paths whose values a pattern compares. */
function pathsIn(pattern: unknown, above: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof pattern !== 'object' || pattern === null) return [];
  return Object.entries(pattern).flatMap(([key, asks]) => {
    if (key === '$or' && Array.isArray(asks)) return asks.flatMap((branch) => pathsIn(branch, above));
    const path = [...above, ...key.split('.')];
    return Array.isArray(asks) ? [path] : pathsIn(asks, path);
  });
}

function tagKeysIn(asks: unknown): readonly string[] {
  if (typeof asks !== 'object' || asks === null) return [];
  if (Array.isArray(asks)) return asks.flatMap(tagKeysIn);
  return Object.entries(asks).flatMap(([key, value]) => {
    if (key === 'tags') return keysIn(value);
    return key === '$or' ? tagKeysIn(value) : [];
  });
}

function keysIn(asks: unknown): readonly string[] {
  if (typeof asks !== 'object' || asks === null) return [];
  if (Array.isArray(asks)) return asks.flatMap(keysIn);
  return Object.entries(asks).flatMap(([key, value]) => (key === '$or' ? keysIn(value) : [key]));
}

function runbookIn({ document, version }: Readonly<Record<string, unknown>>): readonly NamedRunbook[] {
  if (typeof document !== 'string') return [];
  return [{ document, ...(typeof version === 'string' && { version }) }];
}
