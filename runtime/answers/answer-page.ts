import type { Clock } from '../clock';
import type { IncidentStore } from '../store/incident-store';
import { decisions, isFor, type Decision, type HeldTicket, type TicketStore } from '../store/ticket-store';
import { answerPath } from './answer-path';
import type { PageResponse } from './page-layout';
import { answeredPage, codeOf, confirmPage, questionPage, recordedPage, sentencePage } from './page-views';
import { proposalOf, type Known, type Proposal } from './proposal';
import { standingOf } from './standing';
import { hashOf, isToken } from './token';

/** What a browser asks for. */
export interface PageRequest {
  readonly method: string;
  /** Without the query, which means nothing here. */
  readonly path: string;
  /** As it was sent; empty where nothing was. */
  readonly body: string;
}

/** What the page works with. */
export interface AnswerDesk {
  readonly tickets: Pick<TicketStore, 'read' | 'decide'>;
  readonly incidents: Pick<IncidentStore, 'read' | 'history'>;
  /** Tells the worker of a ticket that was answered, by its hash. What counts is what the ticket says, not the message. */
  readonly send: (ticket: string) => Promise<void>;
  readonly clock: Clock;
  readonly remediations: Known;
  /** Is told of answers, and of what went wrong; never of a token. */
  readonly onAnswer?: (ticket: HeldTicket, decision: Decision) => void;
  readonly onFailure?: (error: unknown) => void;
}

/** A form of this page has a tenth of it. */
export const longestBody = 1_000;

/**
 * Answers a browser that follows a link of a message. To look changes nothing, however often and by whom: a mail program opens
 * links, too. Only a form that was confirmed does, and to approve one must have read the page. Never throws.
 */
export async function answerPage({ method, path, body }: PageRequest, desk: AnswerDesk): Promise<PageResponse> {
  if (method !== 'GET' && method !== 'HEAD' && method !== 'POST') {
    return sentencePage(405, 'Not so', 'This page can be looked at, and its forms sent; nothing else.');
  }
  const token = path.startsWith(answerPath) ? path.slice(answerPath.length) : '';
  if (!isToken(token)) return unknownPage();
  if (body.length > longestBody) return sentencePage(413, 'Too much', 'That is more than a form of this page holds.');
  try {
    const ticket = await desk.tickets.read(hashOf(token));
    if (!ticket) return unknownPage();
    const response = method === 'POST' ? await take(new URLSearchParams(body), ticket, desk) : await look(ticket, desk);
    return method === 'HEAD' ? { ...response, body: '' } : response;
  } catch (error) {
    desk.onFailure?.(error);
    return sentencePage(
      503,
      'Not now',
      'This cannot be read or written just now. Send it again in a minute, or answer by the command that the message names.',
    );
  }
}

function unknownPage(): PageResponse {
  return sentencePage(404, 'No such link', 'This link is not known: it is incomplete, or it expired long ago.');
}

async function look(ticket: HeldTicket, desk: AnswerDesk): Promise<PageResponse> {
  if (ticket.answer) return answeredPage(200, ticket);
  const question = await questionOf(ticket, desk);
  return question.kind === 'open' ? questionPage(ticket, question.proposal, desk.clock.now()) : question.page;
}

type Question =
  { readonly kind: 'open'; readonly proposal: Proposal } | { readonly kind: 'closed'; readonly page: PageResponse };

/** What the ticket asks, if it can still be answered. */
async function questionOf(ticket: HeldTicket, { incidents, clock, remediations }: AnswerDesk): Promise<Question> {
  const standing = standingOf(ticket, await incidents.read(ticket.incident), clock.now());
  if (standing.kind === 'closed') {
    const { status, why } = standing;
    return { kind: 'closed', page: sentencePage(status, 'Nothing to answer', why, ticket.incident) };
  }
  const history = await incidents.history(ticket.incident);
  return { kind: 'open', proposal: proposalOf(standing.incident, history, remediations) };
}

async function take(form: URLSearchParams, ticket: HeldTicket, desk: AnswerDesk): Promise<PageResponse> {
  const decision = decisions.find((known) => known === form.get('decision'));
  if (!decision || !isFor(ticket, decision)) {
    return sentencePage(400, 'Not so', 'That is no answer to what this link asks. Open it again.', ticket.incident);
  }
  const isConfirmed = form.get('confirm') === 'yes';
  // Who presses twice hears the same twice, and the worker, whom the first message may not have reached, again.
  if (ticket.answer) {
    return ticket.answer.decision === decision && isConfirmed
      ? tell(ticket, decision, desk)
      : answeredPage(409, ticket);
  }
  const question = await questionOf(ticket, desk);
  if (question.kind === 'closed') return question.page;
  const objection = objectionTo(decision, isConfirmed, typed(form), question.proposal);
  return objection ?? record(ticket, decision, desk);
}

/** What is shown in place of recording it; undefined where nothing is left to be said. */
function objectionTo(
  decision: Decision,
  isConfirmed: boolean,
  code: string,
  proposal: Proposal,
): PageResponse | undefined {
  const { plan, incident } = proposal;
  if (decision !== 'approve') return isConfirmed ? undefined : confirmPage(decision, proposal);
  if (!plan || plan.needed > 1) {
    const why = `Two people must agree to this plan, each by the command: homeostat approve ${incident}`;
    return sentencePage(403, 'Not by a link', why);
  }
  if (!isConfirmed) return confirmPage(decision, proposal);
  return code === codeOf(plan.hash) ? undefined : confirmPage(decision, proposal, true);
}

/** Thumbs write capitals and blanks. */
function typed(form: URLSearchParams): string {
  return (form.get('code') ?? '').trim().toLowerCase();
}

async function record(ticket: HeldTicket, decision: Decision, desk: AnswerDesk): Promise<PageResponse> {
  const recording = await desk.tickets.decide(ticket.hash, decision, desk.clock.now());
  switch (recording.kind) {
    case 'recorded':
      desk.onAnswer?.(ticket, decision);
      return tell(ticket, decision, desk);
    case 'answered':
      return answeredPage(409, { ...ticket, answer: recording });
    case 'expired':
      return sentencePage(
        410,
        'Nothing to answer',
        'This link has just expired: nothing was changed.',
        ticket.incident,
      );
    case 'unknown':
      return unknownPage();
  }
}

async function tell(ticket: HeldTicket, decision: Decision, desk: AnswerDesk): Promise<PageResponse> {
  await desk.send(ticket.hash);
  return recordedPage(decision, ticket);
}
