import { z } from 'zod';
import type { Act } from '../incidents';

const incident = z.string().regex(/^inc-[0-9a-z]{1,40}$/);
const planHash = z.string().regex(/^[\w-]{1,64}$/);

/** What an operator asks for by the command. */
const actSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('approval.granted'), incident, planHash }),
  z.strictObject({ type: z.literal('approval.denied'), incident }),
  z.strictObject({ type: z.literal('escalation.acknowledged'), incident }),
]);
export type OperatorAct = z.infer<typeof actSchema>;

/** The bodies of messages that bring a person's answer. Neither says who it is: that is AWS's to say, or the ticket's. */
export const answerMessageSchema = z.union([
  /** Hash of a ticket that was answered on the page. */
  z.strictObject({ answer: z.strictObject({ ticket: z.string().regex(/^[0-9a-f]{64}$/) }) }),
  /** `userId`: what STS says of the sender; SQS has to say the same. */
  z.strictObject({ act: actSchema, userId: z.string().min(1).max(200) }),
]);

/** The body by which the page tells of a ticket. */
export function ticketMessage(ticket: string): string {
  return JSON.stringify({ answer: { ticket } });
}

/** The body by which an operator acts. */
export function actMessage(act: OperatorAct, userId: string): string {
  return JSON.stringify({ act, userId });
}

/** The same as the runtime takes it. */
export function actBy({ incident: _incident, ...act }: OperatorAct, by: string): Act {
  return { ...act, by };
}
