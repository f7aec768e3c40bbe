import { answerLinks, type AnswerLinks } from '../runtime/answers/answer-links';
import { takeTicket } from '../runtime/answers/answer-intake';
import { answerPage, type PageRequest } from '../runtime/answers/answer-page';
import type { PageResponse } from '../runtime/answers/page-layout';
import { MemoryTickets } from '../runtime/store/memory-tickets';
import type { Stage, StageSetting } from './stage';

/** Where people answer an incident of a simulated account. */
export interface PageSetting {
  /** Address of the server that hands its requests to `answer`. */
  readonly base: string;
  /** So many random bytes. */
  readonly random: (bytes: number) => Uint8Array;
}

/** The page on a stage, with its tickets in memory. */
export interface EmbeddedAnswers {
  readonly links: AnswerLinks;
  /** Answers a browser; what it decides has happened by then. */
  answer(request: PageRequest, stage: Stage): Promise<PageResponse>;
}

export function embeddedAnswers(
  { base, random }: PageSetting,
  { remediations }: Pick<StageSetting, 'remediations'>,
): EmbeddedAnswers {
  const tickets = new MemoryTickets();
  // Memory keeps every ticket: there is no failure to tell of.
  const links = answerLinks({ base, tickets, random, onFailure: () => undefined });
  return {
    links,
    answer: (request, { clock, store, act }) =>
      answerPage(request, {
        tickets,
        incidents: store,
        clock,
        remediations,
        send: async (ticket) => {
          await takeTicket(ticket, { tickets, store, incidents: { act } });
        },
      }),
  };
}
