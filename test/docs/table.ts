/** Rows of cells as a table of Markdown. */
export function tableOf(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  // Aligned, its cells would be mostly spaces.
  return ['<!-- prettier-ignore -->', ...table].join('\n');
}
