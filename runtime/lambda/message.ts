/** One message of the work queue. */
export type Message =
  | { readonly kind: 'wake'; readonly incident: string; readonly revision: number }
  /** As EventBridge delivers it, not yet read. */
  | { readonly kind: 'event'; readonly event: unknown }
  | { readonly kind: 'invalid'; readonly reason: string };

const idOfIncident = /^inc-[0-9a-z]{1,40}$/;

/** Reads the body of a message. Whatever is no wake-up must be an event; throws never. */
export function readMessage(body: string): Message {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { kind: 'invalid', reason: 'the message is no JSON' };
  }
  if (typeof json !== 'object' || json === null || !('wake' in json)) return { kind: 'event', event: json };
  const { incident, revision } = (json.wake ?? {}) as { readonly incident?: unknown; readonly revision?: unknown };
  if (typeof incident !== 'string' || !idOfIncident.test(incident) || !Number.isSafeInteger(revision)) {
    return { kind: 'invalid', reason: 'the wake-up names no incident and revision' };
  }
  return { kind: 'wake', incident, revision: revision as number };
}

/** The body of a wake-up, as `readMessage` reads it. */
export function wakeMessage(incident: string, revision: number): string {
  return JSON.stringify({ wake: { incident, revision } });
}
