import { markup, type Markup } from '../../../runtime/answers/markup';
import { timeText } from '../../report';
import type { Comparison, RuleCompared, SideTold } from '../comparison';
import type { Most } from '../peak';
import type { Refused, Tally } from '../tally';

/** Guards and rules that the first screen has room for; the rest is counted, and stands in the JSON. */
const atMost = { guards: 4, rules: 6 };

const outcomes = [
  { name: 'resolved', label: 'resolved: it healed them' },
  { name: 'recovered', label: 'recovered by themselves' },
  { name: 'escalated', label: 'left to people' },
  { name: 'observed', label: 'only observed' },
  { name: 'open', label: 'open at the end' },
] as const;

/** The first screen: what becomes of the incidents, what says no, the busiest hour, and the rules that differ most. */
export function summaryMarkup(comparison: Comparison): Markup {
  const { old, new: fresh } = comparison;
  return markup`<div class="summary">
<section class="panel outcomes" aria-labelledby="of-outcomes">
<h2 id="of-outcomes">What becomes of the incidents</h2>
${stackedBar('old', old, fresh)}
${stackedBar('new', fresh, old)}
${numbersTable(old, fresh)}
</section>
<section class="panel" aria-labelledby="of-guards">
<h2 id="of-guards">Refused, and why</h2>
${guardsList(old.all.guards, fresh.all.guards)}
</section>
<section class="panel" aria-labelledby="of-peak">
<h2 id="of-peak">At most in any hour</h2>
${peakMarkup('resources touched, with their groups', old.all.peak.resources, fresh.all.peak.resources)}
${peakMarkup('calls that change something', old.all.peak.writes, fresh.all.peak.writes)}
</section>
<section class="panel rules" aria-labelledby="of-rules">
<h2 id="of-rules">Rules that differ most</h2>
${rulesTable(comparison.rules)}
</section>
</div>`;
}

const percent = (part: number, of: number): string => `${((100 * part) / Math.max(1, of)).toFixed(2)}%`;

/** One bar for all incidents of a side; both sides on one scale. */
function stackedBar(name: 'old' | 'new', { all }: SideTold, other: SideTold): Markup {
  const scale = Math.max(all.incidents, other.all.incidents);
  let from = 0;
  const parts = outcomes.map(({ name: outcome }) => {
    const count = all.outcomes[outcome];
    const part = markup`<rect class="o-${outcome}" x="${percent(from, scale)}" width="${percent(count, scale)}" height="100%"/>`;
    from += count;
    return part;
  });
  const said = outcomes.map(({ name: outcome }) => `${all.outcomes[outcome]} ${outcome}`).join(', ');
  return markup`<div class="bar"><span class="side">${name}</span><svg role="img" aria-label="${name}: ${said}" width="100%" height="18">${parts}</svg></div>`;
}

function numbersTable(old: SideTold, fresh: SideTold): Markup {
  const row = (label: string, was: number, is: number, swatch = ''): Markup =>
    markup`<tr><th scope="row">${swatch === '' ? '' : markup`<i class="swatch o-${swatch}"></i>`}${label}</th>${cells(was, is)}</tr>`;
  const shown = outcomes.filter(({ name }) => old.all.outcomes[name] + fresh.all.outcomes[name] > 0);
  return markup`<table class="numbers"><thead><tr><th scope="col"><span class="unseen">what</span></th><th scope="col">old</th><th scope="col">new</th><th scope="col"><span class="unseen">change</span></th></tr></thead><tbody>
${row('incidents opened', old.all.incidents, fresh.all.incidents)}
${shown.map(({ name, label }) => row(label, old.all.outcomes[name], fresh.all.outcomes[name], name))}
${row('something was started', old.all.acted, fresh.all.acted)}
${row('calls that change something', old.all.writes, fresh.all.writes)}
${row('notices to people', old.all.people.notices, fresh.all.people.notices)}
${row('signals that no rule takes', old.ignored.noRule, fresh.ignored.noRule)}
</tbody></table>`;
}

function cells(was: number, is: number): Markup {
  return markup`<td>${was.toLocaleString('en')}</td><td>${is.toLocaleString('en')}</td><td class="change">${signed(is - was)}</td>`;
}

function signed(by: number): string {
  return by === 0 ? '' : `${by > 0 ? '+' : '−'}${Math.abs(by).toLocaleString('en')}`;
}

function guardsList(old: readonly Refused[], fresh: readonly Refused[]): Markup {
  const names = [...new Set([...fresh, ...old].map(({ by }) => by))];
  const rows = names
    .map((by) => {
      const [was, is] = [old, fresh].map((all) => all.find((one) => one.by === by));
      return { by, when: (is ?? was)?.when ?? '', was: was?.incidents ?? 0, is: is?.incidents ?? 0 };
    })
    .sort((a, b) => Math.max(b.was, b.is) - Math.max(a.was, a.is));
  if (rows.length === 0) return markup`<p class="quiet">No guard kept anything from being started.</p>`;
  const scale = Math.max(...rows.map(({ was, is }) => Math.max(was, is)));
  const more = rows.slice(atMost.guards).map(({ by, was, is }) => `${by} ${was} → ${is}`);
  return markup`<ul class="pairs">
${rows.slice(0, atMost.guards).map(
  ({ by, when, was, is }) => markup`<li><div class="name"><b>${by}</b><span class="numbers">${was} → ${is}</span></div>
${pairOfBars(was, is, scale)}<p class="why">nothing starts ${when}</p></li>
`,
)}</ul>${more.length > 0 ? markup`<p class="quiet">Also: ${more.join(', ')}</p>` : ''}
<p class="quiet">Incidents, old → new. One can be refused by several.</p>`;
}

function pairOfBars(was: number, is: number, scale: number): Markup {
  return markup`<svg class="pair" aria-hidden="true" width="100%" height="9"><rect class="old" width="${percent(was, scale)}" height="4"/><rect class="new" y="5" width="${percent(is, scale)}" height="4"/></svg>`;
}

function peakMarkup(label: string, was: Most, is: Most): Markup {
  return markup`<div class="peak"><p class="big"><span>${was.most}</span><span class="arrow" aria-label="then">→</span><span>${is.most}</span></p>
<p>${label}</p>
<p class="quiet">old: from ${hourText(was)}<br>new: from ${hourText(is)}</p></div>`;
}

function rulesTable(rules: readonly RuleCompared[]): Markup {
  const shown = rules.slice(0, atMost.rules);
  const left = rules.slice(atMost.rules).filter(({ otherResult }) => otherResult > 0).length;
  return markup`<table class="numbers"><thead><tr><th scope="col">rule</th><th scope="col">other result</th><th scope="col">other way</th><th scope="col">incidents</th><th scope="col">started</th><th scope="col">resolved</th><th scope="col">to people</th><th scope="col">touched in an hour</th><th scope="col">writes in an hour</th><th scope="col">busiest from</th></tr></thead><tbody>
${shown.map(ruleRow)}</tbody></table>${left > 0 ? markup`<p class="quiet">${left} more: see the filter below.</p>` : ''}`;
}

function ruleRow({ rule, old, new: fresh, otherResult, otherWay }: RuleCompared): Markup {
  const of = (number: (tally: Tally) => number): Markup =>
    markup`<td>${arrow(old === null ? undefined : number(old), fresh === null ? undefined : number(fresh))}</td>`;
  return markup`<tr><th scope="row"><bdi>${rule}</bdi></th><td><b>${otherResult}</b></td><td>${otherWay}</td>
${of(({ incidents }) => incidents)}${of(({ acted }) => acted)}${of(({ outcomes: { resolved } }) => resolved)}
${of(({ outcomes: { escalated } }) => escalated)}${of(({ peak }) => peak.resources.most)}${of(({ peak }) => peak.writes.most)}
<td>${hourText((fresh ?? old)?.peak.writes)}</td></tr>
`;
}

function arrow(was: number | undefined, is: number | undefined): string {
  return was === is ? String(was ?? '–') : `${was ?? '–'} → ${is ?? '–'}`;
}

/** When the busiest hour began. */
function hourText(most: Most | undefined): string {
  return most?.from == null ? '–' : timeText(most.from).slice(0, 16).replace('T', ' ');
}
