import type { Inspection } from './draft';
import type { PathFault } from './wording';
import { type Mode, modes, type Rule, type Rung } from '../rule';

/** The mode that leaves the least to the program. */
export function strictest(...given: readonly [Mode, ...Mode[]]): Mode {
  return modes[Math.min(...given.map((mode) => modes.indexOf(mode)))] ?? 'observe';
}

const withApproval = (rung: Rung): Rung => (rung.approval === 'notRequired' ? { ...rung, approval: 'required' } : rung);

/** The rule held to `mode`: never looser than it was. In mode approve a person must agree to every rung. */
export function heldTo(mode: Mode, rule: Rule): Rule {
  const held = strictest(mode, rule.mode);
  if (held !== 'approve') return { ...rule, mode: held };
  return { ...rule, mode: held, ladder: rule.ladder.map(withApproval) };
}

const setting = (set: unknown, key: string): unknown => Object.entries(set ?? {}).find(([name]) => name === key)?.[1];

/** A rule or a rung that wants to go further than what it is part of. */
export const inspectModes: Inspection = (draft) => {
  const policyMode = draft.mode ?? 'act';
  return draft.rules.flatMap((rule, index): PathFault[] => {
    const looser =
      rule.mode && strictest(rule.mode, policyMode) !== rule.mode
        ? [
            {
              path: ['rules', index, 'mode'],
              of: 'value' as const,
              message: `the rule's mode ${rule.mode} is looser than the policy's, ${policyMode}: a rule may only be stricter`,
            },
          ]
        : [];
    // Only approve can be undercut by a rung: in act there is nothing looser, and in observe nothing is run.
    if (strictest(rule.mode ?? policyMode, policyMode) !== 'approve') return looser;
    const rungs = rule.try.flatMap(({ name, set }, rung): PathFault[] =>
      [
        { key: 'mode', looser: 'act' },
        { key: 'approval', looser: 'notRequired' },
      ]
        .filter((one) => setting(set, one.key) === one.looser)
        .map((one) => ({
          path: ['rules', index, 'try', rung, name, one.key],
          of: 'value',
          message: `${one.key}: ${one.looser} is looser than the rule's mode, approve: a rung may only be stricter`,
        })),
    );
    return [...looser, ...rungs];
  });
};
