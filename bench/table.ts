/** Prints a heading and rows under it, the first column to the left and the others to the right. */
export function printTable(heading: string, rows: readonly (readonly string[])[], print = console.log): void {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  print(`\n${heading}`);
  for (const row of rows) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    print(`  ${cells.join('  ')}`.trimEnd());
  }
}

export const times = (value: number): string => `${value.toFixed(2)} ×`;
export const milliseconds = (value: number): string => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
export const kilobytes = (bytes: number): string => `${Math.round(bytes / 1_024).toLocaleString('en')} KB`;
/** Of one of what is counted, a million cost so many dollars. */
export const perMillion = (dollars: number): string => (dollars * 1_000_000).toFixed(2);
