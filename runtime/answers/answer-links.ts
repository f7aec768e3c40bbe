import type { EpochMillis } from '../../signals/signal';
import type { NotificationKind } from '../../statemachines/effect';
import type { Incident } from '../../statemachines/incident';
import { peopleNeeded } from '../../statemachines/incident-machine/approval';
import type { Ticket, TicketStore } from '../store/ticket-store';
import { answerPath } from './answer-path';
import { hashOf, tokenBytes, tokenOf } from './token';

/** Where an answer can be given in a browser. */
export interface AnswerLink {
  readonly label: string;
  /** Whoever has it can answer: it belongs into the message to that contact, and nowhere else. */
  readonly url: string;
}

/** Makes links for messages to people. */
export interface AnswerLinks {
  /** Undefined where there is nothing to answer, or no page to answer on: then the command says how. Never throws. */
  for(kind: NotificationKind, contact: string, incident: Incident, at: EpochMillis): Promise<AnswerLink | undefined>;
}

/** Where no page is deployed. */
export const noAnswerLinks: AnswerLinks = { for: async () => undefined };

/** What links are made of. */
export interface LinkMaking {
  /** Where the page is, such as `https://….lambda-url.eu-central-1.on.aws/`. */
  readonly base: string;
  readonly tickets: Pick<TicketStore, 'add'>;
  /** So many random bytes that nobody can guess. */
  readonly random: (bytes: number) => Uint8Array;
  /** Is told of a ticket that could not be kept: the message then goes out without a link. */
  readonly onFailure: (incident: string, error: unknown) => void;
}

const day = 24 * 60 * 60_000;

/** Links to the page, each with a ticket of its own. */
export function answerLinks({ base, tickets, random, onFailure }: LinkMaking): AnswerLinks {
  return {
    for: async (kind, contact, incident, at) => {
      const asked = askedBy(kind, incident, at);
      if (!asked) return undefined;
      const { label, ...ticket } = asked;
      const token = tokenOf(random(tokenBytes));
      try {
        await tickets.add({ ...ticket, hash: hashOf(token), incident: incident.id, contact });
      } catch (error) {
        onFailure(incident.id, error);
        return undefined;
      }
      return { label, url: `${base.replace(/\/+$/, '')}${answerPath}${token}` };
    },
  };
}

type Asked = Pick<Ticket, 'purpose' | 'planHash' | 'expiresAt'> & { readonly label: string };

function askedBy(kind: NotificationKind, incident: Incident, at: EpochMillis): Asked | undefined {
  const { rule, memory } = incident;
  switch (kind) {
    case 'escalated':
      return { label: 'Acknowledge', purpose: 'acknowledgement', expiresAt: at + day };
    case 'approval': {
      if (!memory.planned) return undefined;
      const { planHash } = memory.planned;
      const expiresAt = memory.deadlineAt ?? at + rule.approvalWithinSeconds * 1_000;
      // Who two people are is not told by a link.
      const label =
        peopleNeeded({ ...memory, rule }) > 1 ? 'See the plan, or deny it' : 'See the plan, approve or deny it';
      return { label, purpose: 'approval', planHash, expiresAt };
    }
    case 'recovered':
    case 'held':
      return undefined;
  }
}
