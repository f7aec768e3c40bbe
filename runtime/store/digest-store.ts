import type { EpochMillis } from '../../signals/signal';
import type { NotificationKind } from '../../statemachines/effect';

/** What was not written by itself: it goes out with others in the next digest of its contact. */
export interface Folded {
  /** Name of the contact. */
  readonly contact: string;
  /** The same for every try of one notice, and unlike any other notice's. */
  readonly notice: string;
  readonly kind: NotificationKind | 'parked';
  readonly incident: string;
  readonly at: EpochMillis;
  readonly openedAt: EpochMillis;
  readonly rule: string;
  readonly condition: string;
  /** Key of the sick resource; absent where it could not be read. */
  readonly resource?: string;
  /** Scopes that it fell sick in: groups, zone, region. */
  readonly scopes: readonly string[];
  /** Until when an answer counts; absent where none is asked for. */
  readonly until?: EpochMillis;
}

/** What is to be told to one contact in one message. */
export interface Digest {
  readonly contact: string;
  /** Each notice once; in no order; never empty. */
  readonly folded: readonly Folded[];
  /** When the digest before was sent; absent where none was in the last day. */
  readonly sentAt?: EpochMillis;
}

/** How many messages of its own a contact gets in which time. */
export interface SinglesLimit {
  readonly atMost: number;
  readonly withinMillis: number;
}

/** A notice that may go out by itself. */
export type Single = Pick<Folded, 'contact' | 'notice' | 'at'>;

/**
 * Where it is kept what people are told in one message with others. Strongly consistent, whoever else writes at the same time;
 * what a method throws is passing.
 */
export interface DigestStore {
  /**
   * Whether a notice may go out by itself. One that may is counted, once however often it is asked for within the time, and is
   * in no digest from then on.
   */
  mayGoAlone(single: Single, limit: SinglesLimit): Promise<boolean>;
  /** Puts a notice into the next digest of its contact. Harmless when repeated. */
  fold(folded: Folded): Promise<void>;
  /** All that is to be told, one digest for each contact; of contacts that are gone from the policy, too. */
  pending(): Promise<readonly Digest[]>;
  /** A digest was sent: these very notices are dropped. What was folded meanwhile stays for the next. */
  told(digest: Pick<Digest, 'contact' | 'folded'>, at: EpochMillis): Promise<void>;
}
