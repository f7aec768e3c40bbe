/** A value at the end of a path of an event, or one of several when there are lists on the way. */
export type Leaf = string | number | boolean | null;

/** What one condition of a pattern asks of a value. */
export type LeafTest = (leaf: Leaf) => boolean;

/** Whether it is a value that has nothing below it. */
export function isLeaf(value: unknown): value is Leaf {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number';
}
