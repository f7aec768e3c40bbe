import type { FieldNode } from './field-tree';
import { type Leaf, isLeaf } from './leaf';
import { isFields } from './refusal';

/** The element of a list that a value lies within. */
export interface Element {
  readonly list: number;
  readonly index: number;
  /** The element of the list around that list, if there is one. */
  readonly within: Element | undefined;
  readonly depth: number;
}

/** A plain value of the event, with the list element that it was found in. */
export interface FoundLeaf {
  readonly leaf: Leaf;
  /** A plain value of a list lies within the elements around that list, not within one of its own. */
  readonly within: Element | undefined;
}

/** What an event has of the fields that a pattern names. */
export interface EventFields {
  /** By id of the node; a node without leaves has none. */
  readonly leaves: ReadonlyMap<number, readonly FoundLeaf[]>;
  /** The node at which each list was found, by number of the list. */
  readonly lists: readonly FieldNode[];
}

/** Lists within lists that are followed. AWS sends two or three; an event beyond it is read as matching nothing. */
const deepest = 100;

interface Visit {
  readonly value: unknown;
  readonly node: FieldNode;
  readonly within: Element | undefined;
}

/** Looks an event through, at nothing but what the tree names; undefined when lists are nested more than 100 deep. */
export function readEventFields(event: object, root: FieldNode): EventFields | undefined {
  const leaves = new Map<number, FoundLeaf[]>();
  const lists: FieldNode[] = [];
  const found = (node: FieldNode, leaf: Leaf, within: Element | undefined): void => {
    const sofar = leaves.get(node.id);
    if (sofar === undefined) leaves.set(node.id, [{ leaf, within }]);
    else sofar.push({ leaf, within });
  };
  const visits: Visit[] = [{ value: event, node: root, within: undefined }];
  for (let visit = visits.pop(); visit !== undefined; visit = visits.pop()) {
    const { value, node, within } = visit;
    if (isLeaf(value)) found(node, value, within);
    else if (isFields(value)) {
      for (const [name, below] of node.below) {
        if (Object.hasOwn(value, name)) visits.push({ value: value[name], node: below, within });
      }
    } else if (Array.isArray(value)) {
      const depth = (within?.depth ?? 0) + 1;
      if (depth > deepest) return undefined;
      const list = lists.push(node) - 1;
      value.forEach((item: unknown, index) => {
        if (isLeaf(item)) found(node, item, within);
        else visits.push({ value: item, node, within: { list, index, within, depth } });
      });
    }
  }
  return { leaves, lists };
}
