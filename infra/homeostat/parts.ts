/** A list in parts of at most so many: IAM takes policies of a limited length, and several of them. */
export function inParts<Item>(items: readonly Item[], most: number): readonly (readonly Item[])[] {
  const parts = Math.ceil(items.length / most);
  return Array.from({ length: parts }, (_, part) => items.slice(part * most, (part + 1) * most));
}
