/** The answer of a read that finds nothing: every list in it is empty, and there is no page after it. */
export function emptied(answer: object): object {
  return Object.fromEntries(
    Object.entries(answer).flatMap(([name, value]) => {
      if (/token|marker/i.test(name)) return [];
      return [[name, Array.isArray(value) ? [] : (value as unknown)]];
    }),
  );
}
