/** `first` and the words of `text`, broken into lines of at most `width` characters; the later lines stand under the text. */
export function wrappedText(first: string, text: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && first.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one, index) => (index === 0 ? first : ' '.repeat(first.length)) + one).join('\n');
}
