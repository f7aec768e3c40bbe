import { phases } from '../phase';
import type { Compared, Comparison } from '../comparison';
import { differenceKinds, likenesses, triedText } from '../difference';
import { openedAt } from '../pairing';
import { shortName } from '../short-name';
import type { SideIncident } from '../side-incident';

/** What the page's script draws from, in short keys: there may be thousands of incidents. Times are epoch milliseconds. */
export function pageData({ incidents, rules, period }: Comparison): object {
  return {
    phases,
    kinds: differenceKinds,
    likenesses,
    rules: rules.map(({ rule }) => rule),
    until: period?.to ?? 0,
    // What comes to something else stands first.
    incidents: likenesses.flatMap((wanted) => incidents.filter(({ likeness }) => likeness === wanted).map(compared)),
  };
}

function compared(one: Compared): object {
  const { old, new: fresh, differences, likeness } = one;
  const { resource = '', condition = '' } = fresh ?? old ?? {};
  return {
    at: openedAt(one),
    name: shortName(resource),
    resource,
    condition,
    like: likenesses.indexOf(likeness),
    differences: differences.map(({ what, text }) => [differenceKinds.indexOf(what), text]),
    old: old && side(old),
    // The same again would be half of the page.
    new: likeness === 'same' ? 'same' : fresh && side(fresh),
  };
}

function side(one: SideIncident): object {
  return {
    id: one.id,
    rule: one.rule,
    mode: one.mode,
    outcome: one.outcome,
    closed: one.closedAt,
    tried: triedText(one),
    spans: one.spans.map(({ phase, from, to }) => [phases.indexOf(phase), from, to]),
    writes: one.writes.map(({ at, action }) => [at, action]),
    told: one.told.map(({ at, contact, kind }) => [at, `${contact} (${kind})`]),
    lines: one.lines.map(({ at, text }) => [at, text]),
  };
}
