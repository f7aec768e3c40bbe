import type { Compared, Comparison, SideTold } from '../replay/backtest/comparison';
import { notKnown } from '../replay/backtest/not-known';
import type { Most } from '../replay/backtest/peak';
import type { Refused, Tally } from '../replay/backtest/tally';
import { openedAt } from '../replay/backtest/pairing';
import { shortName } from '../replay/backtest/short-name';
import { timeText } from '../replay/report';
import { numbered } from './incident-text';
import { tableText } from './table-text';
import { wrappedText } from './wrapped-text';

const width = 110;
/** Incidents that are told one by one; there may be thousands. */
const shownAtMost = 20;

type Cells = Readonly<Record<string, string>>;

/** A comparison as people read it in a terminal: the verdict, the numbers, what differs first. */
export function backtestText(comparison: Comparison): string {
  const { period, events, verdict, old, new: fresh } = comparison;
  const during = period ? `, ${timeText(period.from)} to ${timeText(period.to)}` : '';
  return [
    `${numbered(events, 'event')}${during}\n  old: ${old.policy}\n  new: ${fresh.policy}`,
    wrappedText('', verdict, width),
    tableText(numbers(old, fresh)),
    ...refusals(old.all, fresh.all),
    ...skips(old, fresh),
    ...ruleTable(comparison),
    ...differing(comparison),
    ...titled('Assumed, since nothing recorded says it', comparison.assumed),
    ...titled('What is not known', notKnown(comparison)),
  ].join('\n\n');
}

function numbers(old: SideTold, fresh: SideTold): readonly Cells[] {
  const row = (what: string, of: (side: SideTold) => number): Cells => ({ '': what, ...change(of(old), of(fresh)) });
  return [
    row('incidents opened', ({ all }) => all.incidents),
    row('  something was started', ({ all }) => all.acted),
    row('  resolved', ({ all }) => all.outcomes.resolved),
    row('  recovered by themselves', ({ all }) => all.outcomes.recovered),
    row('  left to people', ({ all }) => all.outcomes.escalated),
    row('  only observed', ({ all }) => all.outcomes.observed),
    row('  open at the end', ({ all }) => all.outcomes.open),
    row('calls that change something', ({ all }) => all.writes),
    row('notices to people', ({ all }) => all.people.notices),
    row('  of these in one message with others', ({ all }) => all.people.folded),
    row('signals that no rule takes', ({ ignored }) => ignored.noRule),
    row('resources touched in the busiest hour', ({ all }) => all.peak.resources.most),
    row('writes in the busiest hour', ({ all }) => all.peak.writes.most),
  ].filter((cells) => cells['OLD'] !== '0' || cells['NEW'] !== '0');
}

function change(was: number, is: number): Cells {
  const by = is - was;
  return { OLD: String(was), NEW: String(is), CHANGE: by === 0 ? '' : `${by > 0 ? '+' : '−'}${Math.abs(by)}` };
}

function refusals(old: Tally, fresh: Tally): readonly string[] {
  const of = (was: readonly Refused[], is: readonly Refused[]): readonly Cells[] =>
    [...new Set([...is, ...was].map(({ by }) => by))].map((by) => {
      const [before, now] = [was, is].map((all) => all.find((one) => one.by === by));
      return {
        'REFUSED BY': by,
        ...change(before?.incidents ?? 0, now?.incidents ?? 0),
        WHY: (now ?? before)?.when ?? `such as: ${(now ?? before)?.example ?? ''}`,
      };
    });
  const rows = [...of(old.guards, fresh.guards), ...of(old.remediations, fresh.remediations)];
  return rows.length > 0 ? [`${tableText(rows)}\n  (incidents; an incident can be refused by several)`] : [];
}

function skips(old: SideTold, fresh: SideTold): readonly string[] {
  const reasons = [...new Set([...fresh.skipped, ...old.skipped].map(({ reason }) => reason))];
  const rows = reasons.map((reason) => {
    const [was = 0, is = 0] = [old, fresh].map(
      ({ skipped }) => skipped.find((one) => one.reason === reason)?.signals ?? 0,
    );
    return { 'SIGNALS SKIPPED': reason, ...change(was, is) };
  });
  return rows.length > 0 ? [tableText(rows)] : [];
}

function ruleTable({ rules }: Comparison): readonly string[] {
  const arrow = (was: number | undefined, is: number | undefined): string =>
    was === is ? String(was ?? '–') : `${was ?? '–'} → ${is ?? '–'}`;
  const busiest = (most: Most | undefined): string =>
    most?.from == null ? '' : `, new in the hour from ${timeText(most.from)}`;
  const rows = rules.map(({ rule, old, new: fresh, otherResult, otherWay }) => ({
    RULE: rule,
    'OTHER RESULT': String(otherResult),
    'OTHER WAY': String(otherWay),
    INCIDENTS: arrow(old?.incidents, fresh?.incidents),
    ACTED: arrow(old?.acted, fresh?.acted),
    RESOLVED: arrow(old?.outcomes.resolved, fresh?.outcomes.resolved),
    'TO PEOPLE': arrow(old?.outcomes.escalated, fresh?.outcomes.escalated),
    'AT MOST IN AN HOUR': `${arrow(old?.peak.resources.most, fresh?.peak.resources.most)} touched, ${arrow(old?.peak.writes.most, fresh?.peak.writes.most)} writes${busiest(fresh?.peak.writes)}`,
  }));
  return rows.length > 0 ? [tableText(rows)] : [];
}

function differing({ incidents, likenesses: { otherResult, otherWay } }: Comparison): readonly string[] {
  const different = incidents.filter(({ likeness }) => likeness === 'otherResult');
  const left = [
    ...(otherResult > shownAtMost ? [`${otherResult - shownAtMost} more with another result`] : []),
    ...(otherWay > 0 ? [`${otherWay} that come to the same by another way`] : []),
  ].join(', and ');
  return [
    ...(otherResult > 0
      ? ['What comes to something else', ...different.slice(0, shownAtMost).map(differenceText)]
      : []),
    ...(left === '' ? [] : [`Beside these there are ${left}: --html and --json have all of them.`]),
  ];
}

function differenceText(one: Compared): string {
  const { id = '', resource = '', condition = '' } = one.new ?? one.old ?? {};
  const rules = [...new Set([one.old?.rule, one.new?.rule])].filter((rule) => rule !== undefined).join(' → ');
  return [
    `${timeText(openedAt(one))}  ${id}  ${shortName(resource)} ${condition} (rule ${rules})`,
    ...one.differences.map(({ text }) => wrappedText('  - ', text, width)),
  ].join('\n');
}

function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? [[title, ...lines.map((line) => wrappedText('  ', line, width))].join('\n')] : [];
}
