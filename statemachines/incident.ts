import { resourceKey, type EpochMillis, type Evidence, type Place, type Resource } from '../signals/signal';
import type { Json, Rule } from './rule';

/** The machine that advances incidents. Its version rises with every change that could decide an open incident otherwise. */
export const machineId = { name: 'incident', version: 2 } as const;

/** What the machine remembers between two events: JSON, and small, for it is written at every commit. */
export interface Memory {
  /** Index of the rung of the ladder that is being tried. */
  readonly rung: number;
  /** Remediations started so far. */
  readonly starts: number;
  /** Attempts of incidents before on the same sickness, which has come back too soon. */
  readonly spent: number;
  /** When the last attempt on the sickness began, be it an incident before that made it. */
  readonly lastStartAt: EpochMillis | null;
  /** Since when it has been sick without a break, as far as is known. */
  readonly sickSince: EpochMillis | null;
  /** When a live read last found it sick. */
  readonly seenSickAt: EpochMillis | null;
  /** Sicknesses that what was started has caused elsewhere. It is answerable for these, too. */
  readonly echoes: number;
  /** Of these, the ones that AWS showed no trace of: they healed nothing. */
  readonly traceless: number;
  /** Index of the tier of escalation that is being called. */
  readonly tier: number;
  /** Failed tries to notify the present tier. */
  readonly tries: number;
  /** Times that approval was asked for. */
  readonly asked: number;
  /** When the present wait is over; its meaning is the state's. */
  readonly deadlineAt: EpochMillis | null;
  /** The plan of the present attempt. */
  readonly planned: {
    readonly remediation: string;
    readonly plan: Json;
    readonly planHash: string;
    /** Resource keys: what it changes, and the group that this is in. */
    readonly touches: readonly string[];
    readonly summary: string;
    /** What would be lost for good, in words: then two people must agree. */
    readonly destroys: readonly string[];
    readonly patience: { readonly checkEvery: number; readonly giveUpAfter: number };
  } | null;
  /** What `start` left for `check`. */
  readonly handle: string | null;
  /** A limit stands in the way: until when it is waited for, and what it said last. */
  readonly held: { readonly until: EpochMillis; readonly reason: string; readonly storm: boolean } | null;
  /** When health will have lasted long enough. */
  readonly settledAt: EpochMillis | null;
  /** The plan that people agreed to, and who did so far. */
  readonly approved: { readonly hash: string; readonly by: readonly string[] } | null;
  /** When AWS first showed no trace of the start. */
  readonly notStartedAt: EpochMillis | null;
  /** Why nothing more is tried; for the message to people. */
  readonly gaveUp: string | null;
}

/** The states of an incident; the last four are ends. */
export const states = [
  'opening',
  'waiting',
  'confirming',
  'choosing',
  'planning',
  'admitting',
  'held',
  'awaitingApproval',
  'starting',
  'checking',
  'verifying',
  'settling',
  'givingUp',
  'watching',
  'comparing',
  'escalating',
  'escalated',
  'acknowledged',
  'telling',
  'resolved',
  'recovered',
  'observed',
  'closed',
] as const;
export type State = (typeof states)[number];

/** One sick resource under one rule, from opening to its end. Immutable: `step` makes the next one. */
export interface Incident {
  readonly id: string;
  /** Number of commits so far; the next one is written on condition that this is still the last. */
  readonly revision: number;
  readonly machine: { readonly name: string; readonly version: number };
  readonly rule: Rule;
  readonly condition: string;
  readonly resource: Resource;
  readonly evidence: Evidence;
  /** As far as it could be read when it opened. */
  readonly place: Place;
  readonly openedAt: EpochMillis;
  readonly state: State;
  readonly memory: Memory;
  /** The wake-up that is armed: a timer with another revision is late or a duplicate. */
  readonly wake: { readonly at: EpochMillis; readonly revision: number } | null;
}

export type Outcome = 'resolved' | 'recovered' | 'observed' | 'escalated' | 'open';

const ends: readonly State[] = ['resolved', 'recovered', 'observed', 'closed'];

/** Whether nothing can change the incident any more. */
export function hasEnded(incident: Pick<Incident, 'state'>): boolean {
  return ends.includes(incident.state);
}

/** What an incident is about. One is open on it at a time: another sickness of the same resource is another incident. */
export function sicknessKey({ resource, condition }: Pick<Incident, 'resource' | 'condition'>): string {
  return `${resourceKey(resource)}/${condition}`;
}

/** Whether people have been called: automation will not touch anything for it again. */
export function isWithPeople({ state }: Pick<Incident, 'state'>): boolean {
  return state === 'escalating' || state === 'escalated' || state === 'acknowledged' || state === 'telling';
}

/** How it ended, or stands: people were called, whether or not they have closed it. */
export function outcomeOf(incident: Pick<Incident, 'state'>): Outcome {
  switch (incident.state) {
    case 'resolved':
    case 'recovered':
    case 'observed':
      return incident.state;
    case 'escalating':
    case 'escalated':
    case 'acknowledged':
    case 'telling':
    case 'closed':
      return 'escalated';
    default:
      return 'open';
  }
}

const blank: Memory = {
  rung: 0,
  starts: 0,
  spent: 0,
  lastStartAt: null,
  sickSince: null,
  seenSickAt: null,
  echoes: 0,
  traceless: 0,
  tier: 0,
  tries: 0,
  asked: 0,
  deadlineAt: null,
  planned: null,
  handle: null,
  held: null,
  settledAt: null,
  approved: null,
  notStartedAt: null,
  gaveUp: null,
};

/** An incident before its first event, `incident.opened`. */
export function newIncident(
  opened: Pick<Incident, 'id' | 'rule' | 'condition' | 'resource' | 'evidence' | 'place' | 'openedAt'>,
): Incident {
  return { ...opened, revision: 0, machine: machineId, state: 'opening', memory: blank, wake: null };
}
