import type { Message } from './message';

/** Longest subject that SNS takes, in characters. */
const subjectLength = 100;

/** The subject of an e-mail through SNS: printable ASCII, at most 100 characters. */
export function subjectOf({ title }: Message): string {
  const plain = `[Homeostat] ${title}`.replace(/[^\x20-\x7e]+/g, '?');
  return plain.length > subjectLength ? `${plain.slice(0, subjectLength - 3)}...` : plain;
}

/** The message as plain text, in the order in which it is needed when one has just been woken up. */
export function emailOf(message: Message): string {
  const lines = [
    message.title,
    '',
    message.why,
    ...(message.otherwise === undefined ? [] : [message.otherwise]),
    '',
    `Next step:  ${message.nextStep}`,
    `Sick:       ${message.what}`,
    `Since:      ${message.since}`,
    ...section('What was seen', message.seen),
    ...section('What was tried', message.tried),
    ...section('What was not done', message.notDone),
    ...section(
      'Look here',
      message.links.map(({ label, url }) => `${label}\n    ${url}`),
    ),
    '',
    Object.entries(message.facts)
      .map(([name, value]) => `${name}: ${value}`)
      .join('  '),
  ];
  return `${lines.join('\n')}\n`;
}

function section(heading: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : ['', `${heading}:`, ...items.map((item) => `  - ${item}`)];
}
