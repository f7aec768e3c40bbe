import type { Message } from './message';

/** An OpsItem as it is to be. */
export interface OpsItemDraft {
  /** One is open at a time under this name: the same once more brings that up to date. */
  readonly name: string;
  /** At most 1,024 characters. */
  readonly title: string;
  /** At most 2,048 characters, in Markdown. */
  readonly description: string;
  /** From 1, the worst, to 4. */
  readonly severity: number;
}

/** OpsItems of the account and region that Homeostat runs in. Both methods may be repeated, and throw what the SDK throws. */
export interface OpsItems {
  open(draft: OpsItemDraft): Promise<void>;
  /** Resolves what is open under this name, if anything is. */
  resolve(name: string): Promise<void>;
}

const descriptionLength = 2_048;

/** Names the OpsItem of an incident, or of the digests of a contact. */
export const opsItemName = ({ thread }: Pick<Message, 'thread'>): string => `homeostat/${thread}`;

/**
 * The message as an OpsItem. It has no link to answer by: whoever may read OpsItems could use it. Lines are as in an e-mail,
 * indented, so that Markdown marks nothing up in them.
 */
export function opsItemOf(message: Message, severity: number): OpsItemDraft {
  const { answer } = message;
  const lines = [
    ...message.paragraphs,
    ...(answer ? ['', `${answer.heading}:`, ...answer.commands] : []),
    '',
    `Next step: ${message.nextStep}`,
    ...Object.entries(message.fields).map(([name, text]) => `${name}: ${text}`),
    ...message.sections.flatMap(({ heading, items }) =>
      items.length === 0 ? [] : ['', `${heading}:`, ...items.map((item) => `- ${item}`)],
    ),
  ];
  return { name: opsItemName(message), title: `[Homeostat] ${message.title}`, description: asCode(lines), severity };
}

/** Whole lines only, as far as they fit. */
function asCode(lines: readonly string[]): string {
  const cut = '    … the rest is in the history of the incident';
  let text = '';
  for (const line of lines) {
    const next = `    ${line}\n`;
    if (text.length + next.length + cut.length > descriptionLength) return `${text}${cut}`;
    text += next;
  }
  return text.trimEnd();
}
