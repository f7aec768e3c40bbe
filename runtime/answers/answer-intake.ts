import { peopleNeeded } from '../../statemachines/incident-machine/approval';
import { UnknownIncidentError, type Act, type Incidents } from '../incidents';
import type { IncidentStore } from '../store/incident-store';
import { isFor, type HeldTicket, type TicketStore } from '../store/ticket-store';
import { actBy, type OperatorAct } from './answer-message';
import { isSentBy, nameOfSender } from './sender';

/** What became of a person's answer. `refused`: it is none, and nothing was done. */
export type Taken =
  | { readonly kind: 'done' | 'tooLate' | 'noIncident'; readonly incident: string; readonly act: Act }
  | { readonly kind: 'refused'; readonly reason: string };

/** What answers are taken by. */
export interface AnswerDoor {
  readonly incidents: Pick<Incidents, 'act'>;
  readonly store: Pick<IncidentStore, 'read'>;
  readonly tickets: Pick<TicketStore, 'read'>;
  /** Id of the role of the page, which may bring answers of tickets and nothing else; absent where there is no page. */
  readonly pageRole?: string;
}

/** Acts on a ticket as the store has it: who sent the message, and how often, makes no difference. Throws what the store throws. */
export async function takeTicket(hash: string, door: AnswerDoor): Promise<Taken> {
  const ticket = await door.tickets.read(hash);
  if (!ticket) return { kind: 'refused', reason: `There is no ticket ${hash}: somebody made up a message.` };
  const act = actOf(ticket);
  if (!act) {
    return { kind: 'refused', reason: `Ticket ${hash} of incident ${ticket.incident} holds no answer that it is for.` };
  }
  if (act.type === 'approval.granted' && (await takesTwo(ticket, door))) {
    return {
      kind: 'refused',
      reason: `Incident ${ticket.incident} needs two people, and a link does not tell who somebody is: each must use homeostat approve.`,
    };
  }
  return doneBy(ticket.incident, act, door);
}

function actOf(ticket: HeldTicket): Act | undefined {
  const { answer, contact, planHash } = ticket;
  if (!answer || !isFor(ticket, answer.decision)) return undefined;
  const by = `${contact} (by link)`;
  switch (answer.decision) {
    case 'approve':
      return planHash === undefined ? undefined : { type: 'approval.granted', by, planHash };
    case 'deny':
      return { type: 'approval.denied', by };
    case 'acknowledge':
      return { type: 'escalation.acknowledged', by };
  }
}

async function takesTwo({ incident }: HeldTicket, { store }: AnswerDoor): Promise<boolean> {
  const found = await store.read(incident);
  return found !== undefined && peopleNeeded({ ...found.memory, rule: found.rule }) > 1;
}

/** Acts for whoever SQS says that the message is from, if that is who it claims to be from. */
export async function takeAct(
  act: OperatorAct,
  userId: string,
  senderId: string | undefined,
  door: AnswerDoor,
): Promise<Taken> {
  if (!senderId) return { kind: 'refused', reason: 'SQS does not say who sent it, so nobody can answer for it.' };
  if (senderId !== userId) {
    return { kind: 'refused', reason: `It says that ${userId} sent it, and SQS says that it was ${senderId}.` };
  }
  if (door.pageRole !== undefined && isSentBy(door.pageRole, senderId)) {
    return { kind: 'refused', reason: 'The page brings answers of tickets, and nothing in its own name.' };
  }
  return doneBy(act.incident, actBy(act, nameOfSender(senderId)), door);
}

async function doneBy(incident: string, act: Act, { incidents }: AnswerDoor): Promise<Taken> {
  try {
    return { kind: await incidents.act(incident, act), incident, act };
  } catch (error) {
    if (error instanceof UnknownIncidentError) return { kind: 'noIncident', incident, act };
    throw error;
  }
}
