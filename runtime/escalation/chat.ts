import type { Message } from './message';

/** A channel is no place for more, in characters. */
const titleLength = 250;
const descriptionLength = 8_000;

/**
 * The message as a custom notification of Amazon Q Developer in chat applications: a JSON text whose `version` and `source` are
 * fixed. Everything about one incident has one `threadId`, so that it stays in one thread; so have the digests of one contact.
 * Addresses stand bare, since Slack and Teams write links differently.
 */
export function chatOf(message: Message): string {
  const { title, kind, thread, links, facts, answer } = message;
  const lines = [
    ...message.paragraphs.map(escaped),
    ...Object.entries(message.fields).map(([name, text]) => `*${name}:* ${escaped(text)}`),
    ...message.sections.flatMap(({ heading, items }) => list(heading, items)),
  ];
  const linked = ({ label, url }: { readonly label: string; readonly url: string }) => `${escaped(label)}: ${url}`;
  return JSON.stringify({
    version: '1.0',
    source: 'custom',
    id: message.id,
    content: {
      textType: 'client-markdown',
      title: shortened(escaped(title)),
      description: asFarAsFits(lines),
      nextSteps: [
        ...(answer?.link ? [linked(answer.link)] : []),
        ...(answer?.commands.map((command) => `${escaped(answer.heading)}: ${escaped(command)}`) ?? []),
        escaped(message.nextStep),
        ...links.map(linked),
      ],
      keywords: ['homeostat', kind],
    },
    metadata: {
      threadId: thread,
      summary: shortened(escaped(title)),
      eventType: `incident.${kind}`,
      relatedResources: message.resources,
      additionalContext: facts,
    },
  });
}

function list(heading: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`*${heading}:*`, ...items.map((item) => `• ${escaped(item)}`)];
}

/** Whole lines only: half of an escaped character would be none. */
function asFarAsFits(lines: readonly string[]): string {
  const cut = '… the rest is in the history of the incident';
  let text = '';
  for (const line of lines) {
    if (text.length + line.length + cut.length + 2 > descriptionLength) return `${text}${cut}`;
    text += `${line}\n`;
  }
  return text.trimEnd();
}

function shortened(text: string): string {
  if (text.length <= titleLength) return text;
  // Neither an entity nor a pair of surrogates is cut in two.
  return `${text.slice(0, titleLength - 1).replace(/&[a-z]*$|[\uD800-\uDBFF]$/, '')}…`;
}

/**
 * Takes their meaning from the characters that chat clients read as mentions, links and markup. An invisible space does it, so
 * it is put only where they would have one: a name with underscores can still be copied.
 */
function escaped(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[*`~[]|(?<![\p{L}\p{N}])[@_:]|_(?![\p{L}\p{N}])/gu, (mark) => `\u200b${mark}`);
}
