export type TextTest = (text: string) => boolean;

/** The two forms in which one character may appear; they differ in length for some (`ß` is also `SS`). */
type Forms = readonly [lower: string, upper: string];

/** The test of a text that equals, starts or ends with the given one when case is ignored. */
export const ignoringCase = {
  equals: (wanted: string): TextTest => {
    const forms = formsOf(wanted);
    return (text) => endOfMatch(forms, text) === text.length;
  },
  startsWith: (wanted: string): TextTest => {
    const forms = formsOf(wanted);
    return (text) => endOfMatch(forms, text) >= 0;
  },
  endsWith: (wanted: string): TextTest => {
    const forms = formsOf(wanted);
    return (text) => startOfMatch(forms, text) >= 0;
  },
};

/** As the matcher has it: each character of the pattern alone, in its lower and upper case; no other folding. */
function formsOf(wanted: string): readonly Forms[] {
  return wanted.split('').map((character) => [character.toLowerCase(), character.toUpperCase()]);
}

function endOfMatch(forms: readonly Forms[], text: string): number {
  let at = 0;
  for (const form of forms) {
    const here = form.find((spelling) => text.startsWith(spelling, at));
    if (here === undefined) return -1;
    at += here.length;
  }
  return at;
}

function startOfMatch(forms: readonly Forms[], text: string): number {
  let at = text.length;
  for (const form of forms.toReversed()) {
    const end = at;
    const here = form.find((spelling) => text.endsWith(spelling, end));
    if (here === undefined) return -1;
    at -= here.length;
  }
  return at;
}
