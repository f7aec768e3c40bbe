import type { EpochMillis } from '../../signals/signal';

/** What a ticket lets its holder do. */
export type Purpose = 'approval' | 'acknowledgement';

/** What its holder can say: the first two to a request for approval, the last to a call. */
export const decisions = ['approve', 'deny', 'acknowledge'] as const;
export type Decision = (typeof decisions)[number];

/** Leave to answer once, for whoever holds the token whose hash names it. */
export interface Ticket {
  /** SHA-256 of the token, in hexadecimal digits: whoever reads the store cannot answer. */
  readonly hash: string;
  readonly incident: string;
  readonly purpose: Purpose;
  /** Of the plan that is asked about; absent in an acknowledgement. */
  readonly planHash?: string;
  /** Name of the contact that the token was sent to. */
  readonly contact: string;
  /** From then on nothing can be decided by it. */
  readonly expiresAt: EpochMillis;
}

/** A ticket as it stands. */
export interface HeldTicket extends Ticket {
  /** Absent as long as nobody has answered. */
  readonly answer?: { readonly decision: Decision; readonly at: EpochMillis };
}

/** What became of an answer; only `recorded` stands. */
export type Recording =
  /** It is the first, or the same as the first. */
  | { readonly kind: 'recorded' }
  /** Something else was answered before. */
  | { readonly kind: 'answered'; readonly decision: Decision; readonly at: EpochMillis }
  | { readonly kind: 'expired' }
  | { readonly kind: 'unknown' };

/** Where tickets are kept. Strongly consistent; what a method throws is passing, and nothing may be taken for answered then. */
export interface TicketStore {
  add(ticket: Ticket): Promise<void>;
  /** Undefined where none was ever made, or its time is long over. */
  read(hash: string): Promise<HeldTicket | undefined>;
  /** The first decision stands, whoever comes at the same time. */
  decide(hash: string, decision: Decision, at: EpochMillis): Promise<Recording>;
}

/** Whether a decision is one that the ticket is for. */
export function isFor({ purpose }: Pick<Ticket, 'purpose'>, decision: Decision): boolean {
  return (purpose === 'acknowledgement') === (decision === 'acknowledge');
}
