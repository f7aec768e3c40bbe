import { attemptsOf, type Attempt } from '../../runtime/story/attempts';
import { timelineOf, type TimelineLine } from '../../runtime/story/timeline';
import type { HistoryEntry } from '../../runtime/store/incident-store';
import { resourceKey, type EpochMillis } from '../../signals/signal';
import type { GuardName } from '../../statemachines/guards/names';
import { hasEnded, outcomeOf, type Incident, type Outcome } from '../../statemachines/incident';
import type { NotificationKind } from '../../statemachines/effect';
import type { Mode } from '../../statemachines/rule';
import { notificationsOf } from '../report';
import { spansOf, type Span } from './phase';

/** One call to AWS that changed something. */
export interface Write {
  readonly at: EpochMillis;
  /** Such as `ec2:RebootInstances`. */
  readonly action: string;
  readonly remediation: string;
  /** Keys of what its plan touches, and of the groups that these are in. */
  readonly resources: readonly string[];
}

/** A no that kept something from being started. */
export interface SaidNo {
  readonly by: { readonly guard: GuardName } | { readonly remediation: string };
  /** What it said first. */
  readonly reason: string;
  readonly at: EpochMillis;
  /** How often it said no in this incident. */
  readonly times: number;
}

/** What people were told. `folded`: in one message with others. */
export interface Told {
  readonly at: EpochMillis;
  readonly contact: string;
  readonly kind: NotificationKind;
  readonly folded: boolean;
}

/** What became of one incident under one policy: as much of it as a comparison needs. */
export interface SideIncident {
  readonly id: string;
  /** Which of the recordings it is of, from 0. */
  readonly world: number;
  readonly rule: string;
  readonly condition: string;
  /** `account/region/kind/id`. */
  readonly resource: string;
  readonly mode: Mode;
  readonly outcome: Outcome;
  readonly openedAt: EpochMillis;
  /** Null while it is open. */
  readonly closedAt: EpochMillis | null;
  readonly attempts: readonly Attempt[];
  readonly writes: readonly Write[];
  readonly saidNo: readonly SaidNo[];
  readonly told: readonly Told[];
  readonly spans: readonly Span[];
  readonly lines: readonly TimelineLine[];
}

/** Boils an incident and its history down. */
export function sideIncidentOf(world: number, incident: Incident, history: readonly HistoryEntry[]): SideIncident {
  const { id, rule, condition, resource, openedAt } = incident;
  const last = history.at(-1);
  return {
    id,
    world,
    rule: rule.name,
    condition,
    resource: resourceKey(resource),
    mode: rule.mode,
    outcome: outcomeOf(incident),
    openedAt,
    closedAt: hasEnded(incident) && last ? last.at : null,
    attempts: attemptsOf(history),
    writes: writesOf(history),
    saidNo: noesOf(history),
    told: history.flatMap((entry) =>
      notificationsOf(entry).map(({ contact, kind, folded = false }) => ({ at: entry.at, contact, kind, folded })),
    ),
    spans: spansOf(history),
    lines: timelineOf(incident, history),
  };
}

function writesOf(history: readonly HistoryEntry[]): readonly Write[] {
  let resources: readonly string[] = [];
  const writes: Write[] = [];
  for (const { event, calls, remediation = '' } of history) {
    if (event.type === 'plan.made') resources = event.touches;
    for (const { at, action, access } of calls) {
      if (access === 'write') writes.push({ at, action, remediation, resources });
    }
  }
  return writes;
}

function noesOf(history: readonly HistoryEntry[]): readonly SaidNo[] {
  const noes = new Map<string, SaidNo>();
  const note = (name: string, by: SaidNo['by'], reason: string, at: EpochMillis): void => {
    const known = noes.get(name);
    noes.set(name, known ? { ...known, times: known.times + 1 } : { by, reason, at, times: 1 });
  };
  for (const { at, event } of history) {
    if (event.type === 'admission.refused') {
      for (const { guard, reason } of event.refusals) note(`guard ${guard}`, { guard }, reason, at);
    } else if (event.type === 'plan.refused') {
      const { remediation, reason } = event;
      note(`remediation ${remediation}`, { remediation }, reason, at);
    }
  }
  return [...noes.values()];
}
