import type { Message } from './message';

/**
 * The message as a custom notification of Amazon Q Developer in chat applications: a JSON text whose `version` and `source` are
 * fixed. Everything about one incident has one `threadId`, so that it stays in one thread.
 */
export function chatOf(message: Message): string {
  const { title, kind, incident, links, facts } = message;
  return JSON.stringify({
    version: '1.0',
    source: 'custom',
    id: `${incident}-${kind}`,
    content: {
      textType: 'client-markdown',
      title: escaped(title),
      description: [
        `*What is sick:* ${escaped(message.sick)}`,
        `*Since:* ${message.since}`,
        `*Why you:* ${escaped(message.why)}`,
        ...list('What was tried', message.tried),
        ...list('What was refused', message.refused),
      ].join('\n'),
      nextSteps: [escaped(message.nextStep), ...links.map(({ label, url }) => `<${url}|${escaped(label)}>`)],
      keywords: ['homeostat', kind],
    },
    metadata: {
      threadId: incident,
      summary: escaped(title),
      eventType: `incident.${kind}`,
      relatedResources: [message.sick.split(' in ')[0] ?? ''],
      additionalContext: facts,
    },
  });
}

function list(heading: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`*${heading}:*`, ...items.map((item) => `• ${escaped(item)}`)];
}

/** Takes their meaning from the characters that chat clients read as mentions, links and markup. */
function escaped(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[*_`~@]/g, (mark) => `\u200b${mark}`);
}
