import { answerMessageSchema, type OperatorAct } from '../answers/answer-message';

/** One message of the work queue. */
export type Message =
  | { readonly kind: 'wake'; readonly incident: string; readonly revision: number }
  /** Somebody has answered on the page: the ticket of this hash says what. */
  | { readonly kind: 'answer'; readonly ticket: string }
  /** An operator's own doing; `userId` is who the message says that it is from. */
  | { readonly kind: 'act'; readonly act: OperatorAct; readonly userId: string }
  /** As EventBridge delivers it, not yet read. */
  | { readonly kind: 'event'; readonly event: unknown }
  | { readonly kind: 'invalid'; readonly reason: string };

const idOfIncident = /^inc-[0-9a-z]{1,40}$/;

/** Reads the body of a message. Whatever is neither a wake-up nor an answer must be an event; throws never. */
export function readMessage(body: string): Message {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { kind: 'invalid', reason: 'the message is no JSON' };
  }
  if (typeof json !== 'object' || json === null) return { kind: 'event', event: json };
  if ('answer' in json || 'act' in json) return answerIn(json);
  return 'wake' in json ? wakeIn(json.wake) : { kind: 'event', event: json };
}

function answerIn(json: object): Message {
  const { success, data } = answerMessageSchema.safeParse(json);
  if (!success) return { kind: 'invalid', reason: 'the answer names no ticket, or no act on an incident and by whom' };
  return 'answer' in data ? { kind: 'answer', ticket: data.answer.ticket } : { kind: 'act', ...data };
}

function wakeIn(wake: unknown): Message {
  const { incident, revision } = (wake ?? {}) as { readonly incident?: unknown; readonly revision?: unknown };
  if (typeof incident !== 'string' || !idOfIncident.test(incident) || !Number.isSafeInteger(revision)) {
    return { kind: 'invalid', reason: 'the wake-up names no incident and revision' };
  }
  return { kind: 'wake', incident, revision: revision as number };
}

/** The body of a wake-up, as `readMessage` reads it. */
export function wakeMessage(incident: string, revision: number): string {
  return JSON.stringify({ wake: { incident, revision } });
}
