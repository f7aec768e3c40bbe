import type { EpochMillis } from '../../signals/signal';
import type { Mode } from '../../statemachines/rule';
import { differencesOf, likenessOf, type Difference, type Likeness } from './difference';
import { paired, type Pair } from './pairing';
import type { Side } from './side';
import { tallyOf, type Tally } from './tally';
import { verdictOn } from './verdict';

/** What one policy made of the period. */
export interface SideTold extends Pick<Side, 'decisions' | 'ignored'> {
  /** File of the policy. */
  readonly policy: string;
  /** Signals that no rule took, by the reason; the most first. */
  readonly skipped: readonly { readonly reason: string; readonly signals: number }[];
  readonly all: Tally;
}

/** One rule on both sides; null where a policy has no incident under a rule of that name. */
export interface RuleCompared {
  readonly rule: string;
  readonly old: Tally | null;
  readonly new: Tally | null;
  /** Incidents with another result that this rule had on one side at least. */
  readonly otherResult: number;
  /** The same for those that come to the same by another way. */
  readonly otherWay: number;
}

/** One sickness on both sides. */
export interface Compared extends Pair {
  /** None where both policies did the same. */
  readonly differences: readonly Difference[];
  readonly likeness: Likeness;
}

/** Two policies over one period. */
export interface Comparison {
  readonly period: { readonly from: EpochMillis; readonly to: EpochMillis } | null;
  readonly mode: Mode;
  readonly peopleApprove: boolean;
  readonly events: number;
  readonly invalid: readonly string[];
  readonly old: SideTold;
  readonly new: SideTold;
  /** In one sentence. */
  readonly verdict: string;
  /** Incidents by how like the two sides are. */
  readonly likenesses: Readonly<Record<Likeness, number>>;
  /** Those that differ most first. */
  readonly rules: readonly RuleCompared[];
  /** In the order in which they opened. */
  readonly incidents: readonly Compared[];
  /** What was made up because the recording does not say it. */
  readonly assumed: readonly string[];
}

/** What is compared: two sides with their policies' files, and how both were played. */
export interface Played {
  readonly old: Side;
  readonly new: Side;
  readonly files: { readonly old: string; readonly new: string };
  readonly mode: Mode;
  readonly peopleApprove: boolean;
}

/** Lays two sides beside each other. */
export function compare({ old, new: fresh, files, mode, peopleApprove }: Played): Comparison {
  const incidents = paired(old, fresh).map((pair): Compared => {
    const differences = differencesOf(pair);
    return { ...pair, differences, likeness: likenessOf(differences) };
  });
  const told = { old: sideTold(files.old, old), new: sideTold(files.new, fresh) };
  const counts = { otherResult: 0, otherWay: 0, same: 0 };
  for (const { likeness } of incidents) counts[likeness] += 1;
  return {
    period: fresh.period,
    mode,
    peopleApprove,
    events: fresh.events,
    invalid: fresh.invalid,
    ...told,
    verdict: verdictOn({ ...told, likenesses: counts }),
    likenesses: counts,
    rules: rulesOf(incidents),
    incidents,
    assumed: [...new Set([...old.assumed, ...fresh.assumed])],
  };
}

function sideTold(policy: string, { decisions, ignored, skipped, incidents }: Side): SideTold {
  return {
    policy,
    decisions,
    ignored,
    skipped: [...skipped]
      .map(([reason, signals]) => ({ reason, signals }))
      .sort((one, other) => other.signals - one.signals || (one.reason < other.reason ? -1 : 1)),
    all: tallyOf(incidents),
  };
}

function rulesOf(incidents: readonly Compared[]): readonly RuleCompared[] {
  const names = new Set(incidents.flatMap(({ old, new: fresh }) => [old?.rule, fresh?.rule]));
  const of = (side: 'old' | 'new', rule: string): Tally | null => {
    const its = incidents.flatMap((one) => (one[side]?.rule === rule ? [one[side]] : []));
    return its.length > 0 ? tallyOf(its) : null;
  };
  const countOf = (rule: string, wanted: Likeness): number =>
    incidents.filter(
      ({ old, new: fresh, likeness }) => likeness === wanted && (old?.rule === rule || fresh?.rule === rule),
    ).length;
  return [...names]
    .filter((name) => name !== undefined)
    .map((rule) => ({
      rule,
      old: of('old', rule),
      new: of('new', rule),
      otherResult: countOf(rule, 'otherResult'),
      otherWay: countOf(rule, 'otherWay'),
    }))
    .sort((a, b) => b.otherResult - a.otherResult || b.otherWay - a.otherWay || (a.rule < b.rule ? -1 : 1));
}
