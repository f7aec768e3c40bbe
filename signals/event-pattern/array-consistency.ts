import type { Element, FoundLeaf } from './event-fields';

/**
 * Which element of each list the fields matched so far lie within, by number of the list. Fields of one list must lie
 * within one element of it: an event with `[{a: 1, b: 2}, {a: 3, b: 4}]` doesn't match `{a: [1], b: [4]}`.
 */
export type Membership = ReadonlyMap<number, number>;

/** Leaves sorted by the elements around them, so that those which fit a membership are found without trying all. */
export interface LeafGroup {
  /** Whether a leaf lies right here. */
  leaf: boolean;
  readonly lists: Map<number, Map<number, LeafGroup>>;
}

/** Sorts the leaves of one field; a leaf in no list lies right at the root. */
export function groupLeaves(leaves: readonly FoundLeaf[]): LeafGroup {
  const root: LeafGroup = { leaf: false, lists: new Map() };
  const groups = new Map<Element, LeafGroup>();
  const groupOf = (element: Element | undefined): LeafGroup => {
    if (element === undefined) return root;
    const known = groups.get(element);
    if (known !== undefined) return known;
    const { lists } = groupOf(element.within);
    const group: LeafGroup = { leaf: false, lists: new Map() };
    const elements = lists.get(element.list);
    if (elements === undefined) lists.set(element.list, new Map([[element.index, group]]));
    else elements.set(element.index, group);
    groups.set(element, group);
    return group;
  };
  for (const { within } of leaves) groupOf(within).leaf = true;
  return root;
}

/** Every membership that a leaf of the group can extend the given one to. */
export function extend(membership: Membership, group: LeafGroup, extended: (membership: Membership) => void): void {
  if (group.leaf) extended(membership);
  for (const [list, elements] of group.lists) {
    const index = membership.get(list);
    if (index === undefined) {
      for (const [at, inner] of elements) extend(new Map(membership).set(list, at), inner, extended);
    } else {
      const inner = elements.get(index);
      if (inner !== undefined) extend(membership, inner, extended);
    }
  }
}

/** Whether any leaf of the group fits the membership. */
export function fits(membership: Membership, group: LeafGroup): boolean {
  if (group.leaf) return true;
  for (const [list, elements] of group.lists) {
    const index = membership.get(list);
    const inners = index === undefined ? elements.values() : [elements.get(index)];
    for (const inner of inners) if (inner !== undefined && fits(membership, inner)) return true;
  }
  return false;
}
