import type { Resource } from '../../signals/signal';
import type { Start } from '../quota';
import type { Mode } from '../rule';
import type { Scope } from '../scope';
import type { Sighting } from '../storm';

/** What was read just now, or why it could not be: in one line for people, which names what it was. */
export type Fact<T> =
  { readonly kind: 'known'; readonly value: T } | { readonly kind: 'unreadable'; readonly reason: string };

export const known = <T>(value: T): Fact<T> => ({ kind: 'known', value });
export const unreadable = (reason: string): Fact<never> => ({ kind: 'unreadable', reason });

/** What keeps everything, a rule or a remediation from starting. */
export interface HeldBack {
  readonly of: 'everything' | { readonly rule: string } | { readonly remediation: string };
  readonly by: string;
  readonly reason: string;
}

/** What a live read says of a resource that would be touched, or of a group that it is in. */
export interface Bystander {
  readonly resource: Resource;
  /** Whether the plan changes it; the others are the groups of what it changes. */
  readonly touched: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** What AWS or people are doing to it now, in one line; absent when nothing is. */
  readonly busy?: string;
  /** Of a group: how many there should be, and how many are sick. */
  readonly members?: { readonly size: number; readonly sick: number };
  /** Availability Zone that it is in, if it is in one. */
  readonly zone?: string;
}

/** All that the guards decide on, read just before the start. */
export interface Facts {
  /** Holds that are on. */
  readonly holds: Fact<readonly HeldBack[]>;
  /** What the policy and its open windows allow now. */
  readonly modeNow: Fact<Mode>;
  /** Mute rules that are active over the alarm that told of the sickness. */
  readonly mutes: Fact<readonly string[]>;
  readonly bystanders: Fact<readonly Bystander[]>;
  /** Zones, by name, that AWS has shifted traffic away from. */
  readonly shiftedZones: Fact<readonly string[]>;
  /** What fell sick lately, by scope. */
  readonly sightings: Fact<ReadonlyMap<Scope, readonly Sighting[]>>;
  /** Starts that count, of all rules. */
  readonly starts: Fact<readonly Start[]>;
  /** What others have claimed of what this one needs. */
  readonly heldByOthers: Fact<readonly { readonly resource: string; readonly incident: string }[]>;
}
