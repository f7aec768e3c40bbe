import type { Answer } from './answer';
import type { Message } from './message';

/** Longest subject that SNS takes, in characters. */
const subjectLength = 100;
/** Width of the names of fields: `Next step:  `. */
const nameWidth = 12;

/** The subject of an e-mail through SNS: printable ASCII, at most 100 characters. Never a link: subjects are shown to others. */
export function subjectOf({ title }: Pick<Message, 'title'>): string {
  const plain = `[Homeostat] ${title}`.replace(/[^\x20-\x7e]+/g, '?');
  return plain.length > subjectLength ? `${plain.slice(0, subjectLength - 3)}...` : plain;
}

/** The message as plain text, in the order in which it is needed when one has just been woken up. */
export function emailOf(message: Message): string {
  const fields = Object.entries({ 'Next step': message.nextStep, ...message.fields });
  const lines = [
    message.title,
    '',
    ...message.paragraphs,
    ...(message.answer ? answering(message.answer) : []),
    '',
    ...fields.map(([name, text]) => `${`${name}:`.padEnd(nameWidth)}${text}`),
    ...message.sections.flatMap(({ heading, items }) => section(heading, items)),
    ...section('Look here', message.links.map(linked)),
    '',
    Object.entries(message.facts)
      .map(([name, value]) => `${name}: ${value}`)
      .join('  '),
  ];
  return `${lines.join('\n')}\n`;
}

function answering({ heading, link, commands }: Answer): string[] {
  return section(heading, [...(link ? [linked(link)] : []), ...commands]);
}

const linked = ({ label, url }: { readonly label: string; readonly url: string }): string => `${label}\n    ${url}`;

function section(heading: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : ['', `${heading}:`, ...items.map((item) => `  - ${item}`)];
}
