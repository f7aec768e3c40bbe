/** A moment as people and AWS write it, to the second: `2026-03-08T02:30:26Z`. */
export function momentText(moment: number): string {
  return new Date(moment).toISOString().replace(/\.\d+/, '');
}
