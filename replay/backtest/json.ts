import { timeText } from '../report';
import type { Comparison, Compared, SideTold } from './comparison';
import { notKnown } from './not-known';
import type { Most } from './peak';
import type { SideIncident } from './side-incident';
import type { Tally } from './tally';

const timeOrNull = (at: number | null): string | null => (at === null ? null : timeText(at));

/** A comparison as `--json` prints it: times in ISO 8601, and the names are a contract. */
export function backtestJson(comparison: Comparison): object {
  const { period, mode, peopleApprove, events, invalid, verdict, likenesses, rules, incidents, assumed } = comparison;
  return {
    period: period && { from: timeText(period.from), to: timeText(period.to) },
    mode,
    peopleApprove,
    events,
    invalid,
    verdict,
    likenesses,
    old: sideJson(comparison.old),
    new: sideJson(comparison.new),
    rules: rules.map(({ rule, old, new: fresh, ...rest }) => ({
      rule,
      old: old && tallyJson(old),
      new: fresh && tallyJson(fresh),
      ...rest,
    })),
    incidents: incidents.map(comparedJson),
    assumed,
    notKnown: notKnown(comparison),
  };
}

function sideJson({ all, ...rest }: SideTold): object {
  return { ...rest, ...tallyJson(all) };
}

function tallyJson({ peak, ...rest }: Tally): object {
  const most = ({ most, from }: Most): object => ({ most, from: timeOrNull(from) });
  return { ...rest, peakPerHour: { resources: most(peak.resources), writes: most(peak.writes) } };
}

function comparedJson({ old, new: fresh, instead, likeness, differences }: Compared): object {
  return {
    likeness,
    differences,
    old: old && incidentJson(old),
    new: fresh && incidentJson(fresh),
    ...(instead && { instead }),
  };
}

function incidentJson({ world: _world, spans: _spans, lines, ...incident }: SideIncident): object {
  return {
    ...incident,
    openedAt: timeText(incident.openedAt),
    closedAt: timeOrNull(incident.closedAt),
    writes: incident.writes.map((write) => ({ ...write, at: timeText(write.at) })),
    saidNo: incident.saidNo.map(({ by, at, ...no }) => ({ ...by, ...no, at: timeText(at) })),
    told: incident.told.map((one) => ({ ...one, at: timeText(one.at) })),
    timeline: lines.map(({ at, text }) => ({ at: timeText(at), text })),
  };
}
