import { sources } from '../../signals/index';
import type { Source } from '../../signals/source';
import { heardSources, mappingName } from '../../statemachines/policy/heard-sources';
import type { Deployment } from './deployment';

/** An EventBridge pattern, as a rule takes it. */
export type Pattern = Readonly<Record<string, unknown>>;

/** What one rule is called, and the events that it takes. */
export interface RulePattern {
  readonly id: string;
  readonly pattern: Pattern;
}

type Reach = Pick<Deployment, 'policy' | 'accounts' | 'regions'>;

/** EventBridge takes no longer one. */
const longestPattern = 2048;

/** The events that can matter to the policy: by source, and by each mapping of the operator's. */
export function rulePatterns(reach: Reach): readonly RulePattern[] {
  const { policy } = reach;
  const ofSources = heardSources(policy).map((source) => ofSource(source, reach));
  const ofMappings = policy.mappings.map(({ pattern }, index) => ({
    id: mappingName(index),
    pattern: held(pattern.source, reach),
  }));
  return [...ofSources, ...ofMappings].flatMap(inParts);
}

function ofSource({ name, pattern, tellsOf, worthwhile }: Source, { accounts, regions }: Reach): RulePattern {
  return {
    id: name,
    pattern: {
      ...pattern,
      account: accounts,
      // Of a source that tells of other regions not the envelope's counts, but the resource's, which the function looks at.
      ...(tellsOf === 'own' && { region: regions }),
      ...(worthwhile && { detail: worthwhile }),
    },
  };
}

/** The operator's pattern, held to the accounts and regions where it leaves them open. */
function held(pattern: Pattern, { accounts, regions }: Reach): Pattern {
  return {
    ...pattern,
    ...(!('account' in pattern) && { account: accounts }),
    ...(!('region' in pattern) && !mayTellOfOthers(pattern) && { region: regions }),
  };
}

/** Whether events of a source that tells of other regions may match it. */
function mayTellOfOthers({ source }: Pattern): boolean {
  const others = sources.filter(({ tellsOf }) => tellsOf === 'others').flatMap((one) => one.pattern.source);
  if (!Array.isArray(source) || source.some((one) => typeof one !== 'string')) return true;
  return others.some((other) => source.includes(other));
}

/** A pattern that is too long, as several: each has a part of the accounts, or of the regions. */
function inParts({ id, pattern }: RulePattern): readonly RulePattern[] {
  const parts = split(pattern, id);
  return parts.map((part, index) => ({ id: index === 0 ? id : `${id}-${index + 1}`, pattern: part }));
}

function split(pattern: Pattern, id: string): readonly Pattern[] {
  if (JSON.stringify(pattern).length <= longestPattern) return [pattern];
  for (const key of ['account', 'region']) {
    const list: unknown = pattern[key];
    if (!Array.isArray(list) || list.length < 2) continue;
    const half = Math.ceil(list.length / 2);
    return [list.slice(0, half), list.slice(half)].flatMap((part) => split({ ...pattern, [key]: part }, id));
  }
  throw new Error(
    `The event pattern of ${id} has more than ${longestPattern} characters, which EventBridge refuses: shorten it in the policy.`,
  );
}

/** One pattern for all of them: exact if that is short enough, and else by as much of what they name as there is room for. */
export function unionOf(patterns: readonly Pattern[]): Pattern {
  const [first, ...others] = patterns;
  if (first && others.length === 0) return first;
  const exact = { $or: patterns };
  if (JSON.stringify(exact).length <= longestPattern) return exact;
  const listed = (key: string): readonly string[] | undefined => {
    const lists = patterns.map((pattern) => namesOf(pattern[key]));
    return lists.includes(undefined) ? undefined : [...new Set(lists.flatMap((list) => list ?? []))];
  };
  const wide = unions.map((keys) =>
    Object.fromEntries(
      keys.flatMap((key) => {
        const list = listed(key);
        return list ? [[key, list] as const] : [];
      }),
    ),
  );
  return wide.find((pattern) => JSON.stringify(pattern).length <= longestPattern) ?? { source: [{ prefix: '' }] };
}

/** What is named of an event in a pattern for many, the narrowest first. */
const unions = [
  ['source', 'detail-type', 'account'],
  ['source', 'account'],
  ['source', 'detail-type'],
] as const;

/** A list that holds more than names, or none at all, leaves the field open. */
function namesOf(list: unknown): readonly string[] | undefined {
  if (!Array.isArray(list)) return undefined;
  const names = list.filter((one) => typeof one === 'string');
  return names.length === list.length ? names : undefined;
}
