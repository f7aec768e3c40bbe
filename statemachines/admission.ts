import type { Limits, MinHealthy, Mode } from './rule';

/** What stands between a plan and its start, as read from the store and from the plan itself. */
export interface AdmissionFacts {
  /** Who holds everything and why, in words; undefined when the switch is off. One that cannot be read is on. */
  readonly hold: string | undefined;
  /** Resources that the plan touches, or whose group it is in, and that another incident is touching now. */
  readonly heldByOthers: readonly { readonly resource: string; readonly incident: string }[];
  /** Other incidents of the rule that are touching something now. */
  readonly touchingNow: number;
  /** Remediations that the rule started in the last 60 minutes. */
  readonly startsInLastHour: number;
  /** The mode that the policy holds the rule to now, where that is stricter than when the incident opened. */
  readonly tightenedTo: Mode | undefined;
  /** The group as the plan saw it, the touched members not among its healthy ones. */
  readonly group: { readonly name: string; readonly size: number; readonly healthyOthers: number } | 'alone';
}

export type Admission =
  { readonly kind: 'granted' } | { readonly kind: 'refused'; readonly reasons: readonly [string, ...string[]] };

/** Whether a remediation may start now. All that stands in the way is told, not the first thing only. */
export function decideAdmission(limits: Limits, facts: AdmissionFacts): Admission {
  const reasons = [
    ...(facts.hold === undefined ? [] : [facts.hold]),
    ...(facts.tightenedTo ? [`a window of the policy is open, and holds it to mode ${facts.tightenedTo}`] : []),
    ...facts.heldByOthers.map(({ resource, incident }) => `${resource} is being touched by incident ${incident}`),
    ...(facts.touchingNow >= limits.atOnce
      ? [`${facts.touchingNow} of at most ${limits.atOnce} at once are being touched under this rule`]
      : []),
    ...(facts.startsInLastHour >= limits.perHour
      ? [`${facts.startsInLastHour} of at most ${limits.perHour} starts per hour were made under this rule`]
      : []),
    ...tooFewHealthy(limits.minHealthy, facts.group),
  ];
  const [first, ...rest] = reasons;
  return first === undefined ? { kind: 'granted' } : { kind: 'refused', reasons: [first, ...rest] };
}

function tooFewHealthy(minHealthy: MinHealthy, group: AdmissionFacts['group']): string[] {
  if (group === 'alone') return [];
  const needed = leastHealthy(minHealthy, group.size);
  return group.healthyOthers >= needed
    ? []
    : [`${group.name} would have ${group.healthyOthers} of ${group.size} healthy, and must keep ${needed}`];
}

/** Healthy members that a group must keep: percentages round up, and one member may always be healed. */
export function leastHealthy(minHealthy: MinHealthy, size: number): number {
  const wanted = 'count' in minHealthy ? minHealthy.count : Math.ceil((minHealthy.percent * size) / 100);
  return Math.min(wanted, Math.max(0, size - 1));
}
