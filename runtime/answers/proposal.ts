import type { Remediation, Risk } from '../../remediations/remediation';
import { plainText } from '../../signals/plain-text';
import { resourceNamed, type EpochMillis } from '../../signals/signal';
import { durationText } from '../../statemachines/duration';
import type { Incident } from '../../statemachines/incident';
import { peopleNeeded, yesesTo } from '../../statemachines/incident-machine/approval';
import type { HistoryEntry } from '../store/incident-store';
import { nameOf } from '../escalation/resource-name';
import { attemptText } from '../story/attempt-text';
import { attemptsOf } from '../story/attempts';

/** What whoever answers must know, each text one line without control characters. */
export interface Proposal {
  readonly incident: string;
  /** Kind and name of what is sick, and where it is. */
  readonly what: string;
  readonly condition: string;
  readonly rule: string;
  readonly since: EpochMillis;
  /** What AWS first said, and what was seen last. */
  readonly seen: readonly string[];
  /** Why people are called; absent where they are only asked. */
  readonly gaveUp?: string;
  /** Absent where nothing is asked. */
  readonly plan?: ProposedPlan;
  /** What else there is: what was tried before, what would come next, and what a no leads to. */
  readonly alternatives: readonly string[];
}

/** What would be done. */
export interface ProposedPlan {
  readonly hash: string;
  readonly summary: string;
  readonly remediation: string;
  /** Absent for a remediation that this program does not have. */
  readonly risk?: Risk;
  readonly touches: readonly string[];
  /** What would be lost for good. */
  readonly destroys: readonly string[];
  /** How many people must agree, and who has. */
  readonly needed: number;
  readonly yeses: readonly string[];
  /** Whose yes to an earlier plan does not hold for this one; absent where nobody is asked once more. */
  readonly askedAgain?: string;
  /** Who has no answer by then gets no remediation. */
  readonly until: EpochMillis | undefined;
}

/** What can be known of a remediation without running it. */
export type Known = ReadonlyMap<string, Pick<Remediation, 'risk'>>;

const longest = 400;
const plain = (text: string): string => plainText(text, longest);

/** An incident as whoever is to answer must see it. */
export function proposalOf(incident: Incident, history: readonly HistoryEntry[], known: Known): Proposal {
  const { id, resource, condition, rule, openedAt, memory } = incident;
  const plan = planOf(incident, history, known);
  return {
    incident: id,
    what: `${nameOf(resource)} in ${plain(resource.region)}, account ${plain(resource.account)}`,
    condition: plain(condition),
    rule: plain(rule.name),
    since: openedAt,
    seen: seenIn(history),
    ...(memory.gaveUp !== null && { gaveUp: plain(memory.gaveUp) }),
    ...(plan && { plan }),
    alternatives: alternativesOf(incident, history, known),
  };
}

function planOf(incident: Incident, history: readonly HistoryEntry[], known: Known): ProposedPlan | undefined {
  const { rule, memory } = incident;
  const { planned, deadlineAt } = memory;
  if (!planned) return undefined;
  const context = { ...memory, rule };
  const risk = known.get(planned.remediation)?.risk;
  const askedAgain = voidYes(incident, history);
  return {
    hash: planned.planHash,
    summary: plain(planned.summary),
    remediation: planned.remediation,
    ...(risk && { risk }),
    touches: planned.touches.map((key) => {
      const resource = resourceNamed(key);
      return `${nameOf(resource)} (${plain(resource.region)}, ${plain(resource.account)})`;
    }),
    destroys: planned.destroys.map(plain),
    needed: peopleNeeded(context),
    yeses: yesesTo(context, planned.planHash).map(plain),
    ...(askedAgain !== undefined && { askedAgain }),
    until: deadlineAt ?? undefined,
  };
}

/** Where the last yes was to another plan of the same remediation: whose it was, and why it does not hold. */
export function voidYes({ memory }: Incident, history: readonly HistoryEntry[]): string | undefined {
  const { planHash, remediation } = memory.planned ?? {};
  const last = history.findLast(({ event }) => event.type === 'approval.granted');
  if (last?.event.type !== 'approval.granted' || last.remediation !== remediation) return undefined;
  const { by, planHash: agreed } = last.event;
  if (agreed === planHash) return undefined;
  return plain(`${by} agreed at ${clockText(last.at)}, but the plan has changed since: that yes does not hold for it`);
}

/** What AWS first said, and what was seen last; each text one line without control characters. */
export function seenIn(history: readonly HistoryEntry[]): readonly string[] {
  const first = history[0]?.event;
  const last = history.findLast(({ event }) => event.type.startsWith('symptom.'));
  return [
    ...(first?.type === 'incident.opened' ? [first.detail] : []),
    ...(last && 'detail' in last.event ? [`at ${clockText(last.at)}: ${last.event.detail}`] : []),
  ].map(plain);
}

function alternativesOf(incident: Incident, history: readonly HistoryEntry[], known: Known): readonly string[] {
  const { rule, memory, state } = incident;
  const before = attemptsOf(history)
    .filter(({ remediation }) => remediation !== memory.planned?.remediation)
    .map((attempt) => plain(attemptText(attempt)));
  if (state !== 'awaitingApproval') return before;
  const left = rule.limits.attempts - memory.starts - memory.spent - 1;
  const after = rule.ladder.slice(memory.rung + 1).map(({ remediation }, place) => {
    const risk = known.get(remediation)?.risk;
    return `${place === 0 ? 'next, if this does not help' : 'then'}: ${remediation}${risk ? ` (risk: ${risk})` : ''}`;
  });
  const contact = plain(rule.escalate[0].contact);
  return [
    ...before,
    ...(left > 0 ? after : []),
    `if you deny, or nobody answers: nothing is done, and ${contact} is called to take over`,
  ];
}

/** Date and time to the minute, in UTC, as a person reads it. */
export function clockText(at: EpochMillis): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** An instant, and how long it is until then or has been since: `2026-03-02 10:30 UTC (in 25m)`. */
export function instantText(at: EpochMillis, now: EpochMillis): string {
  const seconds = Math.round(Math.abs(at - now) / 1_000);
  const rounded = seconds >= 120 ? Math.floor(seconds / 60) * 60 : seconds;
  return `${clockText(at)} (${at > now ? `in ${durationText(rounded)}` : `${durationText(rounded)} ago`})`;
}
