/** Markup that is safe to send: made by `markup` alone, so that no text gets in as it stands. */
export class Markup {
  private constructor(readonly text: string) {}

  /** What the program itself wrote, with whatever stands in its gaps made harmless. */
  static of(parts: readonly string[], gaps: readonly Gap[]): Markup {
    return new Markup(parts.map((part, place) => part + (place < gaps.length ? shown(gaps[place]) : '')).join(''));
  }
}

/** A text, markup, a list of either, or nothing. */
type Gap = string | number | Markup | readonly Gap[] | undefined;

/** A template whose gaps are escaped, be they in the text or in an attribute with quotes. */
export function markup(parts: TemplateStringsArray, ...gaps: readonly Gap[]): Markup {
  return Markup.of(parts, gaps);
}

function shown(gap: Gap): string {
  if (gap === undefined) return '';
  if (gap instanceof Markup) return gap.text;
  if (typeof gap === 'object') return gap.map(shown).join('');
  return String(gap).replace(/[&<>"'`]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
