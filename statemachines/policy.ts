import type { OverallLimits } from './guards/overall-limits';
import type { ConditionMapping } from '../signals/condition-mapping';
import { inspectMappings, inspectReach, inspectRules } from './policy/conditions';
import { inspectEscalation, inspectPlaceholders } from './policy/contacts';
import { draftOf, type Inspection, type PolicyFacts } from './policy/draft';
import { inspectEnforcement } from './policy/enforcement';
import { heldTo, inspectModes } from './policy/modes';
import { mappingsOf, type PolicyRule, policyRuleOf } from './policy/rule';
import { inspectSnapshots } from './policy/snapshots';
import { policyJsonSchema, policySchema, type WrittenPolicy } from './policy/schema';
import { type Fault, readPolicyText } from './policy/text';
import { faultsOf, inPlainWords, type PathFault } from './policy/wording';
import type { Mode } from './rule';

/** Whom to call: readers of a topic, or of OpsItems. */
export type Contact =
  | {
      /** ARN of an SNS topic that is not FIFO. */
      readonly topic: string;
      /** How those who read the topic want it: plain text, or JSON for Amazon Q Developer in chat applications. */
      readonly format: 'email' | 'chat';
    }
  | {
      /** OpsItems in Systems Manager, of the account and region that the program runs in. */
      readonly opsItems: true;
      /** From 1, the worst, to 4. */
      readonly severity: number;
    };

/** A time in which the policy is stricter. */
export interface Window {
  readonly name: string;
  /** When it begins: minute hour day month weekday, in `timezone`. */
  readonly cron: string;
  /** IANA name. */
  readonly timezone: string;
  readonly forSeconds: number;
  readonly then: 'observe' | 'approve';
}

/** The operator's rules, checked, with every default filled in. */
export interface Policy {
  readonly mode: Mode;
  /** Over all rules together. */
  readonly limits: OverallLimits;
  /** Accounts whose events are taken; absent: the one that the program runs in. */
  readonly accounts?: readonly string[];
  /** Regions whose events are taken; absent: the one that the program runs in. */
  readonly regions?: readonly string[];
  /** The operator's own, and one for each rule that has `events`, to a condition of the rule's name. */
  readonly mappings: readonly ConditionMapping[];
  /** The first that takes a signal has it. */
  readonly rules: readonly PolicyRule[];
  readonly contacts: Readonly<Record<string, Contact>>;
  readonly windows: readonly Window[];
}

/** A policy with faults is no policy. */
export type PolicyReading =
  | { readonly kind: 'policy'; readonly policy: Policy; readonly warnings: readonly Fault[] }
  | { readonly kind: 'errors'; readonly errors: readonly [Fault, ...Fault[]] };

const inspectWindows: Inspection = (draft, { windowFaults }) =>
  draft.windows.flatMap(({ cron, timezone }, index) =>
    // A cron that is missing or is no text is told of by the schema.
    (cron ? windowFaults(cron, timezone || 'UTC') : []).map(({ of, reason }): PathFault => ({
      path: ['windows', index, of],
      of: 'value',
      message: reason,
    })),
  );

const inspectEmptiness: Inspection = (draft) =>
  draft.rules.length === 0
    ? [{ path: ['rules'], of: 'value', message: 'there are no rules: nothing is ever healed' }]
    : [];

const forErrors = [
  inspectModes,
  inspectEnforcement,
  inspectMappings,
  inspectRules,
  inspectSnapshots,
  inspectEscalation,
  inspectWindows,
];
const forWarnings = [inspectEmptiness, inspectReach];

const byPosition = (a: Fault, b: Fault): number => a.line - b.line || a.column - b.column;
const isFirstOfItsKind = (fault: Fault, index: number, all: readonly Fault[]): boolean =>
  all.findIndex((one) => byPosition(one, fault) === 0 && one.message === fault.message) === index;

/** Reads a policy and finds all that is wrong with it, in the order of its lines. Throws for no text. */
export function readPolicy(text: string, facts: PolicyFacts): PolicyReading {
  const read = readPolicyText(text);
  if (read.kind === 'faults') return { kind: 'errors', errors: read.faults };
  const inLines = (faults: readonly PathFault[]): Fault[] =>
    faults
      .map(({ path, of, message }) => ({ ...read.positionOf(path, of), message }))
      .filter(isFirstOfItsKind)
      .sort(byPosition);

  const { data, error } = policySchema(facts.remediations).safeParse(read.data, { error: inPlainWords });
  const draft = draftOf(read.data);
  const ofShape = error ? faultsOf(error.issues, policyJsonSchema(facts.remediations)) : [];
  const placeholders = inspectPlaceholders(draft, facts);
  const [first, ...others] = inLines([
    ...ofShape,
    ...forErrors.flatMap((inspect) => inspect(draft, facts)),
    // Whoever lets the program touch things must have said whom it calls.
    ...(draft.mode === 'observe' ? [] : placeholders),
  ]);
  if (first) return { kind: 'errors', errors: [first, ...others] };
  const warnings = inLines([...placeholders, ...forWarnings.flatMap((inspect) => inspect(draft, facts))]);
  if (data) return { kind: 'policy', policy: policyOf(data, facts), warnings };
  return { kind: 'errors', errors: [{ line: 1, column: 1, message: 'the policy cannot be read' }] };
}

function policyOf(written: WrittenPolicy, facts: PolicyFacts): Policy {
  const { mode, accounts, regions, contacts, windows = [], limits } = written;
  const { within, sick, coolDown, pace, ...thresholds } = limits.storm;
  return {
    mode,
    limits: {
      ...limits,
      storm: { ...thresholds, withinSeconds: within, sickPercent: sick, coolDownSeconds: coolDown, paceSeconds: pace },
    },
    ...(accounts && { accounts }),
    ...(regions && { regions }),
    mappings: mappingsOf(written),
    rules: written.rules.map((rule) => policyRuleOf(rule, written, facts.remediations)),
    contacts,
    windows: windows.map(({ for: forSeconds, ...window }) => ({ ...window, forSeconds })),
  };
}

/** The policy as if its author had written `mode`: rules that are stricter by themselves stay so. */
export function inMode(mode: Mode, policy: Policy): Policy {
  return { ...policy, mode, rules: policy.rules.map((one) => ({ ...one, rule: heldTo(mode, one.asWritten) })) };
}
