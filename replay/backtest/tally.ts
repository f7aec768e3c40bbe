import { guards } from '../../statemachines/guards';
import type { Outcome } from '../../statemachines/incident';
import { peakOf, type Peak } from './peak';
import type { SaidNo, SideIncident } from './side-incident';

/** Why something was not started, over all incidents. */
export interface Refused {
  /** The guard, or the remediation. */
  readonly by: string;
  /** What a guard is for, as in "nothing starts …"; absent for a remediation. */
  readonly when?: string;
  readonly incidents: number;
  readonly times: number;
  /** What it said the first time. */
  readonly example: string;
}

/** Whom people are that were written to. */
export interface People {
  /** Notices in all, folded ones too. */
  readonly notices: number;
  /** Of these, how many went out in one message with others. */
  readonly folded: number;
  /** Incidents for which somebody was written to. */
  readonly incidents: number;
  readonly byContact: Readonly<Record<string, number>>;
}

/** Numbers of incidents, of all or of one rule. */
export interface Tally {
  readonly incidents: number;
  /** Something was started. */
  readonly acted: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Calls that changed something. */
  readonly writes: number;
  readonly guards: readonly Refused[];
  readonly remediations: readonly Refused[];
  readonly people: People;
  readonly peak: Peak;
}

/** Counts incidents of one side. */
export function tallyOf(incidents: readonly SideIncident[]): Tally {
  const writes = incidents.flatMap((one) => one.writes);
  const outcomes = { resolved: 0, recovered: 0, escalated: 0, observed: 0, open: 0 };
  for (const { outcome } of incidents) outcomes[outcome] += 1;
  const noes = incidents.flatMap(({ saidNo }) => saidNo);
  return {
    incidents: incidents.length,
    acted: incidents.filter((one) => one.writes.length > 0).length,
    outcomes,
    writes: writes.length,
    guards: refusedBy(noes, ({ by }) => ('guard' in by ? by.guard : undefined)).map((one) => ({
      ...one,
      when: guards.find(({ name }) => name === one.by)?.when ?? '',
    })),
    remediations: refusedBy(noes, ({ by }) => ('remediation' in by ? by.remediation : undefined)),
    people: peopleOf(incidents),
    peak: peakOf(writes),
  };
}

/** An incident says no by one name once, however often. The busiest first. */
function refusedBy(noes: readonly SaidNo[], nameOf: (no: SaidNo) => string | undefined): readonly Refused[] {
  const found = new Map<string, Refused>();
  for (const no of noes) {
    const by = nameOf(no);
    if (by === undefined) continue;
    const known = found.get(by) ?? { by, incidents: 0, times: 0, example: no.reason };
    found.set(by, { ...known, incidents: known.incidents + 1, times: known.times + no.times });
  }
  return [...found.values()].sort((one, other) => other.incidents - one.incidents || (one.by < other.by ? -1 : 1));
}

function peopleOf(incidents: readonly SideIncident[]): People {
  const told = incidents.flatMap((one) => one.told);
  const byContact: Record<string, number> = {};
  for (const { contact } of told) byContact[contact] = (byContact[contact] ?? 0) + 1;
  return {
    notices: told.length,
    folded: told.filter(({ folded }) => folded).length,
    incidents: incidents.filter((one) => one.told.length > 0).length,
    byContact,
  };
}
