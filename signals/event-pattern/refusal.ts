/** Why a pattern is refused. Thrown inside `event-pattern/` only; `parseEventPattern` hands it out as a reason. */
export class Refusal extends Error {
  constructor(
    /** Dotted path of the field in the pattern; empty for the pattern itself. */
    readonly at: string,
    /** What is wrong there, and what to write instead. */
    readonly advice: string,
  ) {
    super(at === '' ? `the pattern: ${advice}` : `${at}: ${advice}`);
    this.name = 'Refusal';
  }
}

/** Refuses the field that is being read. */
export type Refuse = (advice: string) => never;

/** A value as the reader of a refusal knows it: JSON, cut short. */
export function shown(value: unknown): string {
  const text = Array.isArray(value)
    ? 'a list'
    : typeof value === 'object' && value !== null
      ? 'an object'
      : plain(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function plain(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** A JSON object, its fields still unread. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
