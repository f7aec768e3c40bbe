import { z } from 'zod';
import { conditions } from '../../signals/conditions';
import { parseEventPattern } from '../../signals/event-pattern';
import { didYouMean, listed } from './nearest-name';
import type { Draft, DraftRule, Inspection } from './draft';
import type { Path } from './text';
import type { PathFault } from './wording';
import type { RemediationFacts } from './remediation-facts';
import { parseWhere, pathInReason } from './where';

const json = z.record(z.string(), z.json());

/** In `heals`: the remediation may be tried for every condition. */
const anyCondition = '*';

/** Kinds of resource of each condition: of those that Homeostat knows, and of the operator's own. */
type Kinds = ReadonlyMap<string, readonly string[]>;

const known: Kinds = new Map<string, readonly string[]>(conditions.map(({ name, of }) => [name, of]));

function kindsIn(draft: Draft): Kinds {
  const kinds = new Map(known);
  const mapped = draft.conditions.map(({ condition, resource }) => ({ condition, resource }));
  const fromRules = draft.rules.map(({ name, events, resource }) => ({
    condition: events === undefined ? '' : name,
    resource,
  }));
  for (const { condition, resource } of [...mapped, ...fromRules]) {
    // A kind that cannot be read is any kind: its own fault is told elsewhere.
    if (condition && !known.has(condition)) {
      kinds.set(condition, [...(kinds.get(condition) ?? []), ...(resource?.kind ? [resource.kind] : [])]);
    }
  }
  return kinds;
}

const fault = (path: Path, message: string, of: PathFault['of'] = 'value'): PathFault => ({ path, of, message });

function patternFaults(events: unknown, path: Path): PathFault[] {
  const read = json.safeParse(events);
  // What is not even an object is told of by the schema.
  if (!read.success) return [];
  const parsed = parseEventPattern(read.data);
  if (parsed.kind === 'pattern') return [];
  return [fault([...path, ...pathInReason(parsed.reason)], `not an event pattern: ${parsed.reason}`)];
}

/** The operator's own mapping of events to conditions. */
export const inspectMappings: Inspection = (draft) =>
  draft.conditions.flatMap(({ condition, events, resource }, index) => {
    const faults = patternFaults(events, ['conditions', index, 'events']);
    const kinds = known.get(condition);
    if (kinds && resource.kind && !kinds.includes(resource.kind)) {
      const message = `${condition} is said of ${listed(kinds, 'or')}, not of ${resource.kind}: map to a condition of your own`;
      faults.push(fault(['conditions', index, 'resource', 'kind'], message));
    }
    return faults;
  });

function inspectEvents(rule: DraftRule, path: Path, draft: Draft): PathFault[] {
  const faults = patternFaults(rule.events, [...path, 'events']);
  if (rule.on) faults.push(fault([...path, 'events'], 'a rule has either on or events; write two rules', 'key'));
  if (!rule.resource) faults.push(fault(path, 'events needs resource: of what the events speak'));
  if (known.has(rule.name) || draft.conditions.some(({ condition }) => condition === rule.name)) {
    faults.push(fault([...path, 'name'], `${rule.name} is a condition: give a rule with events a name of its own`));
  }
  return faults;
}

function inspectOn(rule: DraftRule, path: Path, kinds: Kinds): PathFault[] {
  const faults: PathFault[] = [];
  if (!rule.on) faults.push(fault(path, 'write on which conditions (on) or on which events (events) the rule acts'));
  if (rule.resource) {
    faults.push(
      fault([...path, 'resource'], 'resource goes with events; a condition says itself what it is about', 'key'),
    );
  }
  for (const [index, condition] of (rule.on ?? []).entries()) {
    if (!condition || kinds.has(condition)) continue;
    const hint = didYouMean(condition, [...kinds.keys()]) || '; map events to it under conditions';
    faults.push(fault([...path, 'on', index], `there is no condition ${condition}${hint}`));
  }
  return faults;
}

function inspectWhere(where: unknown, path: Path): PathFault[] {
  const read = json.safeParse(where);
  const parsed = read.success ? parseWhere(read.data) : undefined;
  return parsed?.kind === 'invalid'
    ? parsed.faults.map((one) => fault([...path, ...one.path], one.reason, one.of))
    : [];
}

function whyUseless(remediation: RemediationFacts, on: readonly string[], kinds: Kinds): string | undefined {
  // An operator's own condition is in no remediation's list: there the operator answers for it, and its kind is checked.
  const { heals } = remediation;
  const healed = on.filter((one) => !known.has(one) || heals.includes(one) || heals.includes(anyCondition));
  if (healed.length === 0) {
    return `${remediation.name} does not heal ${listed(on, 'or')}; it heals ${listed(remediation.heals)}`;
  }
  const about = healed.flatMap((condition) => kinds.get(condition) ?? []);
  if (about.length === 0 || about.some((kind) => remediation.takes.some((taken) => taken === kind))) return undefined;
  return `${remediation.name} takes ${listed(remediation.takes)}, and the rule is about ${listed([...new Set(about)])}`;
}

/** What each rule is about, and whether its remediations can help there. */
export const inspectRules: Inspection = (draft, { remediations }) => {
  const kinds = kindsIn(draft);
  return draft.rules.flatMap((rule, index) => {
    const path = ['rules', index];
    const on = rule.events === undefined ? (rule.on ?? []) : [rule.name];
    // Of a condition that nobody knows it cannot be said what helps.
    const areKnown = on.length > 0 && on.every((one) => kinds.has(one));
    const subject = rule.events === undefined ? inspectOn(rule, path, kinds) : inspectEvents(rule, path, draft);
    const faults = [...subject, ...inspectWhere(rule.where, [...path, 'where'])];
    const before = draft.rules.findIndex(({ name }) => name === rule.name);
    if (rule.name && before < index) {
      faults.push(
        fault([...path, 'name'], `rule ${before + 1} is named ${rule.name} too: each rule needs a name of its own`),
      );
    }
    for (const [rung, { name }] of rule.try.entries()) {
      const remediation = remediations.find((one) => one.name === name);
      const why = remediation && areKnown ? whyUseless(remediation, on, kinds) : undefined;
      if (why) faults.push(fault([...path, 'try', rung], why));
    }
    return faults;
  });
};

/** Rules that never get anything to do, because rules before them take it all. */
export const inspectReach: Inspection = (draft) =>
  draft.rules.flatMap((rule, index) => {
    const where = JSON.stringify(rule.where);
    const on = rule.on ?? [];
    const takers = on.map((condition) =>
      draft.rules
        .slice(0, index)
        .find((one) => one.on?.includes(condition) && (one.where === undefined || JSON.stringify(one.where) === where)),
    );
    if (on.length === 0 || takers.includes(undefined)) return [];
    const names = [...new Set(takers.map((taker) => taker?.name ?? ''))];
    return [
      fault(['rules', index], `rule ${rule.name} never acts: ${listed(names)} before it takes all of its conditions`),
    ];
  });
